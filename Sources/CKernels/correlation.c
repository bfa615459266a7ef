#include "tb_correlation.h"

#include <assert.h>

#include "dispatch.h"

void tb_depthwise_f32__plain(const float *x, tb_shape in, const float *kernel, size_t kernel_stride, tb_slide window,
                             float *out, size_t out_stride) {
  assert(kernel_stride >= in.c && out_stride >= in.c && in.pixel_stride >= in.c);
  size_t out_h = tb_slides(in.h, window.kernel_h, window.stride, window.padding, window.dilation);
  size_t out_w = tb_slides(in.w, window.kernel_w, window.stride, window.padding, window.dilation);
  for (size_t n = 0; n < in.n; n++) {
    for (size_t oy = 0; oy < out_h; oy++) {
      for (size_t ox = 0; ox < out_w; ox++, out += out_stride) {
        for (size_t c = 0; c < in.c; c++) {
          float sum = 0;
          for (size_t ky = 0; ky < window.kernel_h; ky++) {
            for (size_t kx = 0; kx < window.kernel_w; kx++) {
              size_t y = oy * window.stride + ky * window.dilation - window.padding; /* wraps when negative */
              size_t column = ox * window.stride + kx * window.dilation - window.padding;
              if (y >= in.h || column >= in.w) continue;
              sum += kernel[(ky * window.kernel_w + kx) * kernel_stride + c] *
                     x[((n * in.h + y) * in.w + column) * in.pixel_stride + c];
            }
          }
          out[c] = sum;
        }
      }
    }
  }
}

void tb_depthwise_f32(tb_isa isa, const float *x, tb_shape in, const float *kernel, size_t kernel_stride,
                      tb_slide window, float *out, size_t out_stride) {
  TB_VERSION(tb_depthwise_f32, isa)(x, in, kernel, kernel_stride, window, out, out_stride);
}

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
