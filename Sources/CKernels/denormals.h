#ifndef TB_DENORMALS_H
#define TB_DENORMALS_H

#include <stdint.h>

/* How this thread treats numbers below the normal range. Post-ReLU features times small weights make some, and each costs
 * a hundred cycles; nothing a tracker decides depends on a number of 1e-38. */
typedef uint64_t tb_denormals;

#if defined(__x86_64__)
#include <immintrin.h>

static inline tb_denormals tb_flush_denormals(void) {
  unsigned before = _mm_getcsr();
  _mm_setcsr(before | 0x8040u); /* results flushed to zero, operands taken as zero */
  return before;
}
static inline void tb_restore_denormals(tb_denormals before) {
  /* Only the two bits: exceptions that were raised in between stay raised, as they would anywhere else. */
  _mm_setcsr((_mm_getcsr() & ~0x8040u) | ((unsigned)before & 0x8040u));
}
#elif defined(__aarch64__)
static inline tb_denormals tb_flush_denormals(void) {
  uint64_t before;
  __asm__ volatile("mrs %0, fpcr" : "=r"(before));
  __asm__ volatile("msr fpcr, %0" : : "r"(before | 1u << 24));
  return before;
}
static inline void tb_restore_denormals(tb_denormals before) { __asm__ volatile("msr fpcr, %0" : : "r"(before)); }
#else
static inline tb_denormals tb_flush_denormals(void) { return 0; }
static inline void tb_restore_denormals(tb_denormals before) { (void)before; }
#endif

#endif
