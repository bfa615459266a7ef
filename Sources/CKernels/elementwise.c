#include "tb_elementwise.h"

#include <assert.h>

#include "activation.h"
#include "dispatch.h"

void tb_bias_activation_f32__plain(float *x, size_t rows, size_t channels, size_t stride, const float *bias,
                                   tb_activation activation) {
  assert(rows <= 1 || channels <= stride);
  for (size_t r = 0; r < rows; r++) {
    float *row = x + r * stride;
    for (size_t i = 0; i < channels; i++) {
      float value = bias ? row[i] + bias[i] : row[i];
      row[i] = tb_activated_f32(value, activation);
    }
  }
}

void tb_bias_activation_f32(tb_isa isa, float *x, size_t rows, size_t channels, size_t stride, const float *bias,
                            tb_activation activation) {
  TB_VERSION(tb_bias_activation_f32, isa)(x, rows, channels, stride, bias, activation);
}

void tb_scale_shift_f32__plain(const float *x, size_t x_stride, float *out, size_t out_stride, size_t rows,
                               size_t channels, const float *scale, const float *shift, tb_activation activation) {
  assert(rows <= 1 || (channels <= x_stride && channels <= out_stride));
  for (size_t r = 0; r < rows; r++) {
    for (size_t i = 0; i < channels; i++) {
      float value = x[r * x_stride + i] * scale[i] + (shift ? shift[i] : 0);
      out[r * out_stride + i] = tb_activated_f32(value, activation);
    }
  }
}

void tb_scale_shift_f32(tb_isa isa, const float *x, size_t x_stride, float *out, size_t out_stride, size_t rows,
                        size_t channels, const float *scale, const float *shift, tb_activation activation) {
  TB_VERSION(tb_scale_shift_f32, isa)(x, x_stride, out, out_stride, rows, channels, scale, shift, activation);
}

void tb_add_f32__plain(const float *a, size_t a_stride, const float *b, size_t b_stride, float *out, size_t out_stride,
                       size_t rows, size_t channels, tb_activation activation) {
  assert(rows <= 1 || (channels <= a_stride && channels <= b_stride && channels <= out_stride));
  for (size_t r = 0; r < rows; r++) {
    for (size_t i = 0; i < channels; i++)
      out[r * out_stride + i] = tb_activated_f32(a[r * a_stride + i] + b[r * b_stride + i], activation);
  }
}

void tb_add_f32(tb_isa isa, const float *a, size_t a_stride, const float *b, size_t b_stride, float *out,
                size_t out_stride, size_t rows, size_t channels, tb_activation activation) {
  TB_VERSION(tb_add_f32, isa)(a, a_stride, b, b_stride, out, out_stride, rows, channels, activation);
}

void tb_u8_to_f32(const uint8_t *restrict bytes, float *restrict out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = bytes[i];
}
