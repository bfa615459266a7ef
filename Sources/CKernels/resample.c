#include "tb_resample.h"

#include "dispatch.h"

void tb_sum_picks_f32(tb_isa isa, const float *rows, const tb_pick *picks, size_t count, float *sums) {
  TB_VERSION(tb_sum_picks_f32, isa)(rows, picks, count, sums);
}
