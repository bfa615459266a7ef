#include "winograd_layer.h"

/* How the work is cut, and where in the scratch memory everything lies; all sizes in floats. */
typedef struct layout {
  size_t squares, points; /* points: planes, of one side squared */
  size_t together;        /* squares that pass all three steps together */
  size_t groups;          /* of squares */
  size_t v_row, m_row, v_plane, m_plane;
  size_t each; /* what each run of groups needs */
} layout;

/* Squares go through in groups where V and M of all of them are large, in such that fit a share of the third cache. With 64
 * squares and more a weight is used so often that reading it again costs little. */
enum { LARGE_GROUP_FLOATS = 1536 * 1024, LARGE_GROUP = 64 };

static layout layout_of(tb_isa isa, tb_winograd_form form, size_t squares, tb_shape in, tb_filters f) {
  size_t side = tb_winograd_points(form);
  layout l = {.squares = squares, .points = side * side};
  l.v_row = tb_round_up(in.c, 16) + 16;
  l.m_row = f.groups * tb_panels(isa, f.out_channels / f.groups) * tb_panel(isa) + 16;
  size_t each = l.points * (l.v_row + l.m_row);
  l.together = l.squares;
  if (l.squares * each > LARGE_GROUP_FLOATS) l.together = tb_larger(LARGE_GROUP, LARGE_GROUP_FLOATS / each);
  l.groups = tb_parts(l.squares, tb_larger(1, l.together));
  l.together = l.groups ? tb_parts(l.squares, l.groups) : 0;
  /* No multiple of 4 KiB from plane to plane: a square's row in all planes would fall into the same sets of the cache. */
  l.v_plane = l.together * l.v_row + 80;
  l.m_plane = l.together * l.m_row + 80;
  l.each = tb_round_up(l.points * (l.v_plane + l.m_plane), 16);
  return l;
}

size_t tb_wide_scratch(tb_isa isa, size_t threads, tb_winograd_form form, size_t squares, tb_shape in, tb_filters unit) {
  layout l = layout_of(isa, form, squares, in, unit);
  return l.each * (l.groups > 1 ? threads : 1);
}

typedef struct wide {
  const tb_winograd_layer *layer;
  layout layout;
  tb_product_f32_fn *product;
  /* Of the step under way, where a step is a run of its own. */
  size_t row_blocks, row_count, column_blocks, column_count, squares_a_task;
} wide;

static tb_planes inputs(const wide *w, float *scratch) {
  return (tb_planes){scratch, w->layout.v_row, w->layout.v_plane};
}
static tb_planes products(const wide *w, float *scratch) {
  return (tb_planes){scratch + w->layout.points * w->layout.v_plane, w->layout.m_row, w->layout.m_plane};
}

enum { MOST_ROWS = 192 };

/* One point, rows first ..< first + count, one group of channels, some of its columns. */
static void multiply(const wide *w, size_t point, size_t group, size_t first, size_t count, size_t column,
                     size_t columns, tb_planes v, tb_planes m) {
  tb_filters f = w->layer->filters;
  size_t panel = tb_panel(w->layer->isa), channels = w->layer->in.c / f.groups;
  size_t panels = tb_panels(w->layer->isa, f.out_channels / f.groups);
  const float *rows[MOST_ROWS];
  for (size_t r = 0; r < count; r++) rows[r] = v.first + point * v.plane + (first + r) * v.row + group * channels;
  w->product(&(tb_product){
      .rows = rows,
      .row_count = count,
      .taps = 1,
      .depth = channels,
      .weights = w->layer->packed + (((point * f.groups + group) * panels) + column / panel) * panel * channels,
      .columns = columns,
      .out = m.first + point * m.plane + first * m.row + group * panels * panel + column,
      .out_stride = m.row,
  });
}

static void scatter(const wide *w, size_t first, size_t count, tb_planes m) {
  tb_filters f = w->layer->filters;
  size_t columns = f.out_channels / f.groups, padded = tb_round_up(columns, tb_panel(w->layer->isa));
  for (size_t group = 0; group < f.groups; group++, m.first += padded)
    tb_scatter_squares(w->layer, first, count, group * columns, columns, m);
}

