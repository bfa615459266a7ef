#include "tb_isa.h"

#if TB_X86

#include <assert.h>
#include <stddef.h>
#if defined(TB_SIMDE)
#include "simde.h" /* Tests/KernelCheck: the same source on a processor without these instructions */
#else
#include <immintrin.h>
#endif

#include "../activation.h"
#include "../depthwise.h"
#include "../product.h"
#include "../winograd.h"
#include "tb_correlation.h"
#include "tb_elementwise.h"
#include "tb_pooling.h"

/* The vector kernels for AVX-512: 16 floats. families.h is written over these few operations. */
#if !defined(TB_SIMDE)
#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,fma"))), apply_to = function)
#endif

#define TB_NAME(op) op##__avx512
#define TB_LANES 16
#define TB_ROWS 12
typedef __m512 tb_vec;
typedef __mmask16 tb_mask; /* which lanes of a tail take part */

static inline tb_mask tb_tail(size_t count) { return (tb_mask)((1u << count) - 1); }
static inline tb_vec tb_load(const float *p) { return _mm512_loadu_ps(p); }
static inline tb_vec tb_load_tail(const float *p, tb_mask mask) { return _mm512_maskz_loadu_ps(mask, p); }
static inline void tb_store(float *p, tb_vec v) { _mm512_storeu_ps(p, v); }
static inline void tb_store_tail(float *p, tb_mask mask, tb_vec v) { _mm512_mask_storeu_ps(p, mask, v); }
static inline tb_vec tb_zero(void) { return _mm512_setzero_ps(); }
static inline tb_vec tb_all(float value) { return _mm512_set1_ps(value); }
static inline tb_vec tb_add(tb_vec a, tb_vec b) { return _mm512_add_ps(a, b); }
static inline tb_vec tb_sub(tb_vec a, tb_vec b) { return _mm512_sub_ps(a, b); }
static inline tb_vec tb_mul(tb_vec a, tb_vec b) { return _mm512_mul_ps(a, b); }
static inline tb_vec tb_fma(tb_vec a, tb_vec b, tb_vec c) { return _mm512_fmadd_ps(a, b, c); }
/* a > b ? a : b, so b where either is NaN */
static inline tb_vec tb_greater(tb_vec a, tb_vec b) { return _mm512_max_ps(a, b); }
/* a < b ? a : b, so b where either is NaN */
static inline tb_vec tb_lesser(tb_vec a, tb_vec b) { return _mm512_min_ps(a, b); }
static inline float tb_sum(tb_vec v) { return _mm512_reduce_add_ps(v); }

static inline void tb_prefetch(const char *p) { _mm_prefetch(p, _MM_HINT_T1); }

#include "activated.h"
#include "families.h"
#include "depthwise.h"
#include "product.h"
#include "resample.h"
#include "winograd.h"
#include "points.h"

#include "curves.h" /* last: it forbids contraction from there on */

#if !defined(TB_SIMDE)
#pragma clang attribute pop
#endif

#else
typedef int tb_avx512_is_for_x86;
#endif
