/* The bilinear resize, tile by tile of columns: each source row that counts is brought to the target's columns once,
 * and every target row is two of those put together. Source rows are fetched as they are needed, so neither time nor
 * memory depends on the window's size. */

#include "include/tb_resize.h"

#include <string.h>

#include "resize_axis.h"
#include "resize_rows.h"

#pragma STDC FP_CONTRACT OFF

static int64_t saturating_sum(int64_t a, int64_t b) {
  int64_t sum;
  if (__builtin_add_overflow(a, b, &sum)) return b < 0 ? INT64_MIN : INT64_MAX;
  return sum;
}

/// The picture's row that holds the window's row, NULL outside.
static const uint8_t *picture_row(const tb_window *w, int64_t row) {
  const int64_t y = saturating_sum(w->top, row);
  return y < 0 || y >= w->height ? NULL : w->pixels + y * w->width * 3;
}

static void fill(uint8_t *out, int64_t count, const uint8_t border[3]) {
  for (int64_t i = 0; i < count; i++) {
    memcpy(out + 3 * i, border, 3);
  }
}

/// `count` pixels of the window from (x, row), as they would stand there if the window had been cut out.
static void read_window(const tb_window *w, int64_t x, int64_t row, int64_t count, uint8_t *out) {
  const uint8_t *line = picture_row(w, row);
  const int64_t first = saturating_sum(w->left, x);
  if (line == NULL || first >= w->width || first <= -count) {
    fill(out, count, w->border);
    return;
  }
  const int64_t before = first < 0 ? -first : 0;
  const int64_t end = count < w->width - first ? count : w->width - first;
  fill(out, before, w->border);
  memcpy(out + 3 * before, line + 3 * (first + before), (size_t)(3 * (end - before)));
  fill(out + 3 * end, count - end, w->border);
}

static void halve(const tb_window *w, uint8_t *out, int64_t out_width, int64_t out_height) {
  uint8_t upper[6 * TB_TILE], lower[6 * TB_TILE];
  for (int64_t y = 0; y < out_height; y++) {
    for (int64_t x = 0; x < out_width; x += TB_TILE) {
      const int64_t count = out_width - x < TB_TILE ? out_width - x : TB_TILE;
      read_window(w, 2 * x, 2 * y, 2 * count, upper);
      read_window(w, 2 * x, 2 * y + 1, 2 * count, lower);
      uint8_t *to = out + (y * out_width + x) * 3;
      for (int64_t i = 0; i < count; i++) {
        for (int64_t c = 0; c < 3; c++) {
          const int64_t at = 6 * i + c;
          to[3 * i + c] = (uint8_t)((upper[at] + upper[at + 3] + lower[at] + lower[at + 3] + 2) >> 2);
        }
      }
    }
  }
}

/// The columns of one tile. Those of touching_begin ..< touching_end read the picture at all, those of inside_begin ..<
/// inside_end read nothing else; the picture's pixels in the others' place are the border's.
typedef struct {
  tb_columns columns;
  int64_t first[TB_TILE], second[TB_TILE];  // picture columns, any value
  int64_t touching_begin, touching_end, inside_begin, inside_end;
  int16_t outside[TB_TILE_VALUES];  // a row wholly outside the picture
} tile;

static void plan_tile(const tb_window *w, int64_t x, int64_t count, double scale, tile *t) {
  t->touching_begin = t->inside_begin = count;
  t->touching_end = t->inside_end = 0;
  for (int64_t d = 0; d < count; d++) {
    float f;
    const int64_t i = tb_axis_column(x + d, scale, w->columns, &f);
    const int32_t w0 = tb_weight_11(1.0f - f), w1 = tb_weight_11(f);
    const int64_t first = saturating_sum(w->left, i);
    const int64_t second = i + 1 < w->columns ? saturating_sum(w->left, i + 1) : first;
    const int first_in = first >= 0 && first < w->width, second_in = second >= 0 && second < w->width;
    t->first[d] = first;
    t->second[d] = second;
    t->columns.offset[d] = first_in ? 3 * first : 0;
    t->columns.weights[2 * d] = (int16_t)w0;
    t->columns.weights[2 * d + 1] = (int16_t)w1;
    for (int c = 0; c < 3; c++) t->outside[3 * d + c] = (int16_t)((w->border[c] * w0 + w->border[c] * w1) >> 4);
    // Both neighbours move to the right with d, so each kind of column is one run.
    if (first_in || second_in) {
      if (d < t->touching_begin) t->touching_begin = d;
      t->touching_end = d + 1;
    }
    if (first_in && second_in && second == first + 1) {
      if (d < t->inside_begin) t->inside_begin = d;
      t->inside_end = d + 1;
    }
  }
  if (t->touching_begin > t->touching_end) t->touching_begin = t->touching_end = 0;
  if (t->inside_begin > t->inside_end) t->inside_begin = t->inside_end = t->touching_begin;
}

