#include "tb_peak.h"

#include <stdint.h>
#include <string.h>

#include "dispatch.h"

#if TB_X86
#include <immintrin.h>
#endif

enum { CHAINS = 12 };

/* Chains run to 1 and stay there: x * 0.5 + 0.5. No overflow, no denormal numbers, and no chain is like another before that. */
static const float factor = 0.5f, addend = 0.5f;

size_t tb_fma_peak_f32__plain(size_t rounds, float *sink) {
  enum { LANES = 4 };
  float chains[CHAINS][LANES];
  for (int chain = 0; chain < CHAINS; chain++)
    for (int lane = 0; lane < LANES; lane++) chains[chain][lane] = (float)(chain + lane);
  for (size_t round = 0; round < rounds; round++)
    for (int chain = 0; chain < CHAINS; chain++)
      for (int lane = 0; lane < LANES; lane++) chains[chain][lane] = chains[chain][lane] * factor + addend;
  float sum = 0;
  for (int chain = 0; chain < CHAINS; chain++)
    for (int lane = 0; lane < LANES; lane++) sum += chains[chain][lane];
  *sink = sum;
  return rounds * CHAINS * LANES * 2;
}

#if TB_X86

__attribute__((target("avx2,fma"))) size_t tb_fma_peak_f32__avx2(size_t rounds, float *sink) {
  const __m256 m = _mm256_set1_ps(factor), a = _mm256_set1_ps(addend);
  __m256 chains[CHAINS];
  for (int chain = 0; chain < CHAINS; chain++) chains[chain] = _mm256_set1_ps((float)chain);
  for (size_t round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
    for (int chain = 0; chain < CHAINS; chain++) chains[chain] = _mm256_fmadd_ps(chains[chain], m, a);
  }
  __m256 sum = chains[0];
  for (int chain = 1; chain < CHAINS; chain++) sum = _mm256_add_ps(sum, chains[chain]);
  *sink = _mm256_cvtss_f32(sum);
  return rounds * CHAINS * 8 * 2;
}

__attribute__((target("avx512f"))) size_t tb_fma_peak_f32__avx512(size_t rounds, float *sink) {
  const __m512 m = _mm512_set1_ps(factor), a = _mm512_set1_ps(addend);
  __m512 chains[CHAINS];
  for (int chain = 0; chain < CHAINS; chain++) chains[chain] = _mm512_set1_ps((float)chain);
  for (size_t round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
    for (int chain = 0; chain < CHAINS; chain++) chains[chain] = _mm512_fmadd_ps(chains[chain], m, a);
  }
  __m512 sum = chains[0];
  for (int chain = 1; chain < CHAINS; chain++) sum = _mm512_add_ps(sum, chains[chain]);
  *sink = _mm512_cvtss_f32(sum);
  return rounds * CHAINS * 16 * 2;
}

#endif

size_t tb_fma_peak_f32(tb_isa isa, size_t rounds, float *sink) { return TB_VERSION(tb_fma_peak_f32, isa)(rounds, sink); }

unsigned tb_read_all_f32(const float *values, size_t count) {
  assert(count % 16 == 0);
  uint64_t chains[8] = {0};
  for (size_t at = 0; at < count; at += 16) {
    uint64_t words[8];
    memcpy(words, values + at, sizeof words);
    for (int chain = 0; chain < 8; chain++) chains[chain] ^= words[chain];
  }
  uint64_t all = 0;
  for (int chain = 0; chain < 8; chain++) all ^= chains[chain];
  return (unsigned)(all ^ (all >> 32));
}
