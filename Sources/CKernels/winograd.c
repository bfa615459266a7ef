#include "winograd.h"

#include <assert.h>
#include <stdint.h>

/* A square of outputs: in one image, from one output on, every `dilation`-th row and column. */
typedef struct tile {
  uint32_t image, oy, ox;
} tile;

static size_t out_side(size_t extent, tb_filters f) {
  return tb_slides(extent, f.window.kernel_h, 1, f.window.padding, f.window.dilation);
}

/* Tiles along one axis, over all phases of the dilation. */
static size_t tiles_along(size_t extent, size_t outputs, size_t dilation) {
  size_t count = 0;
  for (size_t phase = 0; phase < dilation && phase < extent; phase++)
    count += tb_parts(tb_parts(extent - phase, dilation), outputs);
  return count;
}

size_t tb_winograd_tiles(tb_winograd_form form, tb_shape in, tb_filters f) {
  return in.n * tiles_along(out_side(in.h, f), form.outputs, f.window.dilation) *
         tiles_along(out_side(in.w, f), form.outputs, f.window.dilation);
}

/* How the work is cut, and where in the scratch memory everything lies; all sizes in floats. */
typedef struct layout {
  size_t tiles, points; /* points: planes, of one side squared */
  size_t together;      /* tiles that pass all three steps together */
  size_t groups;        /* of tiles */
  size_t v_row, m_row, v_plane, m_plane;
  size_t list, each; /* the list of tiles, and what each run of groups needs */
} layout;

static size_t round_up(size_t value, size_t unit) { return tb_parts(value, unit) * unit; }

/* Tiles go through in groups where V and M of all of them are large: where the transformed weights are few enough to be read
 * again for each group, in groups that fit the second cache, else in such that fit a share of the third one. With 64 tiles and
 * more a weight is used so often that reading it again costs little. */
enum { GROUP_FLOATS = 160 * 1024, GROUPED_WEIGHTS = 512 * 1024, LARGE_GROUP_FLOATS = 1536 * 1024, LARGE_GROUP = 64 };

static layout layout_of(tb_isa isa, tb_winograd_form form, tb_shape in, tb_filters f) {
  size_t side = tb_winograd_points(form);
  layout l = {.tiles = tb_winograd_tiles(form, in, f), .points = side * side};
  l.v_row = round_up(in.c, 16) + 16;
  l.m_row = f.groups * tb_panels(isa, f.out_channels / f.groups) * tb_panel(isa) + 16;
  size_t each = l.points * (l.v_row + l.m_row);
  l.together = l.tiles;
  if (tb_winograd_weights(isa, form, in.c, f) <= GROUPED_WEIGHTS && l.tiles * each > 2 * GROUP_FLOATS)
    l.together = tb_larger(tb_kernel_rows(isa) * 2, GROUP_FLOATS / each);
  else if (l.tiles * each > LARGE_GROUP_FLOATS)
    l.together = tb_larger(LARGE_GROUP, LARGE_GROUP_FLOATS / each);
  l.groups = tb_parts(l.tiles, tb_larger(1, l.together));
  l.together = l.groups ? tb_parts(l.tiles, l.groups) : 0;
  /* No multiple of 4 KiB from plane to plane: a tile's row in all planes would fall into the same sets of the cache. */
  l.v_plane = l.together * l.v_row + 80;
  l.m_plane = l.together * l.m_row + 80;
  l.list = round_up(l.tiles * sizeof(tile) / sizeof(float), 16);
  l.each = round_up(l.points * (l.v_plane + l.m_plane), 16);
  return l;
}

size_t tb_winograd_scratch(tb_isa isa, const tb_pool *pool, tb_winograd_form form, tb_shape in, tb_filters f) {
  layout l = layout_of(isa, form, in, f);
  return l.list + l.each * (l.groups > 1 ? tb_pool_threads(pool) : 1);
}

typedef struct winograd {
  tb_product_f32_fn *product;
  tb_winograd_gather_f32_fn *gather;
  tb_winograd_scatter_f32_fn *scatter;
  tb_isa isa;
  tb_winograd_form form;
  layout layout;
  const float *x, *packed;
  tb_shape in;
  tb_filters filters;
  tb_finish finish;
  size_t out_h, out_w;
  float *out;
  size_t out_stride;
  tile *list;
  float *scratch; /* behind the list */
  /* Of the step under way, where a step is a run of its own. */
  size_t row_blocks, row_count, column_blocks, column_count, tiles_a_task;
} winograd;

