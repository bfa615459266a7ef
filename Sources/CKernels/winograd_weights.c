#include <assert.h>
#include <string.h>

#include "winograd.h"

int tb_winograd_suits(tb_winograd_form form, tb_filters f) {
  static const tb_winograd_form forms[] = {{4, 3}, {5, 3}, {6, 3}, {2, 5}, {3, 5}, {4, 5}};
  int known = 0;
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
    known |= forms[i].outputs == form.outputs && forms[i].taps == form.taps;
  return known && f.window.kernel_h == form.taps && f.window.kernel_w == form.taps && f.window.stride == 1;
}

size_t tb_winograd_weights(tb_isa isa, tb_winograd_form form, size_t in_channels, tb_filters f) {
  size_t points = tb_winograd_points(form), columns = tb_panels(isa, f.out_channels / f.groups) * tb_panel(isa);
  return points * points * f.groups * columns * (in_channels / f.groups);
}

enum { MOST_POINTS = 8, MOST_TAPS = 5, WIDEST_PANEL = 32 };

typedef struct transform {
  const float *weights;
  float *packed;
  size_t points, taps, panel, panels, groups, outputs, channels; /* outputs and channels of a group */
  double g[MOST_POINTS][MOST_TAPS];
} transform;

/* G: row j has the powers of point j over the product of its differences to all others; the last row is 0 .. 0 1. */
static void make_g(transform *t) {
  const double *nodes = tb_winograd_nodes(t->points);
  memset(t->g, 0, sizeof t->g);
  for (size_t j = 0; j + 1 < t->points; j++) {
    double scale = 1, power = 1;
    for (size_t l = 0; l + 1 < t->points; l++)
      if (l != j) scale *= nodes[j] - nodes[l];
    for (size_t k = 0; k < t->taps; k++, power *= nodes[j]) t->g[j][k] = power / scale;
  }
  t->g[t->points - 1][t->taps - 1] = 1;
}

/* Rounds a line of `count` values, a multiple of 4, and writes it past the caches: nobody reads it before the network runs. */
static inline void store_past_caches(float *out, const double *values, size_t count) {
#if defined(__clang__)
  typedef float four __attribute__((vector_size(16)));
  for (size_t i = 0; i < count; i += 4) {
    four v = {(float)values[i], (float)values[i + 1], (float)values[i + 2], (float)values[i + 3]};
    __builtin_nontemporal_store(v, (four *)(void *)(out + i));
  }
#else
  for (size_t i = 0; i < count; i++) out[i] = (float)values[i];
#endif
}

/* G g G^T for one input channel and a panel of outputs side by side, so that each store fills cache lines. */
static void transform_filters(const transform *t, const float *source, size_t width, float *packed, size_t plane) {
  const size_t taps = t->taps, points = t->points, panel = t->panel;
  double filter[MOST_TAPS * MOST_TAPS][WIDEST_PANEL] = {{0}}, half[MOST_POINTS * MOST_TAPS][WIDEST_PANEL];
  for (size_t o = 0; o < width; o++)
    for (size_t k = 0; k < taps * taps; k++) filter[k][o] = source[o * t->channels * taps * taps + k];
  for (size_t j = 0; j < points; j++) {
    for (size_t column = 0; column < taps; column++) {
      double *sum = half[j * taps + column];
      for (size_t o = 0; o < panel; o++) sum[o] = 0;
      for (size_t k = 0; k < taps; k++)
        for (size_t o = 0; o < panel; o++) sum[o] += t->g[j][k] * filter[k * taps + column][o];
    }
  }
  for (size_t j = 0; j < points; j++) {
    for (size_t l = 0; l < points; l++, packed += plane) {
      double sum[WIDEST_PANEL] = {0};
      for (size_t k = 0; k < taps; k++)
        for (size_t o = 0; o < panel; o++) sum[o] += t->g[l][k] * half[j * taps + k][o];
      store_past_caches(packed, sum, panel);
    }
  }
}

/* One panel of outputs, all input channels. */
static void transform_panel(void *context, size_t task, size_t worker) {
  (void)worker;
  const transform *t = context;
  size_t group = task / t->panels, first = task % t->panels * t->panel;
  size_t plane = t->groups * t->panels * t->panel * t->channels, area = t->taps * t->taps;
  const float *source = t->weights + (group * t->outputs + first) * t->channels * area;
  for (size_t c = 0; c < t->channels; c++)
    transform_filters(t, source + c * area, tb_smaller(t->panel, t->outputs - first),
                      t->packed + (task * t->channels + c) * t->panel, plane);
}

void tb_winograd_pack(tb_isa isa, tb_pool *pool, tb_winograd_form form, const float *weights, size_t in_channels,
                      tb_filters f, float *packed) {
  assert(f.groups > 0 && in_channels % f.groups == 0 && f.out_channels % f.groups == 0);
  assert(tb_winograd_suits(form, f));
  transform t = {.weights = weights,
                 .packed = packed,
                 .points = tb_winograd_points(form),
                 .taps = form.taps,
                 .panel = tb_panel(isa),
                 .panels = tb_panels(isa, f.out_channels / f.groups),
                 .groups = f.groups,
                 .outputs = f.out_channels / f.groups,
                 .channels = in_channels / f.groups};
  make_g(&t);
  tb_pool_run(pool, f.groups * t.panels, transform_panel, &t);
}
