/* The transforms of one Winograd tile (../winograd.h), written once over tb_vec: a vector is a few channels of one pixel,
 * so that nothing is shuffled.
 *
 * Points and matrices: B^T has in row j the coefficients of the product of (x - p) over all points p but p_j, in the last
 * row of all; A^T[i][j] = p_j^i, with a last column 0 .. 0 1. Opposite points share their even and odd halves. */

/* TB_AHEAD: floats between what is worked on and what is fetched. A tile touches dozens of places a few lines long each,
 * which no hardware follows. */
enum { TB_MOST_POINTS = 8, TB_AHEAD = 32 };

#define TB_INLINE static inline __attribute__((always_inline))
#define TB_TIMES(factor, v) tb_mul(tb_all(factor), v)
#define TB_PLUS(factor, v, sum) tb_fma(tb_all(factor), v, sum)

/* Points 0, +-3/4, +-3/2. */
TB_INLINE void tb_in_6(const tb_vec *d, size_t step, tb_vec *o) {
  const tb_vec d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step], d4 = d[4 * step], d5 = d[5 * step];
  o[0] = TB_PLUS(81.0f / 64, d0, TB_PLUS(-45.0f / 16, d2, d4));
  tb_vec even = TB_PLUS(-9.0f / 4, d2, d4), odd = TB_PLUS(-27.0f / 16, d1, TB_TIMES(0.75f, d3));
  o[1] = tb_add(even, odd);
  o[2] = tb_sub(even, odd);
  even = TB_PLUS(-9.0f / 16, d2, d4), odd = TB_PLUS(-27.0f / 32, d1, TB_TIMES(1.5f, d3));
  o[3] = tb_add(even, odd);
  o[4] = tb_sub(even, odd);
  o[5] = TB_PLUS(81.0f / 64, d1, TB_PLUS(-45.0f / 16, d3, d5));
}

/* Points 0, +-1, +-2, 1/2. */
TB_INLINE void tb_in_7(const tb_vec *d, size_t step, tb_vec *o) {
  const tb_vec d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step], d4 = d[4 * step], d5 = d[5 * step],
               d6 = d[6 * step];
  o[0] = TB_PLUS(-2, d0, TB_PLUS(4, d1, TB_PLUS(2.5f, d2, TB_PLUS(-5, d3, TB_PLUS(-0.5f, d4, d5)))));
  /* x (x - 1/2) (x^2 - 4), times x and times 1. */
  tb_vec even = TB_PLUS(2, d2, TB_PLUS(-4, d3, TB_PLUS(-0.5f, d4, d5)));
  tb_vec odd = TB_PLUS(2, d1, TB_PLUS(-4, d2, TB_PLUS(-0.5f, d3, d4)));
  o[1] = tb_add(even, odd);
  o[2] = tb_sub(even, odd);
  /* x (x - 1/2) (x^2 - 1), times x and times 2. */
  even = TB_PLUS(0.5f, d2, TB_PLUS(-0.5f, d4, tb_sub(d5, d3)));
  odd = TB_PLUS(-2, d2, TB_PLUS(2, d4, tb_sub(d1, d3)));
  o[3] = tb_add(even, odd);
  o[4] = tb_sub(even, odd);
  o[5] = TB_PLUS(4, d1, TB_PLUS(-5, d3, d5));
  o[6] = TB_PLUS(-2, d1, TB_PLUS(4, d2, TB_PLUS(2.5f, d3, TB_PLUS(-5, d4, TB_PLUS(-0.5f, d5, d6)))));
}

/* Points 0, +-1, +-2, +-1/2. */
TB_INLINE void tb_in_8(const tb_vec *d, size_t step, tb_vec *o) {
  const tb_vec d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step], d4 = d[4 * step], d5 = d[5 * step],
               d6 = d[6 * step], d7 = d[7 * step];
  o[0] = TB_PLUS(5.25f, tb_sub(d2, d4), tb_sub(d6, d0));
  tb_vec even = TB_PLUS(-4.25f, d4, tb_add(d2, d6)), odd = TB_PLUS(-4.25f, d3, tb_add(d1, d5));
  o[1] = tb_add(even, odd);
  o[2] = tb_sub(even, odd);
  even = TB_PLUS(0.25f, d2, TB_PLUS(-1.25f, d4, d6));
  odd = TB_PLUS(0.5f, d1, TB_PLUS(-2.5f, d3, tb_add(d5, d5)));
  o[3] = tb_add(even, odd);
  o[4] = tb_sub(even, odd);
  even = TB_PLUS(4, d2, TB_PLUS(-5, d4, d6));
  odd = TB_PLUS(-2.5f, d3, TB_PLUS(0.5f, d5, tb_add(d1, d1)));
  o[5] = tb_add(even, odd);
  o[6] = tb_sub(even, odd);
  o[7] = TB_PLUS(5.25f, tb_sub(d3, d5), tb_sub(d7, d1));
}

TB_INLINE void tb_in(const int points, const tb_vec *d, size_t step, tb_vec *o) {
  if (points == 6) tb_in_6(d, step, o);
  if (points == 7) tb_in_7(d, step, o);
  if (points == 8) tb_in_8(d, step, o);
}

/* The powers 0 to 5 of what a pair of points, or the single one of seven, has as its absolute value. */
static const float tb_powers_6[2][6] = {{1, 0.75f, 0.5625f, 0.421875f, 0, 0}, {1, 1.5f, 2.25f, 3.375f, 0, 0}};
static const float tb_powers_8[3][6] = {
    {1, 1, 1, 1, 1, 1}, {1, 2, 4, 8, 16, 32}, {1, 0.5f, 0.25f, 0.125f, 0.0625f, 0.03125f}};

