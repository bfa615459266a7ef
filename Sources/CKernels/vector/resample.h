/* The sums of tb_resample.h: a tile's columns stay in registers while the picks go by. Product and sum are rounded one
 * after the other, on every machine alike. */

#include "tb_resample.h"

#define TB_TILE_LANES (TB_RESAMPLE_COLUMNS / TB_LANES)

void TB_NAME(tb_sum_picks_f32)(const float *rows, const tb_pick *picks, size_t count, float *sums) {
  tb_vec sum[TB_TILE_LANES];
  for (size_t lane = 0; lane < TB_TILE_LANES; lane++) sum[lane] = tb_zero();
  for (size_t i = 0; i < count; i++) {
    const float *row = rows + (size_t)picks[i].row * TB_RESAMPLE_COLUMNS;
    tb_vec times = tb_all(picks[i].times);
    for (size_t lane = 0; lane < TB_TILE_LANES; lane++)
      sum[lane] = tb_add(sum[lane], tb_mul(times, tb_load(row + lane * TB_LANES)));
  }
  for (size_t lane = 0; lane < TB_TILE_LANES; lane++) tb_store(sums + lane * TB_LANES, sum[lane]);
}

#undef TB_TILE_LANES
