#include "tb_curves.h"

#include "dispatch.h"

void tb_overlaps_f64(tb_isa isa, const double *truth, const double *predicted, size_t count, tb_overlap_rule rule,
                     double *overlaps, tb_overlap_total *total) {
  TB_VERSION(tb_overlaps_f64, isa)(truth, predicted, count, rule, overlaps, total);
}

void tb_centre_errors_f64(tb_isa isa, const double *truth, const double *predicted, size_t count, tb_error_rule rule,
                          double *errors) {
  TB_VERSION(tb_centre_errors_f64, isa)(truth, predicted, count, rule, errors);
}

void tb_normalised_errors_f64(tb_isa isa, const double *truth, const double *predicted, size_t count,
                              tb_normalised_rule rule, double *errors) {
  TB_VERSION(tb_normalised_errors_f64, isa)(truth, predicted, count, rule, errors);
}

void tb_count_ranks_f64(tb_isa isa, const double *values, size_t count, tb_thresholds thresholds, size_t *bins) {
  TB_VERSION(tb_count_ranks_f64, isa)(values, count, thresholds, bins);
}
