#ifndef TB_PRODUCT_H
#define TB_PRODUCT_H

#include <stddef.h>

#include "dispatch.h"
#include "tb_fast_convolution.h"
#include "tb_isa.h"

/* A product of a few rows with a packed matrix, the heart of both ways of convolving:
 *
 *   out[r][j] = activation(bias[j] + residual[r][j] + sum over (t, k) of rows[t][r][k] * weights[t][k][j])
 *
 * Rows are where they lie: one pointer a tap and row, so that nothing is packed. The order of the sums depends on `taps`
 * and `depth` alone, not on how a caller cuts rows and columns into tasks. */
typedef struct tb_product {
  const float *const *rows; /* taps x row_count pointers to `depth` floats each */
  size_t row_count, taps, depth;
  const float *weights; /* panels of tb_panel columns: [panel][tap][depth][column], 64-byte aligned, zeros behind the last */
  size_t columns;
  float *out;
  size_t out_stride;
  const float *bias; /* NULL for none */
  const float *residual; /* NULL for none */
  size_t residual_stride;
  tb_activation activation; /* none of those the C library computes */
} tb_product;

typedef void tb_product_f32_fn(const tb_product *product);
tb_product_f32_fn tb_product_f32__plain, tb_product_f32__avx2, tb_product_f32__avx512;

/* Columns of a panel. */
static inline size_t tb_panel(tb_isa isa) { return isa == TB_ISA_AVX512 ? 32 : isa == TB_ISA_AVX2 ? 16 : 8; }

/* Rows a kernel takes at most. */
static inline size_t tb_kernel_rows(tb_isa isa) { return isa == TB_ISA_AVX512 ? 12 : 6; }

/* Panels that hold `columns`. */
static inline size_t tb_panels(tb_isa isa, size_t columns) { return (columns + tb_panel(isa) - 1) / tb_panel(isa); }

/* What rows of nothing read: as many zeros as the deepest tap. */
extern const float tb_zeros[TB_DEEPEST_TAP];

static inline size_t tb_smaller(size_t a, size_t b) { return a < b ? a : b; }
static inline size_t tb_larger(size_t a, size_t b) { return a > b ? a : b; }
static inline size_t tb_parts(size_t whole, size_t part) { return (whole + part - 1) / part; }

#endif
