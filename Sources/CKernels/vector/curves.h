/* The loops of tb_curves.h, for the compiler to vectorise with what the including file allows. They are written so that
 * it can: no branch in a loop, and no frame that depends on another. Rules are numbers and masks, not cases. */

#include "tb_curves.h"

#pragma STDC FP_CONTRACT OFF

#define TB_INLINE static inline __attribute__((always_inline))

/* MARK: one frame */

TB_INLINE bool tb_is_nan(double value) { return value != value; }

/* Which numbers of an annotated box have to be above 0. */
typedef struct tb_wanted {
  bool position, size, centre;
} tb_wanted;

TB_INLINE tb_wanted tb_wanted_by(tb_truth truth) {
  return (tb_wanted){
      .position = truth == TB_TRUTH_POSITIVE_NUMBERS,
      .size = truth == TB_TRUTH_POSITIVE_NUMBERS || truth == TB_TRUTH_POSITIVE_SIZE,
      .centre = truth == TB_TRUTH_POSITIVE_CENTRE,
  };
}

TB_INLINE bool tb_counts(tb_wanted wanted, const double *box, double centre_x, double centre_y) {
  bool position = (box[0] > 0) & (box[1] > 0), size = (box[2] > 0) & (box[3] > 0);
  bool centre = (centre_x > 0) & (centre_y > 0);
  return (position | !wanted.position) & (size | !wanted.size) & (centre | !wanted.centre);
}

/* Length of the common part of two intervals, 0 where there is none; `one` is what an extent gets back. */
TB_INLINE double tb_extent(double a0, double a1, double b0, double b1, double one, bool ignores_nan) {
  double right = ((a1 < b1) | tb_is_nan(ignores_nan ? b1 : a1)) ? a1 : b1;
  double left = ((a0 > b0) | tb_is_nan(ignores_nan ? b0 : a0)) ? a0 : b0;
  double length = right - left + one;
  return ((length > 0) | (!ignores_nan & tb_is_nan(length))) ? length : 0;
}

TB_INLINE double tb_centre(double start, double size) { return start + (size - 1) / 2; }

TB_INLINE double tb_distance(double dx, double dy) {
  double square = dx * dx + dy * dy;
  return __builtin_elementwise_sqrt(square); /* sqrt() would set errno, which no vector can */
}

/* MARK: overlaps */

/* Writes the overlaps, and what each adds to the sum: -0 where nothing, for x + -0 is x. Returns how many count. */
TB_INLINE size_t tb_overlap_loop(const double *restrict truth, const double *restrict predicted, size_t count,
                                 tb_overlap_rule rule, bool ignores_nan, double *restrict overlaps,
                                 double *restrict added) {
  /* Subtracting 0, adding -0 and clipping to everything change no bit. */
  const bool plain = rule.quotient == TB_QUOTIENT_PLAIN;
  const double one = rule.last_pixel ? 1 : 0;
  const double epsilon = rule.quotient == TB_QUOTIENT_EPSILON_THEN_CLIPPED ? 0x1p-52 : -0.0;
  const double low = plain ? -__builtin_inf() : 0, high = plain ? __builtin_inf() : 1;
  const tb_wanted wanted = tb_wanted_by(rule.truth);
  size_t frames = 0;
  for (size_t i = 0; i < count; i++) {
    const double *t = truth + 4 * i, *p = predicted + 4 * i;
    double width = tb_extent(p[0], p[0] + p[2] - one, t[0], t[0] + t[2] - one, one, ignores_nan);
    double height = tb_extent(p[1], p[1] + p[3] - one, t[1], t[1] + t[3] - one, one, ignores_nan);
    double intersection = width * height;
    double value = intersection / (p[2] * p[3] + t[2] * t[3] - intersection + epsilon);
    value = value > high ? high : value;
    value = value < low ? low : value;
    bool counts = tb_counts(wanted, t, 0, 0);
    overlaps[i] = counts ? value : -1;
    added[i] = (counts & !tb_is_nan(value)) ? value : -0.0;
    frames += counts;
  }
  return frames;
}

void TB_NAME(tb_overlaps_f64)(const double *truth, const double *predicted, size_t count, tb_overlap_rule rule,
                              double *overlaps, tb_overlap_total *total) {
  assert(count <= TB_CURVE_BLOCK);
  double added[TB_CURVE_BLOCK];
  total->frames += rule.ignores_nan ? tb_overlap_loop(truth, predicted, count, rule, true, overlaps, added)
                                    : tb_overlap_loop(truth, predicted, count, rule, false, overlaps, added);
  double sum = total->sum;
  for (size_t i = 0; i < count; i++) sum += added[i];
  total->sum = sum;
}

/* MARK: errors */

