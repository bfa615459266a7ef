/* The product and the transforms for every machine: four floats as the compiler's own vectors, whatever they become. */
#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "../activation.h"
#include "../product.h"
#include "../winograd.h"

#define TB_NAME(op) op##__plain
#define TB_LANES 4
#define TB_ROWS 6
typedef float tb_vec __attribute__((vector_size(16)));
typedef size_t tb_mask; /* how many lanes of a tail take part */

static inline tb_mask tb_tail(size_t count) { return count; }
static inline tb_vec tb_load(const float *p) {
  tb_vec v;
  memcpy(&v, p, sizeof v);
  return v;
}
static inline tb_vec tb_load_tail(const float *p, tb_mask mask) {
  tb_vec v = {0, 0, 0, 0};
  memcpy(&v, p, mask * sizeof(float));
  return v;
}
static inline void tb_store(float *p, tb_vec v) { memcpy(p, &v, sizeof v); }
static inline void tb_store_tail(float *p, tb_mask mask, tb_vec v) { memcpy(p, &v, mask * sizeof(float)); }
static inline tb_vec tb_zero(void) { return (tb_vec){0, 0, 0, 0}; }
static inline tb_vec tb_all(float value) { return (tb_vec){value, value, value, value}; }
static inline tb_vec tb_add(tb_vec a, tb_vec b) { return a + b; }
static inline tb_vec tb_sub(tb_vec a, tb_vec b) { return a - b; }
static inline tb_vec tb_mul(tb_vec a, tb_vec b) { return a * b; }
static inline tb_vec tb_fma(tb_vec a, tb_vec b, tb_vec c) { return a * b + c; }
static inline tb_vec tb_greater(tb_vec a, tb_vec b) {
  tb_vec v;
  for (int i = 0; i < TB_LANES; i++) v[i] = a[i] > b[i] ? a[i] : b[i];
  return v;
}
static inline tb_vec tb_lesser(tb_vec a, tb_vec b) {
  tb_vec v;
  for (int i = 0; i < TB_LANES; i++) v[i] = a[i] < b[i] ? a[i] : b[i];
  return v;
}
static inline void tb_prefetch(const char *p) { __builtin_prefetch(p, 0, 2); }

#include "activated.h"
#include "product.h"
#include "resample.h"
#include "winograd.h"
#include "points.h"

#include "curves.h" /* last: it forbids contraction from there on */
