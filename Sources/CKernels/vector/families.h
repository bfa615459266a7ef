/* The vector version of every family, written once over tb_vec and compiled once an instruction set by the .c files
 * beside it. Channels run in vectors; what is left over runs under a mask, so nothing outside a pixel is touched. */

/* MARK: elementwise */

static inline tb_vec tb_biased(tb_vec value, tb_vec bias, tb_activation activation) {
  return tb_activated(tb_add(value, bias), activation);
}

void TB_NAME(tb_bias_activation_f32)(float *x, size_t rows, size_t channels, size_t stride, const float *bias,
                                     tb_activation activation) {
  assert(rows <= 1 || channels <= stride);
  if (!bias && activation == TB_ACTIVATION_NONE) return;
  if (tb_is_scalar(activation)) {
    tb_bias_activation_f32__plain(x, rows, channels, stride, bias, activation);
    return;
  }
  size_t whole = channels / TB_LANES * TB_LANES, rest = channels - whole;
  tb_mask mask = tb_tail(rest);
  for (size_t r = 0; r < rows; r++) {
    float *row = x + r * stride;
    for (size_t i = 0; i < whole; i += TB_LANES) {
      tb_vec added = bias ? tb_load(bias + i) : tb_all(-0.0f); /* x + -0 is x, also for x = -0 */
      tb_store(row + i, tb_biased(tb_load(row + i), added, activation));
    }
    if (rest) {
      tb_vec added = bias ? tb_load_tail(bias + whole, mask) : tb_all(-0.0f);
      tb_store_tail(row + whole, mask, tb_biased(tb_load_tail(row + whole, mask), added, activation));
    }
  }
}

void TB_NAME(tb_scale_shift_f32)(const float *x, size_t x_stride, float *out, size_t out_stride, size_t rows,
                                 size_t channels, const float *scale, const float *shift, tb_activation activation) {
  assert(rows <= 1 || (channels <= x_stride && channels <= out_stride));
  if (tb_is_scalar(activation)) {
    tb_scale_shift_f32__plain(x, x_stride, out, out_stride, rows, channels, scale, shift, activation);
    return;
  }
  size_t whole = channels / TB_LANES * TB_LANES, rest = channels - whole;
  tb_mask mask = tb_tail(rest);
  for (size_t r = 0; r < rows; r++, x += x_stride, out += out_stride) {
    for (size_t i = 0; i < whole; i += TB_LANES) {
      tb_vec sum = tb_fma(tb_load(x + i), tb_load(scale + i), shift ? tb_load(shift + i) : tb_zero());
      tb_store(out + i, tb_activated(sum, activation));
    }
    if (rest) {
      tb_vec sum = tb_fma(tb_load_tail(x + whole, mask), tb_load_tail(scale + whole, mask),
                          shift ? tb_load_tail(shift + whole, mask) : tb_zero());
      tb_store_tail(out + whole, mask, tb_activated(sum, activation));
    }
  }
}

void TB_NAME(tb_add_f32)(const float *a, size_t a_stride, const float *b, size_t b_stride, float *out,
                         size_t out_stride, size_t rows, size_t channels, tb_activation activation) {
  assert(rows <= 1 || (channels <= a_stride && channels <= b_stride && channels <= out_stride));
  if (tb_is_scalar(activation)) {
    tb_add_f32__plain(a, a_stride, b, b_stride, out, out_stride, rows, channels, activation);
    return;
  }
  size_t whole = channels / TB_LANES * TB_LANES, rest = channels - whole;
  tb_mask mask = tb_tail(rest);
  for (size_t r = 0; r < rows; r++, a += a_stride, b += b_stride, out += out_stride) {
    for (size_t i = 0; i < whole; i += TB_LANES)
      tb_store(out + i, tb_biased(tb_load(a + i), tb_load(b + i), activation));
    if (rest)
      tb_store_tail(out + whole, mask,
                    tb_biased(tb_load_tail(a + whole, mask), tb_load_tail(b + whole, mask), activation));
  }
}

/* MARK: windows */

/* The taps of one window that lie inside the input along one axis: first ..< end, the first one at pixel `start`. */
typedef struct tb_taps {
  size_t first, end, start;
} tb_taps;

static inline tb_taps tb_inside(size_t position, size_t extent, size_t kernel, tb_slide window) {
  size_t origin = position * window.stride, d = window.dilation, p = window.padding;
  size_t first = origin < p ? (p - origin + d - 1) / d : 0;
  size_t end = origin >= extent + p ? 0 : (extent + p - origin + d - 1) / d;
  if (end > kernel) end = kernel;
  if (first > end) first = end;
  return (tb_taps){first, end, origin + first * d - p};
}