void TB_NAME(tb_centre_errors_f64)(const double *restrict truth, const double *restrict predicted, size_t count,
                                   tb_error_rule rule, double *restrict errors) {
  assert(count <= TB_CURVE_BLOCK);
  const tb_wanted wanted = tb_wanted_by(rule.truth);
  for (size_t i = 0; i < count; i++) {
    const double *t = truth + 4 * i, *p = predicted + 4 * i;
    double x = tb_centre(t[0], t[2]), y = tb_centre(t[1], t[3]);
    double error = tb_distance(x - tb_centre(p[0], p[2]), y - tb_centre(p[1], p[3]));
    errors[i] = tb_counts(wanted, t, x, y) ? error : rule.invalid;
  }
}

/* Each centre divided by the size, then their difference. */
TB_INLINE void tb_centres_divided(const double *restrict truth, const double *restrict predicted, size_t count,
                                  tb_normalised_rule rule, double *restrict errors) {
  const tb_wanted wanted = tb_wanted_by(rule.error.truth);
  for (size_t i = 0; i < count; i++) {
    const double *t = truth + 4 * i, *p = predicted + 4 * i;
    double width = t[2] + rule.size_offset, height = t[3] + rule.size_offset;
    double x = tb_centre(t[0], t[2]) / width, y = tb_centre(t[1], t[3]) / height;
    double error = tb_distance(x - tb_centre(p[0], p[2]) / width, y - tb_centre(p[1], p[3]) / height);
    errors[i] = tb_counts(wanted, t, x, y) ? error : rule.error.invalid;
  }
}

/* The difference of the centres divided by the size, of one pixel at least; a NaN size stays one. */
TB_INLINE void tb_difference_divided(const double *restrict truth, const double *restrict predicted, size_t count,
                                     tb_normalised_rule rule, double *restrict errors) {
  const tb_wanted wanted = tb_wanted_by(rule.error.truth);
  for (size_t i = 0; i < count; i++) {
    const double *t = truth + 4 * i, *p = predicted + 4 * i;
    double x = tb_centre(t[0], t[2]), y = tb_centre(t[1], t[3]);
    double dx = (x - tb_centre(p[0], p[2])) / (t[2] < 1 ? 1 : t[2]);
    double dy = (y - tb_centre(p[1], p[3])) / (t[3] < 1 ? 1 : t[3]);
    errors[i] = tb_counts(wanted, t, x, y) ? tb_distance(dx, dy) : rule.error.invalid;
  }
}

void TB_NAME(tb_normalised_errors_f64)(const double *truth, const double *predicted, size_t count,
                                       tb_normalised_rule rule, double *errors) {
  assert(count <= TB_CURVE_BLOCK);
  if (rule.divides_difference) {
    tb_difference_divided(truth, predicted, count, rule, errors);
  } else {
    tb_centres_divided(truth, predicted, count, rule, errors);
  }
}

/* MARK: ranks */

/* Three steps, each with little to wait for: where to look, the rank by comparing, the bins. Neighbouring frames often
 * fall into one bin, and an addition to it waits for the one before: four sets of bins take turns. */
void TB_NAME(tb_count_ranks_f64)(const double *restrict values, size_t count, tb_thresholds thresholds,
                                 size_t *restrict bins) {
  assert(count <= TB_CURVE_BLOCK && thresholds.count >= 1 && thresholds.count <= TB_CURVE_THRESHOLDS);
  const double last = (double)(thresholds.count - 1);
  int ranks[TB_CURVE_BLOCK];
  size_t nans = 0;
  for (size_t i = 0; i < count; i++) {
    double guess = values[i] * thresholds.per_unit;
    guess = guess > 0 ? guess : 0; /* NaN too */
    ranks[i] = (int)(guess < last ? guess : last);
    nans += tb_is_nan(values[i]);
  }
  for (size_t i = 0; i < count; i++) {
    const double *near = thresholds.fenced + ranks[i];
    ranks[i] += (near[1] < values[i]) + (near[2] < values[i]) - (near[0] >= values[i]);
  }
  unsigned sets[4][TB_CURVE_THRESHOLDS + 1] = {{0}};
  size_t whole = count / 4 * 4;
  for (size_t i = 0; i < whole; i += 4) {
    for (size_t set = 0; set < 4; set++) sets[set][ranks[i + set]]++;
  }
  for (size_t i = whole; i < count; i++) sets[0][ranks[i]]++;
  for (size_t bin = 0; bin <= thresholds.count; bin++)
    bins[bin] += sets[0][bin] + sets[1][bin] + sets[2][bin] + sets[3][bin];
  bins[0] -= nans; /* the rank of a NaN came out as 0 */
}

#undef TB_INLINE
