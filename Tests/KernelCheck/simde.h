#ifndef KERNEL_CHECK_SIMDE_H
#define KERNEL_CHECK_SIMDE_H
/* AVX-512 by SIMDe (Debian: libsimde-dev): the kernels' own source, run on a processor that has none of it. What SIMDe 0.7.4 lacks
 * is written out here, lane by lane. */
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx512.h>
#include <simde/x86/svml.h>
#include <stddef.h>
#include <stdint.h>
#include <xmmintrin.h>

static inline simde__m512 check_load_tail(const float *p, simde__mmask16 mask) {
  float lanes[16];
  for (int i = 0; i < 16; i++) lanes[i] = mask >> i & 1 ? p[i] : 0;
  return simde_mm512_loadu_ps(lanes);
}
static inline void check_store_tail(float *p, simde__mmask16 mask, simde__m512 v) {
  float lanes[16];
  simde_mm512_storeu_ps(lanes, v);
  for (int i = 0; i < 16; i++)
    if (mask >> i & 1) p[i] = lanes[i];
}
static inline float check_sum(simde__m512 v) {
  float lanes[16], sum = 0;
  simde_mm512_storeu_ps(lanes, v);
  for (int i = 0; i < 16; i++) sum += lanes[i];
  return sum;
}
#undef _mm512_maskz_loadu_ps
#undef _mm512_mask_storeu_ps
#undef _mm512_reduce_add_ps
#define _mm512_maskz_loadu_ps(mask, p) check_load_tail(p, mask)
#define _mm512_mask_storeu_ps(p, mask, v) check_store_tail(p, mask, v)
#define _mm512_reduce_add_ps(v) check_sum(v)
#endif
