#ifndef TB_ACTIVATION_H
#define TB_ACTIVATION_H

#include <math.h>

#include "tb_elementwise.h"

/* Divisions by 6 are multiplications: a division costs as much as the rest of a hard swish. */
#define TB_SIXTH (1.0f / 6)

/* The activations' definition, one value at a time. The vector versions do the same operations in the same order. */
static inline float tb_activated_f32(float x, tb_activation activation) {
  switch (activation) {
    case TB_ACTIVATION_NONE:
      return x;
    case TB_ACTIVATION_RELU:
      return x > 0 ? x : 0;
    case TB_ACTIVATION_RELU6: {
      float above = x > 0 ? x : 0;
      return above < 6 ? above : 6;
    }
    case TB_ACTIVATION_HARD_SIGMOID:
    case TB_ACTIVATION_HARD_SWISH: {
      float moved = x + 3, above = moved > 0 ? moved : 0;
      float share = (above < 6 ? above : 6) * TB_SIXTH;
      return activation == TB_ACTIVATION_HARD_SWISH ? x * share : share;
    }
    case TB_ACTIVATION_SIGMOID:
      return 1 / (1 + expf(-x));
    case TB_ACTIVATION_EXPONENTIAL:
      return expf(x);
  }
  return x;
}

#endif
