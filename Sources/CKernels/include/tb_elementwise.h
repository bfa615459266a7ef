#ifndef TB_ELEMENTWISE_H
#define TB_ELEMENTWISE_H

#include <stddef.h>
#include <stdint.h>

#include "tb_isa.h"

/// What happens to a sum after its bias.
typedef enum tb_activation {
  TB_ACTIVATION_NONE = 0,
  TB_ACTIVATION_RELU = 1,         /* x > 0 ? x : 0, so NaN and -0 become +0 */
  TB_ACTIVATION_RELU6 = 2,        /* min(relu(x), 6) */
  TB_ACTIVATION_HARD_SIGMOID = 3, /* relu6(x + 3) / 6 */
  TB_ACTIVATION_HARD_SWISH = 4,   /* x * hard_sigmoid(x); NaN stays NaN */
  TB_ACTIVATION_SIGMOID = 5,      /* 1 / (1 + expf(-x)), one value at a time in every version: for few values */
  TB_ACTIVATION_EXPONENTIAL = 6,  /* expf(x), likewise */
} tb_activation;

/// x[r * stride + i] = activation(x[r * stride + i] + bias[i]), in place, for r < rows and i < channels.
///
/// bias: `channels` values, or NULL for none. Requires channels <= stride where rows > 1 (asserted).
/// The same operations in the same order: all versions give the same bits.
typedef void tb_bias_activation_f32_fn(float *x, size_t rows, size_t channels, size_t stride, const float *bias,
                                       tb_activation activation);
tb_bias_activation_f32_fn tb_bias_activation_f32__plain, tb_bias_activation_f32__avx2, tb_bias_activation_f32__avx512;
void tb_bias_activation_f32(tb_isa isa, float *x, size_t rows, size_t channels, size_t stride, const float *bias,
                            tb_activation activation);

/// out[r * out_stride + i] = activation(x[r * x_stride + i] * scale[i] + shift[i]), for r < rows and i < channels.
///
/// shift: `channels` values, or NULL for none. `out` may be `x` with the same stride, else they must not overlap.
/// Requires channels <= both strides where rows > 1 (asserted). The vector versions round once (fused), the plain one
/// may round twice: before the activation they differ by at most FLT_EPSILON * (|x * scale| + |shift|).
typedef void tb_scale_shift_f32_fn(const float *x, size_t x_stride, float *out, size_t out_stride, size_t rows,
                                   size_t channels, const float *scale, const float *shift,
                                   tb_activation activation);
tb_scale_shift_f32_fn tb_scale_shift_f32__plain, tb_scale_shift_f32__avx2, tb_scale_shift_f32__avx512;
void tb_scale_shift_f32(tb_isa isa, const float *x, size_t x_stride, float *out, size_t out_stride, size_t rows,
                        size_t channels, const float *scale, const float *shift, tb_activation activation);

/// out[r * out_stride + i] = activation(a[r * a_stride + i] + b[r * b_stride + i]), for r < rows and i < channels.
///
/// `out` may be `a` or `b` with the same stride, else they must not overlap. Requires channels <= all strides where
/// rows > 1 (asserted). All versions give the same bits.
typedef void tb_add_f32_fn(const float *a, size_t a_stride, const float *b, size_t b_stride, float *out,
                           size_t out_stride, size_t rows, size_t channels, tb_activation activation);
tb_add_f32_fn tb_add_f32__plain, tb_add_f32__avx2, tb_add_f32__avx512;
void tb_add_f32(tb_isa isa, const float *a, size_t a_stride, const float *b, size_t b_stride, float *out,
                size_t out_stride, size_t rows, size_t channels, tb_activation activation);

/// out[i] = bytes[i] for i < count: 0..255 as floats, exact. One version; the compiler's is as fast as memory.
void tb_u8_to_f32(const uint8_t *restrict bytes, float *restrict out, size_t count);

#endif
