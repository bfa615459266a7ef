/* Every fast way of convolving against its definition, over shapes drawn at random: channels that fill no vector, sides from 1,
 * strides, dilations, paddings, batches, groups, residuals, several threads; then all other kernels (others.c). A program of its own,
 * so that it runs in seconds under a sanitizer and, compiled over SIMDe, checks the AVX-512 source on any x86. Says what it compared;
 * status 1 where something differs.
 *
 *   check [shapes [seed]] */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"
#include "numbers.h"

/* Kernels want 64-byte boundaries. */
static float *floats(size_t count) {
  float *p = aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64 + 64);
  if (!p) exit(2);
  return p;
}

/* Scratch memory full of what is no number: what lies there must not matter. */
static float *scratch_floats(size_t count) {
  float *p = floats(count);
  memset(p, 0xff, count * sizeof(float));
  return p;
}

enum { UNTOUCHED = 12345, WAYS = 9, DIRECT = 7, DEPTHWISE = 8 };
static const tb_winograd_form forms[DIRECT] = {{4, 3}, {5, 3}, {6, 3}, {2, 5}, {3, 5}, {4, 5}, {3, 6}};
static const char *const names[WAYS] = {"F(4,3)", "F(5,3)", "F(6,3)", "F(2,5)",   "F(3,5)",
                                        "F(4,5)", "F(3,6)", "direct", "depthwise"};
/* Largest difference over the size of the sums; see tb_fast_convolution.h. The rest is the unlucky one of many. */
static const double bounds[WAYS] = {1e-5, 3e-5, 4e-5, 1e-5, 3e-5, 4e-5, 4e-5, 3e-6, 3e-6};
static const char *const sets[TB_ISA_COUNT] = {"portable", "AVX2", "AVX-512"};

typedef struct layer {
  tb_shape in;
  tb_filters filters;
  size_t out_h, out_w, out_stride, residual_stride;
  float *x, *weights, *bias, *residual;
  tb_activation activation;
} layer;

static layer draw(int depthwise, int strided) {
  static const size_t channels[] = {1, 2, 3, 7, 8, 16, 17, 24, 33, 40, 96, 130, 520, 1040};
  layer l;
  do {
    size_t groups = below(4) ? 1 : 2, kernel = 1 + 2 * below(3), kernel_w = below(5) ? kernel : 1 + below(5);
    size_t c = channels[below(14)] * groups, outputs = (1 + below(below(8) ? 60 : 600)) * groups;
    if (depthwise) groups = outputs = c;
    size_t stride = 1 + !below(3), dilation = below(3) ? 1 : 1 + below(4);
    /* Kernels of strided layers that have forms. */
    if (strided)
      stride = 2, kernel_w = kernel = 5 + below(8), dilation = groups = 1, c = channels[below(10)], outputs = 1 + below(60);
    l.filters = (tb_filters){outputs, groups, {kernel, kernel_w, stride, below(4), dilation}};
    l.in = (tb_shape){1 + below(3), 1 + below(20), 1 + below(20), c, c + (below(2) ? below(20) : 0)};
    if (c > 256) l.in.n = 1;
    tb_slide w = l.filters.window;
    l.out_h = tb_slides(l.in.h, w.kernel_h, w.stride, w.padding, w.dilation);
    l.out_w = tb_slides(l.in.w, w.kernel_w, w.stride, w.padding, w.dilation);
  } while (!l.out_h || !l.out_w);
  size_t pixels = l.in.n * l.out_h * l.out_w, taps = l.filters.window.kernel_h * l.filters.window.kernel_w;
  l.out_stride = l.filters.out_channels + below(20);
  l.residual_stride = l.filters.out_channels + below(5);
  l.x = random_floats(l.in.n * l.in.h * l.in.w * l.in.pixel_stride);
  l.weights = random_floats(l.filters.out_channels * (l.in.c / l.filters.groups) * taps);
  l.bias = random_floats(l.filters.out_channels);
  l.residual = depthwise || below(2) ? NULL : random_floats(pixels * l.residual_stride);
  l.activation = (tb_activation)below(6);
  return l;
}

static void expected(const layer *l, float *out) {
  size_t pixels = l->in.n * l->out_h * l->out_w, o = l->filters.out_channels;
  tb_conv2d_f32__plain(l->x, l->in, l->weights, l->bias, o, l->filters.groups, l->filters.window, TB_ACTIVATION_NONE, out,
                       l->out_stride);
  if (l->residual) tb_add_f32__plain(out, l->out_stride, l->residual, l->residual_stride, out, l->out_stride, pixels, o, 0);
  tb_bias_activation_f32__plain(out, pixels, o, l->out_stride, NULL, l->activation);
}

