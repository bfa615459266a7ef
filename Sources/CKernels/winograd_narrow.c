#include "winograd_layer.h"

/* Channels of a group at most, and floats of V and M together: tuned on a second cache of 512 KiB. */
enum { NARROW = 128, GROUP_FLOATS = 128 * 1024 };

int tb_winograd_is_narrow(size_t in_channels, tb_filters unit) { return in_channels / unit.groups <= NARROW; }

/* How the work is cut, and where a worker's memory lies; all sizes in floats. */
typedef struct layout {
  size_t points;   /* planes */
  size_t together; /* squares of a group */
  size_t groups;   /* of squares */
  size_t v_row, v_plane, m_plane;
  size_t each; /* a worker's V and M */
} layout;

static layout layout_of(tb_isa isa, tb_winograd_form form, size_t squares, tb_shape in, tb_filters f) {
  size_t side = tb_winograd_points(form), panel = tb_panel(isa), unit = tb_kernel_rows(isa);
  layout l = {.points = side * side, .v_row = tb_round_up(in.c / f.groups, 16)};
  size_t most = GROUP_FLOATS / (l.points * (l.v_row + panel)) / unit * unit;
  l.groups = tb_parts(squares, tb_larger(unit, most));
  l.together = tb_parts(squares, tb_larger(1, l.groups));
  /* Odd multiples of a line, so that a square's places in all planes fall into all sets of the nearest cache. */
  l.v_plane = l.together * l.v_row + 16;
  l.m_plane = l.together * panel;
  if (l.m_plane % 32 == 0) l.m_plane += 16;
  if (l.v_plane % 32 == 0) l.v_plane += 16;
  l.each = tb_round_up(l.points * (l.v_plane + l.m_plane), 16) + 16;
  return l;
}

size_t tb_narrow_scratch(tb_isa isa, size_t threads, tb_winograd_form form, size_t squares, tb_shape in,
                         tb_filters unit) {
  return layout_of(isa, form, squares, in, unit).each * threads;
}

typedef struct narrow {
  const tb_winograd_layer *layer;
  layout layout;
  tb_points_f32_fn *multiply;
} narrow;

/* One group of squares, one group of channels: V once, then panel after panel of outputs. */
static void whole_group(void *context, size_t task, size_t worker) {
  const narrow *n = context;
  const layout *l = &n->layout;
  const tb_winograd_layer *w = n->layer;
  size_t group = task % w->filters.groups, first = task / w->filters.groups * l->together;
  size_t count = tb_smaller(l->together, w->square_count - first);
  size_t depth = w->in.c / w->filters.groups, columns = w->filters.out_channels / w->filters.groups;
  size_t panel = tb_panel(w->isa), panels = tb_panels(w->isa, columns);
  float *scratch = w->scratch + worker * l->each;
  tb_planes v = {scratch, l->v_row, l->v_plane};
  tb_planes m = {scratch + l->points * l->v_plane, panel, l->m_plane};
  tb_gather_squares(w, first, count, group * depth, depth, v);
  for (size_t p = 0; p < panels; p++) {
    n->multiply(&(tb_points){.rows = v.first,
                             .row_stride = v.row,
                             .row_plane = v.plane,
                             .row_count = count,
                             .points = l->points,
                             .depth = depth,
                             .weights = w->packed + (group * panels + p) * l->points * depth * panel,
                             .out = m.first,
                             .out_plane = m.plane});
    size_t column = p * panel;
    tb_scatter_squares(w, first, count, group * columns + column, tb_smaller(panel, columns - column), m);
  }
}

void tb_narrow_f32(tb_pool *pool, const tb_winograd_layer *layer) {
  narrow n = {.layer = layer,
              .layout = layout_of(layer->isa, layer->form, layer->square_count, layer->in, layer->filters),
              .multiply = TB_VERSION(tb_points_f32, layer->isa)};
  tb_pool_run(pool, n.layout.groups * layer->filters.groups, whole_group, &n);
}
