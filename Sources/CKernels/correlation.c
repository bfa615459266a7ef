#include "tb_correlation.h"

#include <assert.h>

#include "dispatch.h"

void tb_correlation_f32__plain(const float *x, tb_shape in, const float *kernel, size_t kernel_h, size_t kernel_w,
                               size_t kernel_stride, float scale, float *out) {
  assert(kernel_h >= 1 && kernel_h <= in.h && kernel_w >= 1 && kernel_w <= in.w && kernel_stride >= in.c);
  for (size_t n = 0; n < in.n; n++) {
    for (size_t oy = 0; oy + kernel_h <= in.h; oy++) {
      for (size_t ox = 0; ox + kernel_w <= in.w; ox++) {
        double sum = 0;
        for (size_t ky = 0; ky < kernel_h; ky++) {
          for (size_t kx = 0; kx < kernel_w; kx++) {
            const float *pixel = x + ((n * in.h + oy + ky) * in.w + ox + kx) * in.pixel_stride;
            const float *tap = kernel + (ky * kernel_w + kx) * kernel_stride;
            for (size_t c = 0; c < in.c; c++) sum += (double)pixel[c] * tap[c];
          }
        }
        *out++ = (float)(scale * sum);
      }
    }
  }
}

void tb_correlation_f32(tb_isa isa, const float *x, tb_shape in, const float *kernel, size_t kernel_h, size_t kernel_w,
                        size_t kernel_stride, float scale, float *out) {
  TB_VERSION(tb_correlation_f32, isa)(x, in, kernel, kernel_h, kernel_w, kernel_stride, scale, out);
}
