#ifndef TB_CORRELATION_H
#define TB_CORRELATION_H

#include "tb_elementwise.h"
#include "tb_isa.h"
#include "tb_pool.h"
#include "tb_shape.h"

/// Depth-wise correlation and convolution: every channel with its own kernel,
///
///   out[n][oy][ox][c] = activation(bias[c] + sum over (ky, kx) of
///                       kernel[ky][kx][c] * x[n][oy s - p + ky d][ox s - p + kx d][c]).
///
/// kernel: kernel_h x kernel_w pixels `kernel_stride` floats apart, in.c channels each (the template's features, or
/// weights repacked at load); the same one for every image of x. bias: in.c values, or NULL. out: in.n x tb_slides(in.h) x
/// tb_slides(in.w) x in.c, pixels `out_stride` floats apart; no overlap with the inputs. Requires both strides >= in.c
/// (asserted). Sums in float, taps in rows, the bias last; taps outside x are left out. Fused and plain versions differ by
/// at most kernel_h * kernel_w * FLT_EPSILON times the sum of the absolute products. Rows are shared by the pool's
/// threads; results do not depend on their number.
void tb_depthwise_f32(tb_isa isa, tb_pool *pool, const float *x, tb_shape in, const float *kernel,
                      size_t kernel_stride, tb_slide window, const float *bias, tb_activation activation, float *out,
                      size_t out_stride);

/// Full correlation: one map an image,
///
///   out[n][oy][ox] = scale * sum over (ky, kx, c) of kernel[ky][kx][c] * x[n][oy + ky][ox + kx][c].
///
/// kernel: kernel_h x kernel_w pixels `kernel_stride` floats apart, in.c channels each. out: packed, in.n x
/// (in.h - kernel_h + 1) x (in.w - kernel_w + 1); no overlap with the inputs. Requires 1 <= kernel_h <= in.h and
/// 1 <= kernel_w <= in.w, kernel_stride >= in.c (asserted).
/// The plain version sums in double. The vector versions sum each row of taps in float lanes and the rows in double;
/// they differ from it by at most (kernel_w * in.c / 8 + 4) * FLT_EPSILON times the sum of the absolute products.
typedef void tb_correlation_f32_fn(const float *x, tb_shape in, const float *kernel, size_t kernel_h, size_t kernel_w,
                                   size_t kernel_stride, float scale, float *out);
tb_correlation_f32_fn tb_correlation_f32__plain, tb_correlation_f32__avx2, tb_correlation_f32__avx512;
void tb_correlation_f32(tb_isa isa, const float *x, tb_shape in, const float *kernel, size_t kernel_h, size_t kernel_w,
                        size_t kernel_stride, float scale, float *out);

#endif