/* MARK: tasks */

static void whole_group(void *context, size_t task, size_t worker) {
  const wide *w = context;
  const layout *l = &w->layout;
  tb_filters f = w->layer->filters;
  float *scratch = w->layer->scratch + worker * l->each;
  tb_planes v = inputs(w, scratch), m = products(w, scratch);
  size_t first = task * l->together, count = tb_smaller(l->together, l->squares - first);
  tb_gather_squares(w->layer, first, count, 0, w->layer->in.c, v);
  for (size_t point = 0; point < l->points; point++)
    for (size_t group = 0; group < f.groups; group++)
      for (size_t row = 0; row < count; row += MOST_ROWS)
        multiply(w, point, group, row, tb_smaller(MOST_ROWS, count - row), 0, f.out_channels / f.groups, v, m);
  scatter(w, first, count, m);
}

static void gather_some(void *context, size_t task, size_t worker) {
  (void)worker;
  const wide *w = context;
  tb_planes v = inputs(w, w->layer->scratch);
  size_t first = task * w->squares_a_task;
  v.first += first * v.row;
  tb_gather_squares(w->layer, first, tb_smaller(w->squares_a_task, w->layout.squares - first), 0, w->layer->in.c, v);
}

static void scatter_some(void *context, size_t task, size_t worker) {
  (void)worker;
  const wide *w = context;
  tb_planes m = products(w, w->layer->scratch);
  size_t first = task * w->squares_a_task;
  m.first += first * m.row;
  scatter(w, first, tb_smaller(w->squares_a_task, w->layout.squares - first), m);
}

static void multiply_some(void *context, size_t task, size_t worker) {
  (void)worker;
  const wide *w = context;
  tb_filters f = w->layer->filters;
  size_t columns = f.out_channels / f.groups;
  size_t block = task % w->row_blocks, column = task / w->row_blocks % w->column_blocks * w->column_count;
  size_t others = task / w->row_blocks / w->column_blocks;
  size_t first = block * w->row_count;
  if (first >= w->layout.squares) return;
  multiply(w, others / f.groups, others % f.groups, first, tb_smaller(w->row_count, w->layout.squares - first), column,
           tb_smaller(w->column_count, columns - column), inputs(w, w->layer->scratch), products(w, w->layer->scratch));
}

enum { COLUMNS = 512, ROWS_OF_GROUPS = 16 };

void tb_wide_f32(tb_pool *pool, const tb_winograd_layer *layer) {
  tb_filters f = layer->filters;
  wide w = {.layer = layer,
            .layout = layout_of(layer->isa, layer->form, layer->square_count, layer->in, f),
            .product = TB_VERSION(tb_product_f32, layer->isa)};
  const layout *l = &w.layout;
  if (l->groups > 1) return tb_pool_run(pool, l->groups, whole_group, &w);
  size_t unit = tb_kernel_rows(layer->isa), panel = tb_panel(layer->isa), columns = f.out_channels / f.groups;
  w.squares_a_task = tb_larger(1, 256 / tb_larger(layer->in.c, f.out_channels));
  tb_pool_run(pool, tb_parts(l->squares, w.squares_a_task), gather_some, &w);
  w.row_blocks = tb_parts(l->squares, unit * ROWS_OF_GROUPS);
  w.row_count = tb_parts(l->squares, w.row_blocks);
  w.column_blocks = tb_parts(columns, COLUMNS);
  w.column_count = tb_parts(tb_parts(columns, w.column_blocks), panel) * panel;
  w.column_blocks = tb_parts(columns, w.column_count);
  tb_pool_run(pool, l->points * f.groups * w.column_blocks * w.row_blocks, multiply_some, &w);
  tb_pool_run(pool, tb_parts(l->squares, w.squares_a_task), scatter_some, &w);
}
