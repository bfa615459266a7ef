#include "tb_patches.h"

#include <assert.h>
#include <string.h>

#include "dispatch.h"

static void check(tb_shape in, tb_slide window, size_t first_channel, size_t channels, size_t first, size_t count) {
  size_t out_h = tb_slides(in.h, window.kernel_h, window.stride, window.padding, window.dilation);
  size_t out_w = tb_slides(in.w, window.kernel_w, window.stride, window.padding, window.dilation);
  assert(first + count <= in.n * out_h * out_w);
  assert(first_channel + channels <= in.c && in.c <= in.pixel_stride);
  (void)out_h, (void)out_w;
}

void tb_patches_f32__plain(const float *x, tb_shape in, tb_slide window, size_t first_channel, size_t channels,
                           size_t first, size_t count, float *out) {
  check(in, window, first_channel, channels, first, count);
  size_t out_h = tb_slides(in.h, window.kernel_h, window.stride, window.padding, window.dilation);
  size_t out_w = tb_slides(in.w, window.kernel_w, window.stride, window.padding, window.dilation);
  for (size_t index = first; index < first + count; index++) {
    size_t ox = index % out_w, oy = index / out_w % out_h, n = index / out_w / out_h;
    for (size_t ky = 0; ky < window.kernel_h; ky++) {
      for (size_t kx = 0; kx < window.kernel_w; kx++) {
        size_t y = oy * window.stride + ky * window.dilation - window.padding; /* wraps when negative */
        size_t column = ox * window.stride + kx * window.dilation - window.padding;
        for (size_t c = 0; c < channels; c++) {
          int inside = y < in.h && column < in.w;
          *out++ = inside ? x[((n * in.h + y) * in.w + column) * in.pixel_stride + first_channel + c] : 0;
        }
      }
    }
  }
}

/* One row of taps of one window: kernel_w pieces of `channels` floats. */
static float *copy_taps(const float *row, tb_shape in, tb_slide window, size_t channels, size_t ox, float *out) {
  for (size_t kx = 0; kx < window.kernel_w; kx++, out += channels) {
    size_t column = ox * window.stride + kx * window.dilation - window.padding;
    if (column < in.w) {
      memcpy(out, row + column * in.pixel_stride, channels * sizeof(float));
    } else {
      memset(out, 0, channels * sizeof(float));
    }
  }
  return out;
}

void tb_patches_f32__runs(const float *x, tb_shape in, tb_slide window, size_t first_channel, size_t channels,
                          size_t first, size_t count, float *out) {
  check(in, window, first_channel, channels, first, count);
  if (count == 0) return;
  size_t out_h = tb_slides(in.h, window.kernel_h, window.stride, window.padding, window.dilation);
  size_t out_w = tb_slides(in.w, window.kernel_w, window.stride, window.padding, window.dilation);
  /* Where pixels touch, a whole row of taps is one run. */
  int joined = window.dilation == 1 && channels == in.pixel_stride;
  size_t run = window.kernel_w * channels;
  size_t ox = first % out_w, oy = first / out_w % out_h, n = first / out_w / out_h;
  for (size_t r = 0; r < count; r++) {
    const float *image = x + n * in.h * in.w * in.pixel_stride + first_channel;
    size_t left = ox * window.stride - window.padding; /* wraps when negative */
    int whole = joined && left < in.w && left + window.kernel_w <= in.w;
    for (size_t ky = 0; ky < window.kernel_h; ky++) {
      size_t y = oy * window.stride + ky * window.dilation - window.padding;
      if (y >= in.h) {
        memset(out, 0, run * sizeof(float));
        out += run;
        continue;
      }
      const float *row = image + y * in.w * in.pixel_stride;
      if (whole) {
        memcpy(out, row + left * in.pixel_stride, run * sizeof(float));
        out += run;
      } else {
        out = copy_taps(row, in, window, channels, ox, out);
      }
    }
    if (++ox == out_w) {
      ox = 0;
      if (++oy == out_h) {
        oy = 0;
        n++;
      }
    }
  }
}

void tb_patches_f32(tb_isa isa, const float *x, tb_shape in, tb_slide window, size_t first_channel, size_t channels,
                    size_t first, size_t count, float *out) {
  tb_patches_f32_fn *version = tb_checked(isa) == TB_ISA_PLAIN ? tb_patches_f32__plain : tb_patches_f32__runs;
  version(x, in, window, first_channel, channels, first, count, out);
}