static void run(const layer *l, tb_isa isa, int way, tb_pool *pool, float *out) {
  size_t c = l->in.c;
  tb_filters f = l->filters;
  tb_finish finish = {l->bias, l->residual, l->residual_stride, l->activation};
  float *packed, *scratch = NULL;
  if (way == DEPTHWISE) {
    size_t taps = f.window.kernel_h * f.window.kernel_w;
    packed = floats(taps * c);
    for (size_t i = 0; i < taps * c; i++) packed[i] = l->weights[i % c * taps + i / c];
    tb_depthwise_f32(isa, pool, l->x, l->in, packed, c, f.window, l->bias, l->activation, out, l->out_stride);
  } else if (way == DIRECT) {
    packed = floats(tb_direct_weights(isa, c, f));
    scratch = scratch_floats(tb_direct_scratch(isa, pool, l->in, f));
    tb_direct_pack(isa, pool, l->weights, c, f, packed);
    tb_direct_f32(isa, pool, l->x, l->in, packed, f, finish, out, l->out_stride, scratch);
  } else {
    packed = floats(tb_winograd_weights(isa, forms[way], c, f));
    scratch = scratch_floats(tb_winograd_scratch(isa, pool, forms[way], l->in, f));
    tb_winograd_pack(isa, pool, forms[way], l->weights, c, f, packed);
    tb_winograd_f32(isa, pool, forms[way], l->x, l->in, packed, f, finish, out, l->out_stride, scratch);
  }
  free(packed);
  free(scratch);
}

/* The largest difference, relative to the size of the sums; infinite where something between the pixels was written. */
static double deviation(const layer *l, const float *found, const float *wanted) {
  size_t o = l->filters.out_channels, pixels = l->in.n * l->out_h * l->out_w;
  tb_slide w = l->filters.window;
  double largest = sqrt((double)(l->in.c / l->filters.groups * w.kernel_h * w.kernel_w)), difference = 0;
  for (size_t p = 0; p < pixels; p++) {
    for (size_t i = 0; i < l->out_stride; i++) {
      double a = found[p * l->out_stride + i], b = wanted[p * l->out_stride + i];
      if (i >= o && a != UNTOUCHED) return INFINITY;
      if (i >= o) continue;
      if (fabs(b) > largest) largest = fabs(b);
      if (!(fabs(a - b) <= difference)) difference = fabs(a - b);
    }
  }
  return difference / largest;
}

int main(int count, char **arguments) {
  size_t shapes = count > 1 ? strtoul(arguments[1], NULL, 10) : 300, compared[TB_ISA_COUNT][WAYS] = {{0}}, bad = 0;
  if (count > 2) seed_numbers(strtoul(arguments[2], NULL, 10));
  double worst[TB_ISA_COUNT][WAYS] = {{0}};
  tb_pool *pools[] = {NULL, tb_pool_make(2), tb_pool_make(3)};
  for (size_t shape = 0; shape < shapes; shape++) {
    layer l = draw(shape % 4 == 0, shape % 4 == 1);
    size_t total = l.in.n * l.out_h * l.out_w * l.out_stride;
    float *wanted = floats(total), *found = floats(total), *again = floats(total);
    for (size_t i = 0; i < total; i++) wanted[i] = UNTOUCHED;
    expected(&l, wanted);
    for (int isa = 0; isa < TB_ISA_COUNT; isa++) {
      if (!tb_isa_available((tb_isa)isa)) continue;
      for (int way = 0; way < WAYS; way++) {
        if (way < DIRECT && !tb_winograd_suits(forms[way], l.filters)) continue;
        if (way == DEPTHWISE && shape % 4) continue;
        for (size_t i = 0; i < total; i++) found[i] = again[i] = UNTOUCHED;
        run(&l, (tb_isa)isa, way, NULL, found);
        double error = deviation(&l, found, wanted);
        int differs = 0;
        for (int p = 1; p < 3; p++) {
          run(&l, (tb_isa)isa, way, pools[p], again);
          differs |= memcmp(found, again, total * sizeof(float)) != 0;
        }
        compared[isa][way]++;
        if (!(error <= worst[isa][way])) worst[isa][way] = error;
        if (error <= bounds[way] && !differs) continue;
        bad++;
        tb_slide w = l.filters.window;
        printf("%s %s: %g, threads %s: %zux%zux%zux%zu to %zu, %zux%zu s%zu p%zu d%zu g%zu\n", sets[isa], names[way],
               error, differs ? "differ" : "agree", l.in.n, l.in.h, l.in.w, l.in.c, l.filters.out_channels, w.kernel_h,
               w.kernel_w, w.stride, w.padding, w.dilation, l.filters.groups);
      }
    }
    float *all[] = {l.x, l.weights, l.bias, l.residual, wanted, found, again};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]);
  }
  for (int p = 1; p < 3; p++) tb_pool_free(pools[p]);
  for (int isa = 0; isa < TB_ISA_COUNT; isa++) {
    if (!tb_isa_available((tb_isa)isa)) {
      printf("%s: does not run here\n", sets[isa]);
      continue;
    }
    for (int way = 0; way < WAYS; way++)
      printf("%s %s: %zu shapes, largest difference %.1e (bound %.0e)\n", sets[isa], names[way], compared[isa][way],
             worst[isa][way], bounds[way]);
  }
  bad += check_others(shapes);
  printf(bad ? "%zu comparisons FAILED\n" : "all agree\n", bad);
  return bad != 0;
}
