#ifndef TB_WINOGRAD_LAYER_H
#define TB_WINOGRAD_LAYER_H

#include <stdint.h>

#include "winograd.h"

/* A square of outputs: in one image, from one output on, every `dilation`-th row and column. */
typedef struct tb_square {
  uint32_t image, oy, ox;
} tb_square;

/* What both orders of the work share: a layer of stride 1, what it reads and writes, and its squares. */
typedef struct tb_winograd_layer {
  tb_isa isa;
  tb_winograd_form form;
  const float *x, *packed;
  tb_shape in;
  tb_filters filters;
  tb_finish finish;
  size_t out_h, out_w;
  float *out;
  size_t out_stride;
  size_t square_count;
  tb_square *squares;
  float *scratch; /* behind the list of squares */
  tb_winograd_gather_f32_fn *gather;
  tb_winograd_scatter_f32_fn *scatter;
} tb_winograd_layer;

/* Lists the squares: image after image, phase after phase of the dilation. */
void tb_list_squares(const tb_winograd_layer *layer);

/* Where transformed inputs or products lie: planes of rows, a row for each square. All in floats. */
typedef struct tb_planes {
  float *first;
  size_t row, plane;
} tb_planes;

/* Transforms `channels` channels from `channel` on of squares first ..< first + count to rows 0 ..< count of V. */
void tb_gather_squares(const tb_winograd_layer *layer, size_t first, size_t count, size_t channel, size_t channels,
                       tb_planes v);

/* Transforms rows 0 ..< count of M back to `channels` output channels from `channel` on, and finishes them. */
void tb_scatter_squares(const tb_winograd_layer *layer, size_t first, size_t count, size_t channel, size_t channels,
                        tb_planes m);

/* MARK: the two orders
 *
 * Wide layers: all squares, or large groups of them, are transformed; each point is one product; V and M lie in the third
 * cache, and each weight is read once or a few times. With few channels the products are over before their sums are written
 * that far: narrow layers take a group of squares small enough for the second cache and compute one panel of outputs at a
 * time, all points of it, so that neither V nor M ever leaves that cache. Weights lie as each order reads them. */

/* Whether a layer of these filters is a narrow one; the answer fixes the order of its weights. */
int tb_winograd_is_narrow(size_t in_channels, tb_filters unit);

size_t tb_wide_scratch(tb_isa isa, size_t threads, tb_winograd_form form, size_t squares, tb_shape in, tb_filters unit);
size_t tb_narrow_scratch(tb_isa isa, size_t threads, tb_winograd_form form, size_t squares, tb_shape in, tb_filters unit);
void tb_wide_f32(tb_pool *pool, const tb_winograd_layer *layer);
void tb_narrow_f32(tb_pool *pool, const tb_winograd_layer *layer);

/* MARK: strides */

/* The layer of stride 1 over the phases of the input that a strided one is; itself where the stride is 1. */
tb_filters tb_unit_filters(tb_winograd_form form, tb_filters filters);
/* Channels of its input. */
static inline size_t tb_unit_channels(size_t in_channels, tb_filters f) {
  return in_channels * f.window.stride * f.window.stride;
}
/* Its input. */
tb_shape tb_unit_shape(tb_winograd_form form, tb_shape in, tb_filters filters);
/* Writes it: channel (py s + px) c + i of pixel (y, x) is channel i of pixel (s y + py - padding, s x + px - padding). */
void tb_unit_input(tb_pool *pool, const float *x, tb_shape in, tb_filters filters, float *out, tb_shape unit);

static inline size_t tb_round_up(size_t value, size_t unit) { return tb_parts(value, unit) * unit; }

#endif
