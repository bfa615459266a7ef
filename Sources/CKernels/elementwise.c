#include "tb_elementwise.h"

#include <assert.h>

#include "dispatch.h"

void tb_bias_activation_f32__plain(float *x, size_t rows, size_t channels, size_t stride, const float *bias,
                                   tb_activation activation) {
  assert(rows <= 1 || channels <= stride);
  for (size_t r = 0; r < rows; r++) {
    float *row = x + r * stride;
    for (size_t i = 0; i < channels; i++) {
      float value = bias ? row[i] + bias[i] : row[i];
      if (activation == TB_ACTIVATION_RELU) value = value > 0 ? value : 0;
      row[i] = value;
    }
  }
}

void tb_bias_activation_f32(tb_isa isa, float *x, size_t rows, size_t channels, size_t stride, const float *bias,
                            tb_activation activation) {
  TB_VERSION(tb_bias_activation_f32, isa)(x, rows, channels, stride, bias, activation);
}

void tb_scale_shift_f32__plain(const float *x, size_t x_stride, float *out, size_t out_stride, size_t rows,
                               size_t channels, const float *scale, const float *shift) {
  assert(rows <= 1 || (channels <= x_stride && channels <= out_stride));
  for (size_t r = 0; r < rows; r++) {
    for (size_t i = 0; i < channels; i++) out[r * out_stride + i] = x[r * x_stride + i] * scale[i] + shift[i];
  }
}

void tb_scale_shift_f32(tb_isa isa, const float *x, size_t x_stride, float *out, size_t out_stride, size_t rows,
                        size_t channels, const float *scale, const float *shift) {
  TB_VERSION(tb_scale_shift_f32, isa)(x, x_stride, out, out_stride, rows, channels, scale, shift);
}

void tb_u8_to_f32(const uint8_t *restrict bytes, float *restrict out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = bytes[i];
}
