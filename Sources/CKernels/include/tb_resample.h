#ifndef TB_RESAMPLE_H
#define TB_RESAMPLE_H

/* Sums over drawn rows, for resampling. All versions give the same bits: rows are added in the order of the picks, and
 * nothing is fused. */

#include <stddef.h>
#include <stdint.h>

#include "tb_isa.h"

/// Columns that are summed at a time: as many as fit the registers.
enum { TB_RESAMPLE_COLUMNS = 32 };

/// A drawn row and how often it was drawn.
typedef struct tb_pick {
  int32_t row; /* 0 or above */
  float times;
} tb_pick;

/// sums[c] = sum over the picks of times * rows[row][c], for TB_RESAMPLE_COLUMNS columns; 0 without picks.
typedef void tb_sum_picks_f32_fn(const float *rows, const tb_pick *picks, size_t count, float *sums);
tb_sum_picks_f32_fn tb_sum_picks_f32__plain, tb_sum_picks_f32__avx2, tb_sum_picks_f32__avx512;
void tb_sum_picks_f32(tb_isa isa, const float *rows, const tb_pick *picks, size_t count, float *sums);

#endif
