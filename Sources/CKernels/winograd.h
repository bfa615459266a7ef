#ifndef TB_WINOGRAD_H
#define TB_WINOGRAD_H

#include <stddef.h>

#include "product.h"
#include "tb_fast_convolution.h"

/* What the transforms of one tile are given; "plane" is one of the points x points products. */

typedef struct tb_winograd_gather {
  size_t points; /* a side: 6, 7 or 8 */
  size_t channels;
  const float *const *pixels; /* points x points of the input, each of `channels` floats; tb_zeros where there is none */
  float *planes;              /* the tile's row in the first plane; whole vectors are written */
  size_t plane_stride;
} tb_winograd_gather;

typedef struct tb_winograd_scatter {
  tb_winograd_form form;
  size_t channels;
  const float *planes; /* the tile's row in the first plane */
  size_t plane_stride;
  size_t height, width; /* outputs of the tile that there are */
  float *out;
  size_t row_stride, pixel_stride; /* floats from one output of the tile to the next, down and to the right */
  const float *bias;               /* NULL for none */
  const float *residual;           /* of the tile's first output; NULL for none */
  size_t residual_row_stride, residual_pixel_stride;
  tb_activation activation;
} tb_winograd_scatter;

typedef void tb_winograd_gather_f32_fn(const tb_winograd_gather *gather);
tb_winograd_gather_f32_fn tb_winograd_gather_f32__plain, tb_winograd_gather_f32__avx2, tb_winograd_gather_f32__avx512;
typedef void tb_winograd_scatter_f32_fn(const tb_winograd_scatter *scatter);
tb_winograd_scatter_f32_fn tb_winograd_scatter_f32__plain, tb_winograd_scatter_f32__avx2,
    tb_winograd_scatter_f32__avx512;

/* The products of one panel of outputs, all points of it: rows [point][row][depth] times weights [point][depth][column]. */
typedef struct tb_points {
  const float *rows;
  size_t row_stride, row_plane; /* floats from one row to the next, from one point to the next */
  size_t row_count, points, depth;
  const float *weights;
  float *out; /* [point][row][column], whole panels, rows without gaps */
  size_t out_plane;
} tb_points;

typedef void tb_points_f32_fn(const tb_points *points);
tb_points_f32_fn tb_points_f32__plain, tb_points_f32__avx2, tb_points_f32__avx512;

/* Points a side: outputs + taps - 1, the last one at infinity. */
static inline size_t tb_winograd_points(tb_winograd_form form) { return form.outputs + form.taps - 1; }

/* The finite points, pairs of opposite signs one after the other. Six: chosen for a quarter of the error of 0, +-1, +-2;
 * seven and eight: small integers and a half, so that most factors are exact. */
static inline const double *tb_winograd_nodes(size_t points) {
  static const double six[] = {0, 0.75, -0.75, 1.5, -1.5}, seven[] = {0, 1, -1, 2, -2, 0.5},
                      eight[] = {0, 1, -1, 2, -2, 0.5, -0.5};
  return points == 6 ? six : points == 7 ? seven : eight;
}

#endif