static void list_tiles(const winograd *w) {
  size_t step = w->filters.window.dilation, span = step * w->form.outputs;
  tile *next = w->list;
  for (uint32_t n = 0; n < w->in.n; n++)
    for (size_t py = 0; py < step && py < w->out_h; py++)
      for (size_t px = 0; px < step && px < w->out_w; px++)
        for (size_t y = py; y < w->out_h; y += span)
          for (size_t x = px; x < w->out_w; x += span) *next++ = (tile){n, (uint32_t)y, (uint32_t)x};
}

/* MARK: three steps */

/* Where the input of a tile lies; begins to fetch it. */
static void find_pixels(const winograd *w, tile t, const float **pixels) {
  size_t side = tb_winograd_points(w->form), pixel = w->in.pixel_stride;
  tb_slide window = w->filters.window;
  const float *image = w->x + t.image * w->in.h * w->in.w * pixel;
  for (size_t row = 0; row < side; row++) {
    size_t y = t.oy + row * window.dilation - window.padding; /* wraps when negative */
    for (size_t column = 0; column < side; column++) {
      size_t x = t.ox + column * window.dilation - window.padding;
      int inside = y < w->in.h && x < w->in.w;
      const float *place = inside ? image + (y * w->in.w + x) * pixel : tb_zeros;
      __builtin_prefetch(place, 0, 3);
      __builtin_prefetch(place + 16, 0, 3);
      pixels[row * side + column] = place;
    }
  }
}

/* Tiles first ..< first + count of the list to rows 0 ..< count of V. */
static void gather_tiles(const winograd *w, size_t first, size_t count, float *v) {
  const float *pixels[2][64];
  if (count > 0) find_pixels(w, w->list[first], pixels[0]);
  for (size_t i = 0; i < count; i++) {
    if (i + 1 < count) find_pixels(w, w->list[first + i + 1], pixels[(i + 1) % 2]);
    w->gather(&(tb_winograd_gather){.points = tb_winograd_points(w->form),
                                    .channels = w->in.c,
                                    .pixels = pixels[i % 2],
                                    .planes = v + i * w->layout.v_row,
                                    .plane_stride = w->layout.v_plane});
  }
}

enum { MOST_ROWS = 192 };

/* One point, rows first ..< first + count, one group of channels, some of its columns. */
static void multiply(const winograd *w, size_t point, size_t group, size_t first, size_t count, size_t column,
                     size_t columns, const float *v, float *m) {
  const layout *l = &w->layout;
  size_t panel = tb_panel(w->isa), groups = w->filters.groups, channels = w->in.c / groups;
  size_t panels = tb_panels(w->isa, w->filters.out_channels / groups);
  const float *rows[MOST_ROWS];
  for (size_t r = 0; r < count; r++) rows[r] = v + point * l->v_plane + (first + r) * l->v_row + group * channels;
  w->product(&(tb_product){
      .rows = rows,
      .row_count = count,
      .taps = 1,
      .depth = channels,
      .weights = w->packed + (((point * groups + group) * panels) + column / panel) * panel * channels,
      .columns = columns,
      .out = m + point * l->m_plane + first * l->m_row + group * panels * panel + column,
      .out_stride = l->m_row,
  });
}

static void scatter_tiles(const winograd *w, size_t first, size_t count, const float *m) {
  const layout *l = &w->layout;
  size_t step = w->filters.window.dilation, groups = w->filters.groups, columns = w->filters.out_channels / groups;
  size_t panels = tb_panels(w->isa, columns);
  tb_finish f = w->finish;
  for (size_t i = 0; i < count; i++) {
    tile t = w->list[first + i];
    size_t pixel = (t.image * w->out_h + t.oy) * w->out_w + t.ox;
    for (size_t group = 0; group < groups; group++) {
      size_t channel = group * columns;
      w->scatter(&(tb_winograd_scatter){
          .form = w->form,
          .channels = columns,
          .planes = m + i * l->m_row + group * panels * tb_panel(w->isa),
          .plane_stride = l->m_plane,
          .height = tb_smaller(w->form.outputs, tb_parts(w->out_h - t.oy, step)),
          .width = tb_smaller(w->form.outputs, tb_parts(w->out_w - t.ox, step)),
          .out = w->out + pixel * w->out_stride + channel,
          .row_stride = step * w->out_w * w->out_stride,
          .pixel_stride = step * w->out_stride,
          .bias = f.bias ? f.bias + channel : NULL,
          .residual = f.residual ? f.residual + pixel * f.residual_stride + channel : NULL,
          .residual_row_stride = step * w->out_w * f.residual_stride,
          .residual_pixel_stride = step * f.residual_stride,
          .activation = f.activation,
      });
    }
  }
}

/* MARK: tasks */

