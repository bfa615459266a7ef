#ifndef TB_CONVOLUTION_H
#define TB_CONVOLUTION_H

#include "tb_elementwise.h"
#include "tb_isa.h"
#include "tb_shape.h"

/// Convolution as PyTorch's Conv2d defines it (a cross-correlation: the kernel is not flipped), zero padded:
///
///   out[n][oy][ox][o] = activation(bias[o] + sum over (i, ky, kx) of
///                       weights[o][i][ky][kx] * x[n][oy s - p + ky d][ox s - p + kx d][g in.c/groups + i]),
///   g = o groups / out_channels.
///
/// weights: out_channels x in.c/groups x kernel_h x kernel_w, packed (OIHW). bias: out_channels values, or NULL.
/// out: in.n x tb_slides(in.h) x tb_slides(in.w) x out_channels, pixels `out_stride` floats apart; no overlap.
/// Requires groups to divide in.c and out_channels (asserted).
///
/// This is the reference that every faster way is tested against, and nothing else: sums are kept in double and rounded
/// once, so its own error is half a unit in the last place.
void tb_conv2d_f32__plain(const float *x, tb_shape in, const float *weights, const float *bias, size_t out_channels,
                          size_t groups, tb_slide window, tb_activation activation, float *out, size_t out_stride);

/// C = A B, or C += A B where `accumulate` is not 0: A is m x k with rows lda apart, B k x n, C m x n; all row-major.
/// The reference for matrix products; sums in double, rounded once. C must not overlap A or B.
void tb_gemm_f32__plain(size_t m, size_t n, size_t k, const float *a, size_t lda, const float *b, size_t ldb, float *c,
                        size_t ldc, int accumulate);

#endif
