#include "tb_convolution.h"

#include <assert.h>

#include "activation.h"

void tb_conv2d_f32__plain(const float *x, tb_shape in, const float *weights, const float *bias, size_t out_channels,
                          size_t groups, tb_slide window, tb_activation activation, float *out, size_t out_stride) {
  assert(groups > 0 && in.c % groups == 0 && out_channels % groups == 0);
  assert(out_stride >= out_channels && in.pixel_stride >= in.c);
  size_t out_h = tb_slides(in.h, window.kernel_h, window.stride, window.padding, window.dilation);
  size_t out_w = tb_slides(in.w, window.kernel_w, window.stride, window.padding, window.dilation);
  size_t channels = in.c / groups, taps = window.kernel_h * window.kernel_w;
  for (size_t n = 0; n < in.n; n++) {
    for (size_t oy = 0; oy < out_h; oy++) {
      for (size_t ox = 0; ox < out_w; ox++, out += out_stride) {
        for (size_t o = 0; o < out_channels; o++) {
          const float *kernel = weights + o * channels * taps;
          const float *group = x + o / (out_channels / groups) * channels;
          double sum = bias ? bias[o] : 0;
          for (size_t ky = 0; ky < window.kernel_h; ky++) {
            size_t y = oy * window.stride + ky * window.dilation - window.padding; /* wraps when negative */
            if (y >= in.h) continue;
            for (size_t kx = 0; kx < window.kernel_w; kx++) {
              size_t column = ox * window.stride + kx * window.dilation - window.padding;
              if (column >= in.w) continue;
              const float *pixel = group + ((n * in.h + y) * in.w + column) * in.pixel_stride;
              const float *tap = kernel + ky * window.kernel_w + kx;
              for (size_t i = 0; i < channels; i++) sum += (double)pixel[i] * tap[i * taps];
            }
          }
          out[o] = tb_activated_f32((float)sum, activation);
        }
      }
    }
  }
}

void tb_gemm_f32__plain(size_t m, size_t n, size_t k, const float *a, size_t lda, const float *b, size_t ldb, float *c,
                        size_t ldc, int accumulate) {
  assert(m <= 1 || (lda >= k && ldc >= n));
  assert(k <= 1 || ldb >= n);
  for (size_t i = 0; i < m; i++) {
    for (size_t j = 0; j < n; j++) {
      double sum = accumulate ? c[i * ldc + j] : 0;
      for (size_t p = 0; p < k; p++) sum += (double)a[i * lda + p] * b[p * ldb + j];
      c[i * ldc + j] = (float)sum;
    }
  }
}
