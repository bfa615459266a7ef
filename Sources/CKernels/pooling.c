#include "tb_pooling.h"

#include <assert.h>

#include "dispatch.h"

void tb_max_pool_f32__plain(const float *x, tb_shape in, tb_slide window, float *out, size_t out_stride) {
  assert(out_stride >= in.c && window.dilation == 1 && window.stride > 0);
  assert(window.padding < window.kernel_h && window.padding < window.kernel_w);
  size_t out_h = tb_slides(in.h, window.kernel_h, window.stride, window.padding, 1);
  size_t out_w = tb_slides(in.w, window.kernel_w, window.stride, window.padding, 1);
  for (size_t n = 0; n < in.n; n++) {
    for (size_t oy = 0; oy < out_h; oy++) {
      for (size_t ox = 0; ox < out_w; ox++, out += out_stride) {
        for (size_t c = 0; c < in.c; c++) {
          float best = 0;
          int found = 0;
          for (size_t ky = 0; ky < window.kernel_h; ky++) {
            for (size_t kx = 0; kx < window.kernel_w; kx++) {
              size_t y = oy * window.stride + ky - window.padding; /* wraps to a huge number above the top */
              size_t column = ox * window.stride + kx - window.padding;
              if (y >= in.h || column >= in.w) continue;
              float value = x[((n * in.h + y) * in.w + column) * in.pixel_stride + c];
              if (!found || value > best) best = value;
              found = 1;
            }
          }
          out[c] = best;
        }
      }
    }
  }
}

void tb_max_pool_f32(tb_isa isa, const float *x, tb_shape in, tb_slide window, float *out, size_t out_stride) {
  TB_VERSION(tb_max_pool_f32, isa)(x, in, window, out, out_stride);
}

void tb_global_mean_f32__plain(const float *x, tb_shape in, float *out, size_t out_stride) {
  assert(out_stride >= in.c && in.pixel_stride >= in.c);
  size_t pixels = in.h * in.w;
  for (size_t n = 0; n < in.n; n++) {
    for (size_t c = 0; c < in.c; c++) {
      double sum = 0;
      for (size_t p = 0; p < pixels; p++) sum += x[(n * pixels + p) * in.pixel_stride + c];
      out[n * out_stride + c] = (float)(sum / (double)pixels);
    }
  }
}

void tb_global_mean_f32(tb_isa isa, const float *x, tb_shape in, float *out, size_t out_stride) {
  TB_VERSION(tb_global_mean_f32, isa)(x, in, out, out_stride);
}
