/* The inner passes in plain C, for any processor. */

#include "resize_rows.h"

static void across(const uint8_t *line, int64_t line_bytes, const tb_columns *columns, int64_t begin, int64_t end,
                   int16_t *values) {
  (void)line_bytes;
  for (int64_t d = begin; d < end; d++) {
    const uint8_t *p = line + columns->offset[d];
    const int32_t w0 = columns->weights[2 * d], w1 = columns->weights[2 * d + 1];
    values[3 * d] = (int16_t)((p[0] * w0 + p[3] * w1) >> 4);
    values[3 * d + 1] = (int16_t)((p[1] * w0 + p[4] * w1) >> 4);
    values[3 * d + 2] = (int16_t)((p[2] * w0 + p[5] * w1) >> 4);
  }
}

static void down(const int16_t *restrict upper, const int16_t *restrict lower, int32_t b0, int32_t b1, int64_t count,
                 uint8_t *restrict out) {
  for (int64_t i = 0; i < count; i++) {
    out[i] = (uint8_t)((((b0 * upper[i]) >> 16) + ((b1 * lower[i]) >> 16) + 2) >> 2);
  }
}

const tb_row_passes tb_row_passes_portable = {across, down};
