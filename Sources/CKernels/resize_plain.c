/* The definitions, pixel by pixel. Slow on purpose: the fast versions are tested against these. */

#include <string.h>

#include "include/tb_resize.h"
#include "resize_axis.h"

#pragma STDC FP_CONTRACT OFF

/// Channel c of the window's pixel (x, y), the border's where it lies outside the picture.
static uint8_t sample(const tb_window *w, int64_t x, int64_t y, int c) {
  int64_t column, row;
  if (__builtin_add_overflow(w->left, x, &column) || __builtin_add_overflow(w->top, y, &row)) return w->border[c];
  if (column < 0 || column >= w->width || row < 0 || row >= w->height) return w->border[c];
  return w->pixels[(row * w->width + column) * 3 + c];
}

static uint8_t linear(const tb_window *w, int64_t dx, int64_t dy, int c, double scale_x, double scale_y) {
  float fx, fy;
  const int64_t x0 = tb_axis_column(dx, scale_x, w->columns, &fx);
  const int64_t x1 = x0 + 1 < w->columns ? x0 + 1 : x0;
  const int64_t y = tb_axis_position(dy, scale_y, w->rows, &fy);
  const int64_t y0 = tb_clamp_index(y, w->rows), y1 = tb_clamp_index(y + 1, w->rows);
  const int32_t a0 = tb_weight_11(1.0f - fx), a1 = tb_weight_11(fx);
  const int32_t b0 = tb_weight_11(1.0f - fy), b1 = tb_weight_11(fy);
  const int32_t upper = sample(w, x0, y0, c) * a0 + sample(w, x1, y0, c) * a1;
  const int32_t lower = sample(w, x0, y1, c) * a0 + sample(w, x1, y1, c) * a1;
  return (uint8_t)((((b0 * (upper >> 4)) >> 16) + ((b1 * (lower >> 4)) >> 16) + 2) >> 2);
}

void tb_resize_linear_u8x3__plain(const tb_window *w, uint8_t *out, int64_t out_width, int64_t out_height) {
  const int same = w->columns == out_width && w->rows == out_height;
  const int half = w->columns == 2 * out_width && w->rows == 2 * out_height;
  const double scale_x = tb_axis_scale(w->columns, out_width), scale_y = tb_axis_scale(w->rows, out_height);
  for (int64_t y = 0; y < out_height; y++) {
    for (int64_t x = 0; x < out_width; x++) {
      for (int c = 0; c < 3; c++) {
        uint8_t value;
        if (same) {
          value = sample(w, x, y, c);
        } else if (half) {
          const int sum = sample(w, 2 * x, 2 * y, c) + sample(w, 2 * x + 1, 2 * y, c) + sample(w, 2 * x, 2 * y + 1, c) +
                          sample(w, 2 * x + 1, 2 * y + 1, c);
          value = (uint8_t)((sum + 2) >> 2);
        } else {
          value = linear(w, x, y, c, scale_x, scale_y);
        }
        out[(y * out_width + x) * 3 + c] = value;
      }
    }
  }
}

void tb_resize_cubic_f32__plain(const float *map, int64_t width, int64_t height, float *out, int64_t out_width,
                                int64_t out_height) {
  if (width == out_width && height == out_height) {
    memcpy(out, map, (size_t)width * (size_t)height * sizeof(float));
    return;
  }
  const double scale_x = tb_axis_scale(width, out_width), scale_y = tb_axis_scale(height, out_height);
  for (int64_t y = 0; y < out_height; y++) {
    float fy, b[4];
    const int64_t row = tb_axis_position(y, scale_y, height, &fy);
    tb_cubic_weights(fy, b);
    for (int64_t x = 0; x < out_width; x++) {
      float fx, a[4], h[4];
      const int64_t column = tb_axis_position(x, scale_x, width, &fx);
      tb_cubic_weights(fx, a);
      for (int r = 0; r < 4; r++) {
        const float *line = map + tb_clamp_index(row - 1 + r, height) * width;
        float sum = line[tb_clamp_index(column - 1, width)] * a[0];
        for (int t = 1; t < 4; t++) {
          sum = sum + line[tb_clamp_index(column - 1 + t, width)] * a[t];
        }
        h[r] = sum;
      }
      // OpenCV's vector loop takes whole fours of columns and adds from the far end; its tail adds from the near end.
      out[y * out_width + x] = x < (out_width & ~(int64_t)3)
                                   ? h[0] * b[0] + (h[1] * b[1] + (h[2] * b[2] + h[3] * b[3]))
                                   : ((h[0] * b[0] + h[1] * b[1]) + h[2] * b[2]) + h[3] * b[3];
    }
  }
}
