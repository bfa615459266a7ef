/* The products of all points of one panel (../winograd.h), written once over tb_vec: the kernel of product.h for rows that lie
 * at one distance and sums that begin and end here, without a call's worth of work around each few hundred multiply-adds. */

/* Floats between the weights in use and those fetched. */
enum { TB_POINTS_AHEAD = 512 };

/* `groups` times ROWS rows. The first rows of a point fetch weights ahead for all that follow. */
static inline __attribute__((always_inline)) void tb_points_rows(const tb_points *p, const float *rows, float *out,
                                                                 size_t groups, const float *weights, int fetch,
                                                                 const int ROWS) {
  const size_t stride = p->row_stride, depth = p->depth;
  for (size_t group = 0; group < groups; group++, rows += ROWS * stride, out += ROWS * TB_PANEL) {
    tb_vec sums[TB_ROWS][2];
    const float *w = weights, *a[TB_ROWS];
#pragma clang loop unroll(full)
    for (int r = 0; r < ROWS; r++) {
      sums[r][0] = sums[r][1] = tb_zero();
      a[r] = rows + r * stride;
    }
    size_t k = 0;
#define TB_STEP(AHEAD)                                                  \
  {                                                                     \
    tb_vec w0 = tb_load(w), w1 = tb_load(w + TB_LANES);                 \
    w += TB_PANEL;                                                      \
    _Pragma("clang loop unroll(full)") for (int r = 0; r < ROWS; r++) { \
      tb_vec value = tb_all(a[r][k + AHEAD]);                           \
      sums[r][0] = tb_fma(value, w0, sums[r][0]);                       \
      sums[r][1] = tb_fma(value, w1, sums[r][1]);                       \
    }                                                                   \
  }
    if (fetch && group == 0) {
      for (; k + 4 <= depth; k += 4) {
        tb_prefetch((const char *)(w + TB_POINTS_AHEAD));
        tb_prefetch((const char *)(w + TB_POINTS_AHEAD + TB_PANEL));
        tb_prefetch((const char *)(w + TB_POINTS_AHEAD + 2 * TB_PANEL));
        tb_prefetch((const char *)(w + TB_POINTS_AHEAD + 3 * TB_PANEL));
        TB_STEP(0)
        TB_STEP(1)
        TB_STEP(2)
        TB_STEP(3)
      }
    } else {
      for (; k + 4 <= depth; k += 4) {
        TB_STEP(0)
        TB_STEP(1)
        TB_STEP(2)
        TB_STEP(3)
      }
    }
    for (; k < depth; k++) TB_STEP(0)
#undef TB_STEP
#pragma clang loop unroll(full)
    for (int r = 0; r < ROWS; r++) {
      tb_store(out + r * TB_PANEL, sums[r][0]);
      tb_store(out + r * TB_PANEL + TB_LANES, sums[r][1]);
    }
  }
}

#define TB_POINTS_ROWS(ROWS)                                                                                       \
  static void tb_points_rows_##ROWS(const tb_points *p, const float *rows, float *out, size_t groups,              \
                                    const float *weights, int fetch) {                                             \
    tb_points_rows(p, rows, out, groups, weights, fetch, ROWS);                                                    \
  }
TB_POINTS_ROWS(1)
TB_POINTS_ROWS(2)
TB_POINTS_ROWS(3)
TB_POINTS_ROWS(4)
TB_POINTS_ROWS(5)
TB_POINTS_ROWS(6)
#if TB_ROWS > 6
TB_POINTS_ROWS(7)
TB_POINTS_ROWS(8)
TB_POINTS_ROWS(9)
TB_POINTS_ROWS(10)
TB_POINTS_ROWS(11)
TB_POINTS_ROWS(12)
#endif

typedef void tb_points_rows_fn(const tb_points *p, const float *rows, float *out, size_t groups, const float *weights,
                               int fetch);
static tb_points_rows_fn *const tb_points_kernels[TB_ROWS] = TB_TILES(tb_points_rows);

void TB_NAME(tb_points_f32)(const tb_points *p) {
  assert(p->row_count > 0);
  /* Rows go through in groups of nearly one size: the first `longer` have one more. */
  const size_t groups = tb_parts(p->row_count, TB_ROWS), each = p->row_count / groups, longer = p->row_count % groups;
  const float *rows = p->rows, *weights = p->weights;
  float *out = p->out;
  for (size_t point = 0; point < p->points; point++) {
    const size_t first = longer * (each + 1);
    if (longer) tb_points_kernels[each](p, rows, out, longer, weights, 1);
    tb_points_kernels[each - 1](p, rows + first * p->row_stride, out + first * TB_PANEL, groups - longer, weights,
                                !longer);
    rows += p->row_plane;
    out += p->out_plane;
    weights += p->depth * TB_PANEL;
  }
}
