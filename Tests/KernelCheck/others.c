/* The kernels that are no convolutions. Where a header promises equal bits, equal bits are asked for; NaN equals NaN. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"
#include "numbers.h"

typedef struct family {
  const char *name;
  size_t compared, bad;
} family;

enum { FILL = 12345 };

static float *filled(size_t count) {
  float *p = exactly(count * sizeof(float));
  for (size_t i = 0; i < count; i++) p[i] = FILL;
  return p;
}

/* Whether no value lies further from the wanted one than `bound`, one for each or one for all. */
static void compare(family *f, const float *found, const float *wanted, size_t count, const float *bounds, float bound) {
  int same = 1;
  for (size_t i = 0; i < count; i++) {
    if (isnan(found[i]) && isnan(wanted[i])) continue;
    float allowed = bounds ? bounds[i] : bound;
    if (found[i] != wanted[i] && !(fabsf(found[i] - wanted[i]) <= allowed)) same = 0;
  }
  f->compared++;
  f->bad += !same;
}

static void compare_doubles(family *f, const double *found, const double *wanted, size_t count) {
  int same = 1;
  for (size_t i = 0; i < count; i++) same &= found[i] == wanted[i] || (isnan(found[i]) && isnan(wanted[i]));
  f->compared++;
  f->bad += !same;
}

/* MARK: maps */

static tb_shape small_shape(void) {
  static const size_t channels[] = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 70};
  tb_shape s = {1 + below(3), 1 + below(9), 1 + below(9), channels[below(13)], 0};
  s.pixel_stride = s.c + below(5);
  return s;
}

static void pooling(tb_isa isa, family *f) {
  tb_shape in = small_shape();
  tb_slide w = {1 + below(3), 1 + below(3), 1 + below(3), 0, 1};
  if (w.kernel_h > 1 && w.kernel_w > 1) w.padding = below(2);
  size_t h = tb_slides(in.h, w.kernel_h, w.stride, w.padding, 1), width = tb_slides(in.w, w.kernel_w, w.stride, w.padding, 1);
  size_t stride = in.c + below(3), total = in.n * h * width * stride, pixels = in.n * in.h * in.w;
  float *x = random_floats(pixels * in.pixel_stride), *wanted = filled(total), *found = filled(total);
  if (h && width) {
    tb_max_pool_f32__plain(x, in, w, wanted, stride);
    tb_max_pool_f32(isa, x, in, w, found, stride);
    compare(f, found, wanted, total, NULL, 0);
  }
  float *mean = filled(in.n * stride), *other = filled(in.n * stride);
  tb_global_mean_f32__plain(x, in, mean, stride);
  tb_global_mean_f32(isa, x, in, other, stride);
  compare(f + 1, other, mean, in.n * stride, NULL, (float)(in.w + in.h + 2) * FLT_EPSILON);
  free(x), free(wanted), free(found), free(mean), free(other);
}

static void single_operations(tb_isa isa, family *f) {
  size_t rows = 1 + below(7), channels = 1 + below(70), stride = channels + below(4), other_stride = channels + below(4);
  size_t total = rows * stride;
  float *x = random_floats(total), *b = random_floats(rows * other_stride), *scale = random_floats(channels);
  float *bias = below(4) ? random_floats(channels) : NULL, *bounds = filled(total);
  for (size_t i = 0; i < total; i++) x[i] *= 8;
  tb_activation activation = (tb_activation)below(7);

  float *wanted = filled(total), *found = filled(total);
  memcpy(wanted, x, total * sizeof(float)), memcpy(found, x, total * sizeof(float));
  tb_bias_activation_f32__plain(wanted, rows, channels, stride, bias, activation);
  tb_bias_activation_f32(isa, found, rows, channels, stride, bias, activation);
  compare(f, found, wanted, total, NULL, 0);

  for (size_t i = 0; i < total; i++) {
    wanted[i] = found[i] = FILL;
    size_t c = i % stride;
    bounds[i] = c < channels ? FLT_EPSILON * (fabsf(x[i] * scale[c]) + (bias ? fabsf(bias[c]) : 0)) : 0;
  }
  tb_scale_shift_f32__plain(x, stride, wanted, stride, rows, channels, scale, bias, TB_ACTIVATION_RELU);
  tb_scale_shift_f32(isa, x, stride, found, stride, rows, channels, scale, bias, TB_ACTIVATION_RELU);
  compare(f + 1, found, wanted, total, bounds, 0);

  for (size_t i = 0; i < total; i++) wanted[i] = found[i] = FILL;
  tb_add_f32__plain(x, stride, b, other_stride, wanted, stride, rows, channels, activation);
  tb_add_f32(isa, x, stride, b, other_stride, found, stride, rows, channels, activation);
  compare(f + 2, found, wanted, total, NULL, 0);
  free(x), free(b), free(scale), free(bias), free(bounds), free(wanted), free(found);
}

