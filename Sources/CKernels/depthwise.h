#ifndef TB_DEPTHWISE_H
#define TB_DEPTHWISE_H

#include "tb_correlation.h"

/* One call of tb_depthwise_f32, as its versions see it: they compute rows first ..< end of all images' output rows. */
typedef struct tb_depthwise {
  const float *x;
  tb_shape in;
  const float *kernel;
  size_t kernel_stride;
  tb_slide window;
  const float *bias; /* NULL for none */
  tb_activation activation;
  float *out;
  size_t out_stride, out_h, out_w;
} tb_depthwise;

typedef void tb_depthwise_rows_f32_fn(const tb_depthwise *job, size_t first, size_t end);
tb_depthwise_rows_f32_fn tb_depthwise_rows_f32__plain, tb_depthwise_rows_f32__avx2, tb_depthwise_rows_f32__avx512;

#endif