static void whole_group(void *context, size_t task, size_t worker) {
  const winograd *w = context;
  const layout *l = &w->layout;
  float *v = w->scratch + worker * l->each, *m = v + l->points * l->v_plane;
  size_t first = task * l->together, count = tb_smaller(l->together, l->tiles - first);
  gather_tiles(w, first, count, v);
  for (size_t point = 0; point < l->points; point++)
    for (size_t group = 0; group < w->filters.groups; group++)
      for (size_t row = 0; row < count; row += MOST_ROWS)
        multiply(w, point, group, row, tb_smaller(MOST_ROWS, count - row), 0, w->filters.out_channels / w->filters.groups,
                 v, m);
  scatter_tiles(w, first, count, m);
}

static void gather_some(void *context, size_t task, size_t worker) {
  (void)worker;
  const winograd *w = context;
  size_t first = task * w->tiles_a_task;
  gather_tiles(w, first, tb_smaller(w->tiles_a_task, w->layout.tiles - first),
               w->scratch + first * w->layout.v_row);
}

static void scatter_some(void *context, size_t task, size_t worker) {
  (void)worker;
  const winograd *w = context;
  const layout *l = &w->layout;
  size_t first = task * w->tiles_a_task;
  scatter_tiles(w, first, tb_smaller(w->tiles_a_task, l->tiles - first),
                w->scratch + l->points * l->v_plane + first * l->m_row);
}

static void multiply_some(void *context, size_t task, size_t worker) {
  (void)worker;
  const winograd *w = context;
  const layout *l = &w->layout;
  size_t columns = w->filters.out_channels / w->filters.groups;
  size_t block = task % w->row_blocks, column = task / w->row_blocks % w->column_blocks * w->column_count;
  size_t others = task / w->row_blocks / w->column_blocks;
  size_t first = block * w->row_count;
  if (first >= l->tiles) return;
  multiply(w, others / w->filters.groups, others % w->filters.groups, first, tb_smaller(w->row_count, l->tiles - first),
           column, tb_smaller(w->column_count, columns - column), w->scratch, w->scratch + l->points * l->v_plane);
}

enum { COLUMNS = 512, ROWS_OF_GROUPS = 16 };

void tb_winograd_f32(tb_isa isa, tb_pool *pool, tb_winograd_form form, const float *x, tb_shape in,
                     const float *packed, tb_filters f, tb_finish finish, float *out, size_t out_stride,
                     float *scratch) {
  assert(tb_winograd_suits(form, f) && f.groups > 0 && in.c % f.groups == 0 && f.out_channels % f.groups == 0);
  assert(out_stride >= f.out_channels && in.pixel_stride >= in.c && in.c <= TB_DEEPEST_TAP);
  tb_activation activation = finish.activation;
  int scalar = activation == TB_ACTIVATION_SIGMOID || activation == TB_ACTIVATION_EXPONENTIAL;
  if (scalar) finish.activation = TB_ACTIVATION_NONE;
  winograd w = {.product = TB_VERSION(tb_product_f32, isa),
                .gather = TB_VERSION(tb_winograd_gather_f32, isa),
                .scatter = TB_VERSION(tb_winograd_scatter_f32, isa),
                .isa = isa,
                .form = form,
                .layout = layout_of(isa, form, in, f),
                .x = x,
                .packed = packed,
                .in = in,
                .filters = f,
                .finish = finish,
                .out_h = out_side(in.h, f),
                .out_w = out_side(in.w, f),
                .out = out,
                .out_stride = out_stride,
                .list = (tile *)(void *)scratch};
  const layout *l = &w.layout;
  if (l->tiles == 0) return;
  w.scratch = scratch + l->list;
  list_tiles(&w);
  if (l->groups > 1) {
    tb_pool_run(pool, l->groups, whole_group, &w);
  } else {
    size_t unit = tb_kernel_rows(isa), panel = tb_panel(isa), columns = f.out_channels / f.groups;
    w.tiles_a_task = tb_larger(1, 256 / tb_larger(in.c, f.out_channels));
    tb_pool_run(pool, tb_parts(l->tiles, w.tiles_a_task), gather_some, &w);
    w.row_blocks = tb_parts(l->tiles, unit * ROWS_OF_GROUPS);
    w.row_count = tb_parts(l->tiles, w.row_blocks);
    w.column_blocks = tb_parts(columns, COLUMNS);
    w.column_count = tb_parts(tb_parts(columns, w.column_blocks), panel) * panel;
    w.column_blocks = tb_parts(columns, w.column_count);
    tb_pool_run(pool, l->points * f.groups * w.column_blocks * w.row_blocks, multiply_some, &w);
    tb_pool_run(pool, tb_parts(l->tiles, w.tiles_a_task), scatter_some, &w);
  }
  if (scalar) tb_bias_activation_f32(isa, out, in.n * w.out_h * w.out_w, f.out_channels, out_stride, NULL, activation);
}