static void correlation(tb_isa isa, family *f) {
  tb_shape in = small_shape();
  size_t h = 1 + below(in.h), w = 1 + below(in.w), kernel_stride = in.c + below(3);
  size_t total = in.n * (in.h - h + 1) * (in.w - w + 1), taps = h * w * in.c;
  float *x = random_floats(in.n * in.h * in.w * in.pixel_stride), *kernel = random_floats(h * w * kernel_stride);
  float *wanted = filled(total), *found = filled(total);
  tb_correlation_f32__plain(x, in, kernel, h, w, kernel_stride, 0.5f, wanted);
  tb_correlation_f32(isa, x, in, kernel, h, w, kernel_stride, 0.5f, found);
  compare(f, found, wanted, total, NULL, (float)(w * in.c / 8 + 4) * FLT_EPSILON * (float)taps);
  free(x), free(kernel), free(wanted), free(found);
}

static void patches(tb_isa isa, family *f) {
  tb_shape in = small_shape();
  tb_slide w = {1 + below(4), 1 + below(4), 1 + below(3), below(3), 1 + below(2)};
  size_t h = tb_slides(in.h, w.kernel_h, w.stride, w.padding, w.dilation);
  size_t windows = in.n * h * tb_slides(in.w, w.kernel_w, w.stride, w.padding, w.dilation);
  if (!windows) return;
  size_t first = below(windows), count = 1 + below(windows - first), channel = below(in.c), channels = 1 + below(in.c - channel);
  size_t total = count * w.kernel_h * w.kernel_w * channels;
  float *x = random_floats(in.n * in.h * in.w * in.pixel_stride), *wanted = filled(total), *found = filled(total);
  tb_patches_f32__plain(x, in, w, channel, channels, first, count, wanted);
  tb_patches_f32(isa, x, in, w, channel, channels, first, count, found);
  compare(f, found, wanted, total, NULL, 0);
  free(x), free(wanted), free(found);
}

/* MARK: pictures; these choose their version themselves */

static void resizing(family *f) {
  int64_t width = 1 + (int64_t)below(40), height = 1 + (int64_t)below(40), to_w = 1 + (int64_t)below(300), to_h = 1 + (int64_t)below(40);
  size_t size = (size_t)(width * height * 3), out = (size_t)(to_w * to_h * 3);
  unsigned char *pixels = exactly(size), *wanted = exactly(out), *found = exactly(out), *portable = exactly(out);
  for (size_t i = 0; i < size; i++) pixels[i] = (unsigned char)below(256);
  tb_window window = {.pixels = pixels, .width = width, .height = height, .left = (int64_t)below(60) - 30,
                      .top = (int64_t)below(60) - 30, .columns = 1 + (int64_t)below(90), .rows = 1 + (int64_t)below(90),
                      .border = {1, 99, 254}};
  if (!below(4)) window.columns = 2 * to_w, window.rows = 2 * to_h;
  if (!below(6)) window.columns = to_w, window.rows = to_h;
  memset(found, 1, out), memset(portable, 1, out), memset(wanted, 2, out);
  tb_resize_linear_u8x3__plain(&window, wanted, to_w, to_h);
  tb_resize_linear_u8x3(&window, found, to_w, to_h);
  tb_resize_linear_u8x3__portable(&window, portable, to_w, to_h);
  f->compared++;
  f->bad += memcmp(found, wanted, out) || memcmp(portable, wanted, out);

  float *map = random_floats((size_t)(width * height)), *smooth = filled((size_t)(to_w * to_h)), *other = filled((size_t)(to_w * to_h));
  tb_resize_cubic_f32__plain(map, width, height, smooth, to_w, to_h);
  tb_resize_cubic_f32(map, width, height, other, to_w, to_h);
  compare(f + 1, other, smooth, (size_t)(to_w * to_h), NULL, 0);
  free(pixels), free(wanted), free(found), free(portable), free(map), free(smooth), free(other);
}

/* MARK: scores */

/* Boxes as annotations have them: whole numbers, fractions, empty ones, negative ones, NaN. */
static double *boxes(size_t count) {
  double *p = exactly(count * 4 * sizeof(double));
  for (size_t i = 0; i < count * 4; i++) {
    p[i] = (double)below(200) - (i % 4 < 2 ? 20 : 5);
    if (!below(3)) p[i] += (double)below(1000) / 1000;
    if (!below(60)) p[i] = NAN;
    if (!below(60)) p[i] = 0;
  }
  return p;
}

