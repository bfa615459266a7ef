/* The activations over tb_vec: the operations of ../activation.h in the same order. */
/* What follows a sum; the activations that need the C library's exp never come here. */
static inline tb_vec tb_activated(tb_vec x, tb_activation activation) {
  switch (activation) {
    case TB_ACTIVATION_RELU:
      return tb_greater(x, tb_zero());
    case TB_ACTIVATION_RELU6:
      return tb_lesser(tb_greater(x, tb_zero()), tb_all(6));
    case TB_ACTIVATION_HARD_SIGMOID:
    case TB_ACTIVATION_HARD_SWISH: {
      tb_vec share = tb_mul(tb_lesser(tb_greater(tb_add(x, tb_all(3)), tb_zero()), tb_all(6)), tb_all(TB_SIXTH));
      return activation == TB_ACTIVATION_HARD_SWISH ? tb_mul(x, share) : share;
    }
    default:
      return x;
  }
}

static inline int tb_is_scalar(tb_activation activation) {
  return activation == TB_ACTIVATION_SIGMOID || activation == TB_ACTIVATION_EXPONENTIAL;
}