/* One dimension back: `outputs` sums of `points` values, `step` and `out_step` vectors apart. */
TB_INLINE void tb_out(const int points, const int outputs, const tb_vec *x, const size_t step, tb_vec *o) {
  const int pairs = (points - 2) / 2, single = points == 7;
  const float(*powers)[6] = points == 6 ? tb_powers_6 : tb_powers_8;
  tb_vec even[3], odd[3];
#pragma clang loop unroll(full)
  for (int p = 0; p < pairs; p++) {
    tb_vec a = x[(1 + 2 * p) * step], b = x[(2 + 2 * p) * step];
    even[p] = tb_add(a, b);
    odd[p] = tb_sub(a, b);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < outputs; i++) {
    tb_vec sum = i % 2 ? TB_TIMES(powers[0][i], odd[0]) : TB_TIMES(powers[0][i], even[0]);
#pragma clang loop unroll(full)
    for (int p = 1; p < pairs; p++) sum = TB_PLUS(powers[p][i], i % 2 ? odd[p] : even[p], sum);
    if (single) sum = TB_PLUS(powers[2][i], x[5 * step], sum);
    if (i == 0) sum = tb_add(sum, x[0]);
    if (i == outputs - 1) sum = tb_add(sum, x[(size_t)(points - 1) * step]);
    o[i] = sum;
  }
}

/* MARK: tiles */

TB_INLINE void tb_gather(const tb_winograd_gather *g, const int points) {
  tb_vec half[TB_MOST_POINTS * TB_MOST_POINTS]; /* columns transformed: [column][row of the result] */
  for (size_t c = 0; c < g->channels; c += TB_LANES) {
    const int whole = c + TB_LANES <= g->channels;
    const tb_mask mask = tb_tail(whole ? 0 : g->channels - c);
    for (int column = 0; column < points; column++) {
      tb_vec d[TB_MOST_POINTS];
#pragma clang loop unroll(full)
      for (int row = 0; row < points; row++) {
        const float *pixel = g->pixels[row * points + column] + c;
        d[row] = whole ? tb_load(pixel) : tb_load_tail(pixel, mask);
        __builtin_prefetch(pixel + TB_AHEAD, 0, 3);
      }
      tb_in(points, d, 1, half + column * points);
    }
    float *plane = g->planes + c;
    for (int row = 0; row < points; row++) {
      tb_vec o[TB_MOST_POINTS];
      tb_in(points, half + row, (size_t)points, o);
#pragma clang loop unroll(full)
      for (int column = 0; column < points; column++, plane += g->plane_stride) {
        tb_store(plane, o[column]);
        __builtin_prefetch(plane + TB_AHEAD, 1, 3);
      }
    }
  }
}

void TB_NAME(tb_winograd_gather_f32)(const tb_winograd_gather *g) {
  if (g->points == 6) tb_gather(g, 6);
  if (g->points == 7) tb_gather(g, 7);
  if (g->points == 8) tb_gather(g, 8);
}

TB_INLINE void tb_scatter(const tb_winograd_scatter *s, const int points, const int outputs) {
  tb_vec half[TB_MOST_POINTS * TB_MOST_POINTS]; /* columns transformed: [column][row of the result] */
  for (size_t c = 0; c < s->channels; c += TB_LANES) {
    const int whole = c + TB_LANES <= s->channels;
    const tb_mask mask = tb_tail(whole ? 0 : s->channels - c);
    for (int column = 0; column < points; column++) {
      tb_vec d[TB_MOST_POINTS];
      const float *plane = s->planes + (size_t)column * s->plane_stride + c;
#pragma clang loop unroll(full)
      for (int row = 0; row < points; row++, plane += (size_t)points * s->plane_stride) {
        d[row] = tb_load(plane);
        __builtin_prefetch(plane + TB_AHEAD, 0, 3);
      }
      tb_out(points, outputs, d, 1, half + column * outputs);
    }
    tb_vec bias = !s->bias ? tb_zero() : whole ? tb_load(s->bias + c) : tb_load_tail(s->bias + c, mask);
    for (size_t row = 0; row < s->height; row++) {
      tb_vec o[TB_MOST_POINTS];
      tb_out(points, outputs, half + row, (size_t)outputs, o);
      float *out = s->out + row * s->row_stride + c;
      const float *other = s->residual ? s->residual + row * s->residual_row_stride + c : NULL;
      for (size_t column = 0; column < s->width; column++, out += s->pixel_stride) {
        tb_vec sum = tb_add(o[column], bias);
        if (other) {
          sum = tb_add(sum, whole ? tb_load(other) : tb_load_tail(other, mask));
          other += s->residual_pixel_stride;
        }
        sum = tb_activated(sum, s->activation);
        if (whole) {
          tb_store(out, sum);
        } else {
          tb_store_tail(out, mask, sum);
        }
      }
    }
  }
}

void TB_NAME(tb_winograd_scatter_f32)(const tb_winograd_scatter *s) {
  const size_t outputs = s->form.outputs, taps = s->form.taps;
  if (outputs == 4 && taps == 3) tb_scatter(s, 6, 4);
  if (outputs == 5 && taps == 3) tb_scatter(s, 7, 5);
  if (outputs == 6 && taps == 3) tb_scatter(s, 8, 6);
  if (outputs == 2 && taps == 5) tb_scatter(s, 6, 2);
  if (outputs == 3 && taps == 5) tb_scatter(s, 7, 3);
  if (outputs == 4 && taps == 5) tb_scatter(s, 8, 4);
  if (outputs == 3 && taps == 6) tb_scatter(s, 8, 3);
}
