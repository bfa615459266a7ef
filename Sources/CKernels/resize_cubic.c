/* The bicubic resize of one float map: rows across once, kept while target rows need them; four of them make a
 * target row. Every sum is written in OpenCV's order, and none is contracted. */

#include <string.h>

#include "include/tb_resize.h"
#include "resize_axis.h"

#pragma STDC FP_CONTRACT OFF

enum { TILE = 256 };  // target columns at a time; a multiple of 4

typedef struct {
  int64_t taps[4][TILE];
  float weights[4][TILE];
} cubic_columns;

static void across(const float *line, const cubic_columns *columns, int64_t count, float *restrict values) {
  for (int64_t d = 0; d < count; d++) {
    float sum = line[columns->taps[0][d]] * columns->weights[0][d];
    for (int k = 1; k < 4; k++) {
      sum = sum + line[columns->taps[k][d]] * columns->weights[k][d];
    }
    values[d] = sum;
  }
}

static void resize_tile(const float *map, int64_t width, int64_t height, float *restrict out, int64_t x, int64_t count,
                        int64_t out_width, int64_t out_height) {
  cubic_columns columns;
  float rows[4][TILE];
  int64_t held[4] = {-1, -1, -1, -1};  // which source row each buffer holds
  const double scale_x = tb_axis_scale(width, out_width), scale_y = tb_axis_scale(height, out_height);
  for (int64_t d = 0; d < count; d++) {
    float f, weights[4];
    const int64_t column = tb_axis_position(x + d, scale_x, width, &f);
    tb_cubic_weights(f, weights);
    for (int k = 0; k < 4; k++) {
      columns.taps[k][d] = tb_clamp_index(column - 1 + k, width);
      columns.weights[k][d] = weights[k];
    }
  }
  // OpenCV's vector loop takes whole fours of columns and adds from the far end; its tail adds from the near end.
  const int64_t whole = (out_width & ~(int64_t)3) - x;
  const int64_t fours = whole < count ? whole : count;
  for (int64_t y = 0; y < out_height; y++) {
    float f, b[4];
    const float *h[4];
    const int64_t first = tb_axis_position(y, scale_y, height, &f) - 1;
    tb_cubic_weights(f, b);
    for (int k = 0; k < 4; k++) {
      const int64_t row = tb_clamp_index(first + k, height);
      // Four neighbouring rows never share a buffer.
      if (held[row & 3] != row) {
        across(map + row * width, &columns, count, rows[row & 3]);
        held[row & 3] = row;
      }
      h[k] = rows[row & 3];
    }
    float *to = out + y * out_width + x;
    for (int64_t d = 0; d < fours; d++) {
      to[d] = h[0][d] * b[0] + (h[1][d] * b[1] + (h[2][d] * b[2] + h[3][d] * b[3]));
    }
    for (int64_t d = fours; d < count; d++) {
      to[d] = ((h[0][d] * b[0] + h[1][d] * b[1]) + h[2][d] * b[2]) + h[3][d] * b[3];
    }
  }
}

void tb_resize_cubic_f32(const float *map, int64_t width, int64_t height, float *out, int64_t out_width,
                         int64_t out_height) {
  if (width == out_width && height == out_height) {
    memcpy(out, map, (size_t)width * (size_t)height * sizeof(float));
    return;
  }
  for (int64_t x = 0; x < out_width; x += TILE) {
    const int64_t count = out_width - x < TILE ? out_width - x : TILE;
    resize_tile(map, width, height, out, x, count, out_width, out_height);
  }
}