void TB_NAME(tb_max_pool_f32)(const float *x, tb_shape in, tb_slide window, float *out, size_t out_stride) {
  assert(out_stride >= in.c && window.dilation == 1 && window.stride > 0);
  assert(window.padding < window.kernel_h && window.padding < window.kernel_w);
  size_t out_h = tb_slides(in.h, window.kernel_h, window.stride, window.padding, 1);
  size_t out_w = tb_slides(in.w, window.kernel_w, window.stride, window.padding, 1);
  size_t pixel = in.pixel_stride, row = in.w * pixel;
  size_t whole = in.c / TB_LANES * TB_LANES, rest = in.c - whole;
  tb_mask mask = tb_tail(rest);
  for (size_t n = 0; n < in.n; n++) {
    for (size_t oy = 0; oy < out_h; oy++) {
      tb_taps ys = tb_inside(oy, in.h, window.kernel_h, window);
      for (size_t ox = 0; ox < out_w; ox++, out += out_stride) {
        tb_taps xs = tb_inside(ox, in.w, window.kernel_w, window);
        const float *corner = x + (n * in.h + ys.start) * row + xs.start * pixel;
        size_t height = ys.end - ys.first, width = xs.end - xs.first;
        for (size_t c = 0; c < whole; c += TB_LANES) {
          tb_vec best = tb_load(corner + c);
          for (size_t ky = 0; ky < height; ky++)
            for (size_t kx = 0; kx < width; kx++) best = tb_greater(tb_load(corner + ky * row + kx * pixel + c), best);
          tb_store(out + c, best);
        }
        if (rest) {
          tb_vec best = tb_load_tail(corner + whole, mask);
          for (size_t ky = 0; ky < height; ky++)
            for (size_t kx = 0; kx < width; kx++)
              best = tb_greater(tb_load_tail(corner + ky * row + kx * pixel + whole, mask), best);
          tb_store_tail(out + whole, mask, best);
        }
      }
    }
  }
}

void TB_NAME(tb_global_mean_f32)(const float *x, tb_shape in, float *out, size_t out_stride) {
  assert(out_stride >= in.c && in.pixel_stride >= in.c);
  size_t whole = in.c / TB_LANES * TB_LANES, rest = in.c - whole;
  tb_mask mask = tb_tail(rest);
  tb_vec share = tb_all(1 / (float)(in.h * in.w));
  for (size_t n = 0; n < in.n; n++, x += in.h * in.w * in.pixel_stride, out += out_stride) {
    for (size_t c = 0; c < in.c; c += TB_LANES) {
      tb_vec sum = tb_zero();
      for (size_t y = 0; y < in.h; y++) {
        const float *row = x + y * in.w * in.pixel_stride + c;
        tb_vec along = tb_zero();
        for (size_t column = 0; column < in.w; column++, row += in.pixel_stride)
          along = tb_add(along, c < whole ? tb_load(row) : tb_load_tail(row, mask));
        sum = tb_add(sum, along);
      }
      if (c < whole) {
        tb_store(out + c, tb_mul(sum, share));
      } else {
        tb_store_tail(out + c, mask, tb_mul(sum, share));
      }
    }
  }
}

/* MARK: correlation */

/* Adds the products of `count` floats to two running vectors, so that two chains of additions overlap. */
static inline void tb_dot(const float *a, const float *b, size_t count, tb_vec sums[2]) {
  size_t i = 0;
  for (; i + 2 * TB_LANES <= count; i += 2 * TB_LANES) {
    sums[0] = tb_fma(tb_load(a + i), tb_load(b + i), sums[0]);
    sums[1] = tb_fma(tb_load(a + i + TB_LANES), tb_load(b + i + TB_LANES), sums[1]);
  }
  if (i + TB_LANES <= count) {
    sums[0] = tb_fma(tb_load(a + i), tb_load(b + i), sums[0]);
    i += TB_LANES;
  }
  if (i < count) {
    tb_mask mask = tb_tail(count - i);
    sums[1] = tb_fma(tb_load_tail(a + i, mask), tb_load_tail(b + i, mask), sums[1]);
  }
}

void TB_NAME(tb_correlation_f32)(const float *x, tb_shape in, const float *kernel, size_t kernel_h, size_t kernel_w,
                                 size_t kernel_stride, float scale, float *out) {
  assert(kernel_h >= 1 && kernel_h <= in.h && kernel_w >= 1 && kernel_w <= in.w && kernel_stride >= in.c);
  for (size_t n = 0; n < in.n; n++) {
    for (size_t oy = 0; oy + kernel_h <= in.h; oy++) {
      for (size_t ox = 0; ox + kernel_w <= in.w; ox++) {
        double sum = 0;
        for (size_t ky = 0; ky < kernel_h; ky++) {
          tb_vec sums[2] = {tb_zero(), tb_zero()};
          for (size_t kx = 0; kx < kernel_w; kx++)
            tb_dot(x + ((n * in.h + oy + ky) * in.w + ox + kx) * in.pixel_stride,
                   kernel + (ky * kernel_w + kx) * kernel_stride, in.c, sums);
          sum += tb_sum(tb_add(sums[0], sums[1]));
        }
        *out++ = (float)(scale * sum);
      }
    }
  }
}
