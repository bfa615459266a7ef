#ifndef TB_PEAK_H
#define TB_PEAK_H

#include <stddef.h>

#include "tb_isa.h"

/// What this processor can do at most, to hold kernels against; nothing here computes anything of use.
///
/// tb_fma_peak_f32 multiplies and adds in twelve independent chains of registers of `isa`, `rounds` times, without touching
/// memory, and returns how many floating point operations that were (two a multiplication and addition). The plain version
/// leaves its width to the compiler. `sink` takes one float, so that nothing is optimised away.
typedef size_t tb_fma_peak_f32_fn(size_t rounds, float *sink);
tb_fma_peak_f32_fn tb_fma_peak_f32__plain, tb_fma_peak_f32__avx2, tb_fma_peak_f32__avx512;
size_t tb_fma_peak_f32(tb_isa isa, size_t rounds, float *sink);

/// Reads `count` floats once, from the first to the last, and returns their exclusive or as 32 bits: as fast as memory gives
/// them, because eight independent chains of words wait for nothing else. Requires count to be a multiple of 16.
unsigned tb_read_all_f32(const float *values, size_t count);

#endif
