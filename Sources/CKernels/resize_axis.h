#ifndef TB_RESIZE_AXIS_H
#define TB_RESIZE_AXIS_H

/* Where a target index reads along one axis: OpenCV's arithmetic, shared by all resizes. Internal to the target. */

#include <math.h>
#include <stdint.h>

#pragma STDC FP_CONTRACT OFF

/// Source length over target length, by two divisions as OpenCV takes it.
static inline double tb_axis_scale(int64_t source, int64_t target) { return 1.0 / ((double)target / (double)source); }

/// The first neighbour of target index d (unclamped, -1 at the lowest) and, in *fraction, the share of the second.
static inline int64_t tb_axis_position(int64_t d, double scale, int64_t source, float *fraction) {
  const float f = (float)(((double)d + 0.5) * scale - 0.5);
  const float whole = floorf(f);
  *fraction = f - whole;
  // A float beyond the source (only for lengths over 2^24) is brought back before it can overflow the integer.
  return whole >= (float)source ? source : (int64_t)whole;
}

/// An 11-bit weight, rounded half to even.
static inline int32_t tb_weight_11(float share) { return (int32_t)rintf(share * 2048.0f); }

static inline int64_t tb_clamp_index(int64_t i, int64_t count) { return i < 0 ? 0 : i >= count ? count - 1 : i; }

/// The column rule: at the ends the neighbour is the end itself, with the whole weight.
static inline int64_t tb_axis_column(int64_t d, double scale, int64_t source, float *fraction) {
  int64_t i = tb_axis_position(d, scale, source, fraction);
  if (i < 0) {
    i = 0;
    *fraction = 0;
  }
  if (i >= source - 1) {
    i = source - 1;
    *fraction = 0;
  }
  return i;
}

/// The four bicubic weights for fraction x, A = -0.75.
static inline void tb_cubic_weights(float x, float c[4]) {
  const float a = -0.75f, y = 1.0f - x, x1 = x + 1.0f;
  c[0] = ((a * x1 - 5.0f * a) * x1 + 8.0f * a) * x1 - 4.0f * a;
  c[1] = ((a + 2.0f) * x - (a + 3.0f)) * x * x + 1.0f;
  c[2] = ((a + 2.0f) * y - (a + 3.0f)) * y * y + 1.0f;
  c[3] = 1.0f - c[0] - c[1] - c[2];
}

#endif
