#ifndef TB_CURVES_H
#define TB_CURVES_H

/* What the curves of one-pass scores are made of: a number a frame, and how many of them fell between which thresholds.
 *
 * Boxes are rows of four doubles, x, y, width, height. All versions give the same bits: nothing is reassociated or fused,
 * and a NaN fails every comparison. At most TB_CURVE_BLOCK frames a call (asserted), so that all of them stay in the
 * fastest cache between the steps. */

#include <stdbool.h>
#include <stddef.h>

#include "tb_isa.h"

enum { TB_CURVE_BLOCK = 256, TB_CURVE_THRESHOLDS = 127 };

/// Which annotated boxes count.
typedef enum tb_truth {
  TB_TRUTH_ANY = 0,
  TB_TRUTH_POSITIVE_SIZE = 1,    /* width and height above 0 */
  TB_TRUTH_POSITIVE_NUMBERS = 2, /* all four above 0 */
  TB_TRUTH_POSITIVE_CENTRE = 3,  /* both coordinates of the centre above 0; overlaps have no centre, so none counts */
} tb_truth;

/// What is done with the quotient of intersection and union.
typedef enum tb_quotient {
  TB_QUOTIENT_PLAIN = 0,
  TB_QUOTIENT_CLIPPED = 1,              /* to 0 ... 1 */
  TB_QUOTIENT_EPSILON_THEN_CLIPPED = 2, /* the union grows by 2^-52 first */
} tb_quotient;

typedef struct tb_overlap_rule {
  bool last_pixel;  /* right edges are x + w - 1, and extents get their 1 back */
  bool ignores_nan; /* minimum and maximum take the other operand, and an extent that is NaN is 0 */
  tb_quotient quotient;
  tb_truth truth;
} tb_overlap_rule;

typedef struct tb_error_rule {
  tb_truth truth;
  double invalid; /* the error of a frame whose annotation does not count */
} tb_error_rule;

typedef struct tb_normalised_rule {
  tb_error_rule error;       /* a centre is looked at after its division, where centres are divided */
  bool divides_difference;   /* by a size of at least 1, instead of each centre by the size plus size_offset */
  double size_offset;
} tb_normalised_rule;

/// Running totals of overlaps.
typedef struct tb_overlap_total {
  double sum;    /* of those that count and are numbers, added in the order of the frames */
  size_t frames; /* that count */
} tb_overlap_total;

/// Thresholds in ascending order between two fences.
typedef struct tb_thresholds {
  const double *fenced; /* NaN, the thresholds, infinity: nothing is at least the one or above the other */
  size_t count;         /* of the thresholds, 1 ... TB_CURVE_THRESHOLDS (asserted) */
  double per_unit;      /* value * per_unit, cut to 0 ... count - 1, is at most one off the rank */
} tb_thresholds;

/// Intersection over union, frame by frame; -1 where the annotation does not count. `total` grows by the frames.
typedef void tb_overlaps_f64_fn(const double *truth, const double *predicted, size_t count, tb_overlap_rule rule,
                                double *overlaps, tb_overlap_total *total);
tb_overlaps_f64_fn tb_overlaps_f64__plain, tb_overlaps_f64__avx2, tb_overlaps_f64__avx512;
void tb_overlaps_f64(tb_isa isa, const double *truth, const double *predicted, size_t count, tb_overlap_rule rule,
                     double *overlaps, tb_overlap_total *total);

/// Distance of the centres, `(x + (w - 1) / 2, y + (h - 1) / 2)`, in pixels.
typedef void tb_centre_errors_f64_fn(const double *truth, const double *predicted, size_t count, tb_error_rule rule,
                                     double *errors);
tb_centre_errors_f64_fn tb_centre_errors_f64__plain, tb_centre_errors_f64__avx2, tb_centre_errors_f64__avx512;
void tb_centre_errors_f64(tb_isa isa, const double *truth, const double *predicted, size_t count, tb_error_rule rule,
                          double *errors);

/// Distance of the centres, divided by the annotated size axis by axis.
typedef void tb_normalised_errors_f64_fn(const double *truth, const double *predicted, size_t count,
                                         tb_normalised_rule rule, double *errors);
tb_normalised_errors_f64_fn tb_normalised_errors_f64__plain, tb_normalised_errors_f64__avx2,
    tb_normalised_errors_f64__avx512;
void tb_normalised_errors_f64(tb_isa isa, const double *truth, const double *predicted, size_t count,
                              tb_normalised_rule rule, double *errors);

/// Adds each value to the bin of its rank, the number of thresholds strictly below it, 0 ... thresholds.count; a NaN to
/// none. The rank is settled by comparing, so `value > threshold[i]` exactly for i < rank.
typedef void tb_count_ranks_f64_fn(const double *values, size_t count, tb_thresholds thresholds, size_t *bins);
tb_count_ranks_f64_fn tb_count_ranks_f64__plain, tb_count_ranks_f64__avx2, tb_count_ranks_f64__avx512;
void tb_count_ranks_f64(tb_isa isa, const double *values, size_t count, tb_thresholds thresholds, size_t *bins);

#endif
