/* Numbers drawn at random, the same in every run with the same seed; memory of exactly the size asked for, so that a sanitizer sees
 * the first byte beyond it. */
#ifndef NUMBERS_H
#define NUMBERS_H

#include <stddef.h>

void seed_numbers(unsigned long seed);
size_t below(size_t bound);

void *exactly(size_t bytes);
/* -1 ... 1. */
float *random_floats(size_t count);

/* Pooling, single operations, correlation, patches, resizing, curves and resampling, each fast version against the plain one, `rounds`
 * times: says what it compared, and gives how many comparisons failed. */
size_t check_others(size_t rounds);

#endif
