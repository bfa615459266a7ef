#include "depthwise.h"

#include <assert.h>

#include "activation.h"
#include "dispatch.h"

void tb_depthwise_rows_f32__plain(const tb_depthwise *job, size_t first, size_t end) {
  tb_shape in = job->in;
  tb_slide window = job->window;
  float *out = job->out + first * job->out_w * job->out_stride;
  for (size_t row = first; row < end; row++) {
    size_t n = row / job->out_h, oy = row % job->out_h;
    for (size_t ox = 0; ox < job->out_w; ox++, out += job->out_stride) {
      for (size_t c = 0; c < in.c; c++) {
        float sum = 0;
        for (size_t ky = 0; ky < window.kernel_h; ky++) {
          for (size_t kx = 0; kx < window.kernel_w; kx++) {
            size_t y = oy * window.stride + ky * window.dilation - window.padding; /* wraps when negative */
            size_t column = ox * window.stride + kx * window.dilation - window.padding;
            if (y >= in.h || column >= in.w) continue;
            sum += job->kernel[(ky * window.kernel_w + kx) * job->kernel_stride + c] *
                   job->x[((n * in.h + y) * in.w + column) * in.pixel_stride + c];
          }
        }
        out[c] = tb_activated_f32(job->bias ? sum + job->bias[c] : sum, job->activation);
      }
    }
  }
}

typedef struct rows {
  const tb_depthwise *job;
  tb_depthwise_rows_f32_fn *version;
  size_t total, each;
} rows;

static void some_rows(void *context, size_t task, size_t worker) {
  (void)worker;
  const rows *r = context;
  size_t first = task * r->each, end = first + r->each;
  r->version(r->job, first, end < r->total ? end : r->total);
}

/* Below this many products the rows cost less than waking somebody for them. */
enum { WORTH_SHARING = 1 << 19 };

void tb_depthwise_f32(tb_isa isa, tb_pool *pool, const float *x, tb_shape in, const float *kernel,
                      size_t kernel_stride, tb_slide window, const float *bias, tb_activation activation, float *out,
                      size_t out_stride) {
  assert(kernel_stride >= in.c && out_stride >= in.c && in.pixel_stride >= in.c);
  int scalar = activation == TB_ACTIVATION_SIGMOID || activation == TB_ACTIVATION_EXPONENTIAL;
  tb_depthwise job = {.x = x,
                      .in = in,
                      .kernel = kernel,
                      .kernel_stride = kernel_stride,
                      .window = window,
                      .bias = bias,
                      .activation = scalar ? TB_ACTIVATION_NONE : activation,
                      .out = out,
                      .out_stride = out_stride,
                      .out_h = tb_slides(in.h, window.kernel_h, window.stride, window.padding, window.dilation),
                      .out_w = tb_slides(in.w, window.kernel_w, window.stride, window.padding, window.dilation)};
  rows r = {.job = &job, .version = TB_VERSION(tb_depthwise_rows_f32, isa), .total = in.n * job.out_h};
  size_t products = r.total * job.out_w * in.c * window.kernel_h * window.kernel_w;
  size_t threads = products >= WORTH_SHARING ? tb_pool_threads(pool) : 1;
  r.each = threads > 1 ? (r.total + 4 * threads - 1) / (4 * threads) : r.total;
  if (r.total == 0) return;
  tb_pool_run(threads > 1 ? pool : NULL, (r.total + r.each - 1) / r.each, some_rows, &r);
  if (scalar) tb_bias_activation_f32(isa, out, r.total * job.out_w, in.c, out_stride, NULL, activation);
}