/// Columns at the picture's edge: one neighbour outside, or both the same pixel.
static void across_edge(const tb_window *w, const uint8_t *line, const tile *t, int64_t begin, int64_t end,
                        int16_t *values) {
  for (int64_t d = begin; d < end; d++) {
    const int64_t first = t->first[d], second = t->second[d];
    const uint8_t *p0 = first >= 0 && first < w->width ? line + 3 * first : w->border;
    const uint8_t *p1 = second >= 0 && second < w->width ? line + 3 * second : w->border;
    const int32_t w0 = t->columns.weights[2 * d], w1 = t->columns.weights[2 * d + 1];
    for (int c = 0; c < 3; c++) values[3 * d + c] = (int16_t)((p0[c] * w0 + p1[c] * w1) >> 4);
  }
}

static void copy_outside(const tile *t, int64_t begin, int64_t end, int16_t *values) {
  if (end > begin) memcpy(values + 3 * begin, t->outside + 3 * begin, (size_t)(3 * (end - begin)) * sizeof(int16_t));
}

/// One source row at the target's columns. The vector part writes past its end, so what lies to its right comes after
/// it.
static void resize_row(const tb_window *w, const uint8_t *line, const tile *t, int64_t count,
                       const tb_row_passes *passes, int16_t *values) {
  copy_outside(t, 0, t->touching_begin, values);
  across_edge(w, line, t, t->touching_begin, t->inside_begin, values);
  passes->across(line, 3 * w->width, &t->columns, t->inside_begin, t->inside_end, values);
  across_edge(w, line, t, t->inside_end, t->touching_end, values);
  copy_outside(t, t->touching_end, count, values);
}

static void resize_tile(const tb_window *w, uint8_t *out, int64_t x, int64_t count, int64_t out_width,
                        int64_t out_height, const tb_row_passes *passes) {
  tile t;
  int16_t rows[2][TB_TILE_VALUES];
  int64_t held[2] = {-1, -1};  // which window row each buffer holds
  const double scale = tb_axis_scale(w->rows, out_height);
  plan_tile(w, x, count, tb_axis_scale(w->columns, out_width), &t);
  for (int64_t y = 0; y < out_height; y++) {
    float f;
    const int16_t *pair[2];
    const int64_t i = tb_axis_position(y, scale, w->rows, &f);
    for (int k = 0; k < 2; k++) {
      const int64_t row = tb_clamp_index(i + k, w->rows);
      const uint8_t *line = picture_row(w, row);
      // Two neighbouring rows never share a buffer.
      int16_t *values = rows[row & 1];
      if (line != NULL && held[row & 1] != row) {
        resize_row(w, line, &t, count, passes, values);
        held[row & 1] = row;
      }
      pair[k] = line == NULL ? t.outside : values;
    }
    passes->down(pair[0], pair[1], tb_weight_11(1.0f - f), tb_weight_11(f), 3 * count, out + (y * out_width + x) * 3);
  }
}

static void resize_with(const tb_window *w, uint8_t *out, int64_t out_width, int64_t out_height,
                        const tb_row_passes *passes) {
  if (w->columns == out_width && w->rows == out_height) {
    for (int64_t y = 0; y < out_height; y++) {
      read_window(w, 0, y, out_width, out + y * out_width * 3);
    }
  } else if (w->columns == 2 * out_width && w->rows == 2 * out_height) {
    halve(w, out, out_width, out_height);
  } else {
    for (int64_t x = 0; x < out_width; x += TB_TILE) {
      const int64_t count = out_width - x < TB_TILE ? out_width - x : TB_TILE;
      resize_tile(w, out, x, count, out_width, out_height, passes);
    }
  }
}

void tb_resize_linear_u8x3__portable(const tb_window *w, uint8_t *out, int64_t out_width, int64_t out_height) {
  resize_with(w, out, out_width, out_height, &tb_row_passes_portable);
}

void tb_resize_linear_u8x3(const tb_window *w, uint8_t *out, int64_t out_width, int64_t out_height) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    resize_with(w, out, out_width, out_height, &tb_row_passes_avx2);
    return;
  }
#endif
  resize_with(w, out, out_width, out_height, &tb_row_passes_portable);
}

void tb_channel_sums_u8x3(const uint8_t *pixels, int64_t count, uint64_t sums[3]) {
  uint64_t red = 0, green = 0, blue = 0;
  for (int64_t i = 0; i < count; i++) {
    red += pixels[3 * i];
    green += pixels[3 * i + 1];
    blue += pixels[3 * i + 2];
  }
  sums[0] = red;
  sums[1] = green;
  sums[2] = blue;
}
