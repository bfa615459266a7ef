#include "numbers.h"

#include <stdint.h>
#include <stdlib.h>

static uint64_t state = 88172645463325252u;

void seed_numbers(unsigned long seed) { state ^= seed * 2654435769u; }

size_t below(size_t bound) {
  state ^= state << 13, state ^= state >> 7, state ^= state << 17;
  return (size_t)(state >> 33) % bound;
}

void *exactly(size_t bytes) {
  void *p = malloc(bytes ? bytes : 1);
  if (!p) exit(2);
  return p;
}

float *random_floats(size_t count) {
  float *p = exactly(count * sizeof(float));
  for (size_t i = 0; i < count; i++) p[i] = (float)below(2000001) / 1000000 - 1;
  return p;
}