static void curves(tb_isa isa, family *f) {
  size_t count = below(TB_CURVE_BLOCK + 1);
  double *truth = boxes(count), *predicted = boxes(count);
  for (size_t i = 0; i < count * 4; i++)
    if (below(2)) predicted[i] = truth[i];
  double *wanted = exactly(count * sizeof(double)), *found = exactly(count * sizeof(double));
  tb_overlap_total totals[2] = {{0}};
  tb_overlap_rule rule = {below(2), below(2), (tb_quotient)below(3), (tb_truth)below(4)};
  tb_overlaps_f64__plain(truth, predicted, count, rule, wanted, &totals[0]);
  tb_overlaps_f64(isa, truth, predicted, count, rule, found, &totals[1]);
  compare_doubles(f, found, wanted, count);
  compare_doubles(f, &totals[1].sum, &totals[0].sum, 1);
  f->bad += totals[0].frames != totals[1].frames;

  tb_error_rule error = {(tb_truth)below(4), below(2) ? -1 : INFINITY};
  tb_centre_errors_f64__plain(truth, predicted, count, error, wanted);
  tb_centre_errors_f64(isa, truth, predicted, count, error, found);
  compare_doubles(f + 1, found, wanted, count);
  tb_normalised_rule normalised = {error, below(2), below(2) ? 1e-16 : 0};
  tb_normalised_errors_f64__plain(truth, predicted, count, normalised, wanted);
  tb_normalised_errors_f64(isa, truth, predicted, count, normalised, found);
  compare_doubles(f + 1, found, wanted, count);

  double fenced[TB_CURVE_THRESHOLDS + 2] = {NAN};
  size_t thresholds = 1 + below(101), bins[2][TB_CURVE_THRESHOLDS + 1] = {{0}};
  for (size_t i = 0; i < thresholds; i++) fenced[i + 1] = (double)i / 20;
  fenced[thresholds + 1] = INFINITY;
  for (size_t i = 0; i < count; i++) found[i] = below(5) ? (double)below(120) / 20 - 0.5 : wanted[i];
  tb_thresholds list = {fenced, thresholds, 20};
  tb_count_ranks_f64__plain(found, count, list, bins[0]);
  tb_count_ranks_f64(isa, found, count, list, bins[1]);
  f[2].compared++;
  f[2].bad += memcmp(bins[0], bins[1], sizeof bins[0]) != 0;
  free(truth), free(predicted), free(wanted), free(found);
}

static void resampling(tb_isa isa, family *f) {
  size_t rows = 1 + below(30), count = below(40);
  float *table = random_floats(rows * TB_RESAMPLE_COLUMNS), sums[2][TB_RESAMPLE_COLUMNS];
  tb_pick *picks = exactly(count * sizeof(tb_pick));
  for (size_t i = 0; i < count; i++) picks[i] = (tb_pick){(int32_t)below(rows), (float)(1 + below(4))};
  tb_sum_picks_f32__plain(table, picks, count, sums[0]);
  tb_sum_picks_f32(isa, table, picks, count, sums[1]);
  compare(f, sums[1], sums[0], TB_RESAMPLE_COLUMNS, NULL, 0);
  free(table), free(picks);
}

size_t check_others(size_t rounds) {
  static const char *const sets[TB_ISA_COUNT] = {"portable", "AVX2", "AVX-512"};
  size_t bad = 0;
  family pictures[] = {{"bilinear resize", 0, 0}, {"bicubic resize", 0, 0}};
  for (size_t round = 0; round < rounds; round++) resizing(pictures);
  for (int isa = 0; isa < TB_ISA_COUNT; isa++) {
    if (!tb_isa_available((tb_isa)isa)) continue;
    family f[] = {{"largest of windows", 0, 0}, {"means", 0, 0},   {"bias and activation", 0, 0}, {"scale and shift", 0, 0},
                  {"sums", 0, 0},               {"correlation", 0, 0}, {"patches", 0, 0},             {"overlaps", 0, 0},
                  {"centre errors", 0, 0},      {"ranks", 0, 0},   {"drawn rows", 0, 0}};
    for (size_t round = 0; round < rounds; round++) {
      pooling((tb_isa)isa, f);
      single_operations((tb_isa)isa, f + 2);
      correlation((tb_isa)isa, f + 5);
      patches((tb_isa)isa, f + 6);
      curves((tb_isa)isa, f + 7);
      resampling((tb_isa)isa, f + 10);
    }
    for (size_t i = 0; i < sizeof f / sizeof *f; i++) {
      printf("%s %s: %zu compared, %zu differ\n", sets[isa], f[i].name, f[i].compared, f[i].bad);
      bad += f[i].bad + !f[i].compared;
    }
  }
  for (size_t i = 0; i < 2; i++) {
    printf("%s: %zu compared, %zu differ\n", pictures[i].name, pictures[i].compared, pictures[i].bad);
    bad += pictures[i].bad + !pictures[i].compared;
  }
  return bad;
}
