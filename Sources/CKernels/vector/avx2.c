#include "tb_isa.h"

#if TB_X86

#include <assert.h>
#include <immintrin.h>
#include <stddef.h>

#include "../activation.h"
#include "../depthwise.h"
#include "../product.h"
#include "../winograd.h"
#include "tb_correlation.h"
#include "tb_elementwise.h"
#include "tb_pooling.h"

/* The vector kernels for AVX2 and FMA: 8 floats. families.h is written over these few operations. */
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define TB_NAME(op) op##__avx2
#define TB_LANES 8
#define TB_ROWS 6
typedef __m256 tb_vec;
typedef __m256i tb_mask; /* which lanes of a tail take part */

static const int tail_lanes[16] = {-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0};

static inline tb_mask tb_tail(size_t count) {
  return _mm256_loadu_si256((const __m256i *)(tail_lanes + 8 - count));
}
static inline tb_vec tb_load(const float *p) { return _mm256_loadu_ps(p); }
static inline tb_vec tb_load_tail(const float *p, tb_mask mask) { return _mm256_maskload_ps(p, mask); }
static inline void tb_store(float *p, tb_vec v) { _mm256_storeu_ps(p, v); }
static inline void tb_store_tail(float *p, tb_mask mask, tb_vec v) { _mm256_maskstore_ps(p, mask, v); }
static inline tb_vec tb_zero(void) { return _mm256_setzero_ps(); }
static inline tb_vec tb_all(float value) { return _mm256_set1_ps(value); }
static inline tb_vec tb_add(tb_vec a, tb_vec b) { return _mm256_add_ps(a, b); }
static inline tb_vec tb_sub(tb_vec a, tb_vec b) { return _mm256_sub_ps(a, b); }
static inline tb_vec tb_mul(tb_vec a, tb_vec b) { return _mm256_mul_ps(a, b); }
static inline tb_vec tb_fma(tb_vec a, tb_vec b, tb_vec c) { return _mm256_fmadd_ps(a, b, c); }
/* a > b ? a : b, so b where either is NaN */
static inline tb_vec tb_greater(tb_vec a, tb_vec b) { return _mm256_max_ps(a, b); }
/* a < b ? a : b, so b where either is NaN */
static inline tb_vec tb_lesser(tb_vec a, tb_vec b) { return _mm256_min_ps(a, b); }
static inline float tb_sum(tb_vec v) {
  __m128 half = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
  half = _mm_add_ps(half, _mm_movehl_ps(half, half));
  return _mm_cvtss_f32(_mm_add_ss(half, _mm_movehdup_ps(half)));
}

static inline void tb_prefetch(const char *p) { _mm_prefetch(p, _MM_HINT_T1); }

#include "activated.h"
#include "families.h"
#include "depthwise.h"
#include "product.h"
#include "resample.h"
#include "winograd.h"
#include "points.h"

#include "curves.h" /* last: it forbids contraction from there on */

#pragma clang attribute pop

#else
typedef int tb_avx2_is_for_x86;
#endif
