#ifndef TB_POOLING_H
#define TB_POOLING_H

#include "tb_isa.h"
#include "tb_shape.h"

/// Largest value of each window, channel by channel: floor mode, padded places never win.
///
/// x:   shape `in`. out: in.n x tb_slides(in.h) x tb_slides(in.w) x in.c, pixels `out_stride` floats apart.
/// Must not overlap. Requires out_stride >= in.c, padding < kernel, so that every window holds a pixel, and dilation 1
/// (asserted). Taps are visited in rows, and a later one replaces the best only where it is greater, so all versions
/// give the same bits; a NaN stays only where it is the first tap of its window.
typedef void tb_max_pool_f32_fn(const float *x, tb_shape in, tb_slide window, float *out, size_t out_stride);
tb_max_pool_f32_fn tb_max_pool_f32__plain, tb_max_pool_f32__avx2, tb_max_pool_f32__avx512;
void tb_max_pool_f32(tb_isa isa, const float *x, tb_shape in, tb_slide window, float *out, size_t out_stride);

/// Mean of each channel over all pixels of an image.
///
/// x: shape `in`, h and w at least 1. out: in.n rows of in.c values, `out_stride` floats apart; no overlap. Requires
/// out_stride >= in.c (asserted). The plain version sums in double; the vector versions sum each row of pixels in float
/// and then the rows, and differ by at most (w + h + 2) * FLT_EPSILON times the mean of the absolute values.
typedef void tb_global_mean_f32_fn(const float *x, tb_shape in, float *out, size_t out_stride);
tb_global_mean_f32_fn tb_global_mean_f32__plain, tb_global_mean_f32__avx2, tb_global_mean_f32__avx512;
void tb_global_mean_f32(tb_isa isa, const float *x, tb_shape in, float *out, size_t out_stride);

#endif
