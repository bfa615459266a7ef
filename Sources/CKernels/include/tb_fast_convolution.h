#ifndef TB_FAST_CONVOLUTION_H
#define TB_FAST_CONVOLUTION_H

#include <stddef.h>

#include "tb_elementwise.h"
#include "tb_isa.h"
#include "tb_pool.h"
#include "tb_shape.h"

/// The two fast ways of convolving. Both compute what tb_conv2d_f32__plain defines, plus a residual:
///
///   out[pixel][o] = activation(sum + bias[o] + residual[pixel][o])
///
/// from weights that were packed once for an instruction set, without unfolding the input. Results do not depend on the
/// number of threads, to the bit.

/// The filters of a layer.
typedef struct tb_filters {
  size_t out_channels;
  size_t groups; /* divides in.c and out_channels (asserted) */
  tb_slide window;
} tb_filters;

/// What happens to the sums before they are stored.
typedef struct tb_finish {
  const float *bias;      /* out_channels values, or NULL */
  const float *residual;  /* pixels as those of the output, residual_stride floats apart, or NULL; not the output itself */
  size_t residual_stride; /* floats */
  tb_activation activation;
} tb_finish;

/// Channels of a group at most, for both ways.
enum { TB_DEEPEST_TAP = 8192 };

/* MARK: direct */

/// Floats of the packed weights: 64-byte aligned, for tb_direct_f32 on `isa` only.
size_t tb_direct_weights(tb_isa isa, size_t in_channels, tb_filters filters);

/// Packs OIHW weights. `packed` holds tb_direct_weights floats and is written whole.
void tb_direct_pack(tb_isa isa, tb_pool *pool, const float *weights, size_t in_channels, tb_filters filters,
                    float *packed);

/// Floats of scratch memory that tb_direct_f32 wants, 64-byte aligned; what lies there does not matter.
size_t tb_direct_scratch(tb_isa isa, const tb_pool *pool, tb_shape in, tb_filters filters);

/// Any kernel, stride, padding, dilation and groups: products of the pixels where they lie with the weights, tap by tap.
///
/// Sums are in float, in one order: blocks of about 512 products one after the other. For sums of `depth` products the
/// difference to the plain version is below (min(depth, 516) + blocks) * FLT_EPSILON / 2 times the sum of the absolute
/// products.
void tb_direct_f32(tb_isa isa, tb_pool *pool, const float *x, tb_shape in, const float *packed, tb_filters filters,
                   tb_finish finish, float *out, size_t out_stride, float *scratch);

/* MARK: Winograd */

/// F(outputs, taps): squares of outputs x outputs at a time, from (outputs + taps - 1)^2 products a channel instead of
/// outputs^2 taps^2. Those there are: F(4,3), F(5,3), F(6,3), F(2,5), F(3,5), F(4,5), F(3,6).
///
/// A layer of stride s is one of stride 1 over the s^2 phases of its input, which lie side by side as channels, with kernels of
/// ceil(kernel / s) taps: F(3,6) is for the 11x11 of stride 2 that begins the AlexNets.
typedef struct tb_winograd_form {
  size_t outputs, taps;
} tb_winograd_form;

/// 1 where there is such a form and it computes the layer: a square kernel of `taps`, stride 1, any dilation, padding and
/// groups; or a larger stride without dilation and groups, where `taps` are those of a phase.
int tb_winograd_suits(tb_winograd_form form, tb_filters filters);

/// Tiles for `in`: squares of outputs over all images and, with dilation, over all phases; 0 where no window fits.
size_t tb_winograd_tiles(tb_winograd_form form, tb_shape in, tb_filters filters);

/// Floats of the transformed weights: 64-byte aligned, for tb_winograd_f32 on `isa` only.
size_t tb_winograd_weights(tb_isa isa, tb_winograd_form form, size_t in_channels, tb_filters filters);

/// Transforms OIHW weights, in double, each value rounded once. `packed` is written whole.
void tb_winograd_pack(tb_isa isa, tb_pool *pool, tb_winograd_form form, const float *weights, size_t in_channels,
                      tb_filters filters, float *packed);

/// Floats of scratch memory that tb_winograd_f32 wants, 64-byte aligned; what lies there does not matter.
size_t tb_winograd_scratch(tb_isa isa, const tb_pool *pool, tb_winograd_form form, tb_shape in, tb_filters filters);

/// The layer by minimal filtering: inputs of a tile transformed, one product a point, sums transformed back.
///
/// Errors relative to the root mean square of exact results, measured for 256 channels: 1.2e-6 for six points (F(4,3),
/// F(2,5)), 3.6e-6 for seven (F(5,3), F(3,5)), 4.7e-6 for eight (F(6,3), F(4,5), F(3,6)); direct sums have 2e-7.
void tb_winograd_f32(tb_isa isa, tb_pool *pool, tb_winograd_form form, const float *x, tb_shape in,
                     const float *packed, tb_filters filters, tb_finish finish, float *out, size_t out_stride,
                     float *scratch);

#endif
