#ifndef TB_PATCHES_H
#define TB_PATCHES_H

#include "tb_isa.h"
#include "tb_shape.h"

/// Patches ("im2col"): one row a window, so that a convolution becomes a product of matrices.
///
/// Windows are numbered over images, rows and columns of the output: index = (image * out_h + oy) * out_w + ox. Row r
/// of `out` holds window first + r: its kernel_h * kernel_w taps in order, of each tap the channels first_channel ..<
/// first_channel + channels (a group of the input), zeros where a tap lies outside. Rows are packed, kernel_h *
/// kernel_w * channels floats each.
///
/// Requires first + count <= number of windows and first_channel + channels <= in.c (asserted). `out` must not overlap
/// x. Copies only: both versions give the same bits. The plain version copies float by float, the other one whole runs.
typedef void tb_patches_f32_fn(const float *x, tb_shape in, tb_slide window, size_t first_channel, size_t channels,
                               size_t first, size_t count, float *out);
tb_patches_f32_fn tb_patches_f32__plain, tb_patches_f32__runs;
void tb_patches_f32(tb_isa isa, const float *x, tb_shape in, tb_slide window, size_t first_channel, size_t channels,
                    size_t first, size_t count, float *out);

#endif
