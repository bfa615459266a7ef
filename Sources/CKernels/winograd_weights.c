#include <assert.h>
#include <string.h>

#include "winograd_layer.h"

int tb_winograd_suits(tb_winograd_form form, tb_filters f) {
  static const tb_winograd_form forms[] = {{4, 3}, {5, 3}, {6, 3}, {2, 5}, {3, 5}, {4, 5}, {3, 6}};
  int known = 0;
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
    known |= forms[i].outputs == form.outputs && forms[i].taps == form.taps;
  tb_slide w = f.window;
  if (!known || w.kernel_h != w.kernel_w || w.stride == 0) return 0;
  return w.stride == 1 ? w.kernel_h == form.taps
                       : tb_parts(w.kernel_h, w.stride) == form.taps && w.dilation == 1 && f.groups == 1;
}

size_t tb_winograd_weights(tb_isa isa, tb_winograd_form form, size_t in_channels, tb_filters f) {
  size_t points = tb_winograd_points(form), columns = tb_panels(isa, f.out_channels / f.groups) * tb_panel(isa);
  return points * points * f.groups * columns * (tb_unit_channels(in_channels, f) / f.groups);
}

enum { MOST_POINTS = 8, MOST_TAPS = 6, WIDEST_PANEL = 32 };

typedef struct transform {
  const float *weights;
  float *packed;
  size_t points, taps, panel, panels, groups, outputs, channels; /* outputs and channels of a group */
  size_t kernel, stride;                                         /* of the layer itself; channels are those of its phases */
  size_t plane, next_panel; /* floats from one point to the next, from one panel to the next, in the packed weights */
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
static void transform_filters(const transform *t, const float *source, size_t channel, size_t width, float *packed) {
  const size_t taps = t->taps, points = t->points, panel = t->panel;
  double filter[MOST_TAPS * MOST_TAPS][WIDEST_PANEL] = {{0}}, half[MOST_POINTS * MOST_TAPS][WIDEST_PANEL];
  const size_t s = t->stride, inputs = t->channels / (s * s), area = t->kernel * t->kernel;
  const size_t phase = channel / inputs, py = phase / s, px = phase % s;
  for (size_t o = 0; o < width; o++, source += inputs * area)
    for (size_t ky = 0; ky < taps && s * ky + py < t->kernel; ky++)
      for (size_t kx = 0; kx < taps && s * kx + px < t->kernel; kx++)
        filter[ky * taps + kx][o] = source[channel % inputs * area + (s * ky + py) * t->kernel + s * kx + px];
  for (size_t j = 0; j < points; j++) {
    for (size_t column = 0; column < taps; column++) {
      double *sum = half[j * taps + column];
      for (size_t o = 0; o < panel; o++) sum[o] = 0;
      for (size_t k = 0; k < taps; k++)
        for (size_t o = 0; o < panel; o++) sum[o] += t->g[j][k] * filter[k * taps + column][o];
    }
  }
  for (size_t j = 0; j < points; j++) {
    for (size_t l = 0; l < points; l++, packed += t->plane) {
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
  size_t filter = t->channels / (t->stride * t->stride) * t->kernel * t->kernel;
  for (size_t c = 0; c < t->channels; c++)
    transform_filters(t, t->weights + (group * t->outputs + first) * filter, c,
                      tb_smaller(t->panel, t->outputs - first), t->packed + task * t->next_panel + c * t->panel);
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
                 .channels = tb_unit_channels(in_channels, f) / f.groups,
                 .kernel = f.window.kernel_h,
                 .stride = f.window.stride};
  size_t matrix = t.channels * t.panel; /* of one point and panel */
  int narrow = tb_winograd_is_narrow(t.channels * f.groups, f);
  t.plane = narrow ? matrix : f.groups * t.panels * matrix;
  t.next_panel = narrow ? t.points * t.points * matrix : matrix;
  make_g(&t);
  tb_pool_run(pool, f.groups * t.panels, transform_panel, &t);
}
