/* Depth-wise convolution and correlation (../depthwise.h), written once over tb_vec: channels in vectors, up to eight output
 * pixels side by side, so that a tap is loaded once for all of them and as many chains of additions overlap. */

enum {
  TB_MOST_TOGETHER = 8,
  TB_MOST_SUMS = 12, /* vectors: pixels times vectors of channels */
  TB_CHANNELS_TOGETHER = 64, /* channels whose taps stay in the first cache along a row */
};

/* What a run of output pixels with the same taps reads; the channel is added to all of it. */
typedef struct tb_depthwise_run {
  const float *corner, *taps;       /* of the first pixel: the input under its first tap, and that tap */
  size_t height, width;             /* taps that lie inside the input */
  size_t row, pixel;                /* floats from one tap's input to the next one's, down and to the right */
  size_t kernel_row, kernel_stride; /* floats from one tap to the next, down and to the right */
  size_t step;                      /* floats from one output pixel's input to the next one's */
  const float *bias;
  tb_activation activation;
  float *out;
  size_t out_stride;
} tb_depthwise_run;

/* PIXELS side by side, VECTORS vectors of channels, which begin at channel c. WHOLE: no mask. */
static inline __attribute__((always_inline)) void tb_depthwise_pixels(const tb_depthwise_run *run, size_t c,
                                                                      const int PIXELS, const int VECTORS,
                                                                      const int WHOLE, tb_mask mask) {
  tb_vec sums[TB_MOST_SUMS];
#define TB_EACH                                                                 \
  _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS; v++)          \
      _Pragma("clang loop unroll(full)") for (int i = 0; i < PIXELS; i++)
#define TB_GET(from) (WHOLE ? tb_load(from) : tb_load_tail(from, mask))
  TB_EACH sums[v * PIXELS + i] = tb_zero();
  const size_t step = run->step;
  for (size_t ky = 0; ky < run->height; ky++) {
    const float *tap = run->taps + ky * run->kernel_row + c, *x = run->corner + ky * run->row + c;
    for (size_t kx = 0; kx < run->width; kx++, tap += run->kernel_stride, x += run->pixel) {
      tb_vec t[TB_MOST_TOGETHER];
#pragma clang loop unroll(full)
      for (int v = 0; v < VECTORS; v++) t[v] = TB_GET(tap + v * TB_LANES);
      TB_EACH sums[v * PIXELS + i] = tb_fma(t[v], TB_GET(x + i * step + v * TB_LANES), sums[v * PIXELS + i]);
    }
  }
  TB_EACH {
    const size_t channel = c + v * TB_LANES;
    float *out = run->out + i * run->out_stride + channel;
    tb_vec bias = run->bias ? TB_GET(run->bias + channel) : tb_all(-0.0f);
    tb_vec sum = tb_activated(tb_add(sums[v * PIXELS + i], bias), run->activation);
    if (WHOLE) {
      tb_store(out, sum);
    } else {
      tb_store_tail(out, mask, sum);
    }
  }
#undef TB_EACH
#undef TB_GET
}

/* Few pixels, as at the edges, make few chains of additions: several vectors side by side make more. */
#define TB_PIXELS(PIXELS, VECTORS)                                                                              \
  static void tb_depthwise_##PIXELS(const tb_depthwise_run *run, size_t first, size_t end) {                    \
    size_t c = first;                                                                                           \
    for (; VECTORS > 1 && c + VECTORS * TB_LANES <= end; c += VECTORS * TB_LANES)                               \
      tb_depthwise_pixels(run, c, PIXELS, VECTORS, 1, tb_tail(0));                                              \
    for (; c + TB_LANES <= end; c += TB_LANES) tb_depthwise_pixels(run, c, PIXELS, 1, 1, tb_tail(0));           \
    if (c < end) tb_depthwise_pixels(run, c, PIXELS, 1, 0, tb_tail(end - c));                                   \
  }
TB_PIXELS(1, 4)
TB_PIXELS(2, 4)
TB_PIXELS(3, 2)
TB_PIXELS(4, 2)
TB_PIXELS(5, 2)
TB_PIXELS(6, 2)
TB_PIXELS(7, 1)
TB_PIXELS(8, 1)

typedef void tb_depthwise_pixels_fn(const tb_depthwise_run *run, size_t first, size_t end);
static tb_depthwise_pixels_fn *const tb_depthwise_runs[TB_MOST_TOGETHER] = {
    tb_depthwise_1, tb_depthwise_2, tb_depthwise_3, tb_depthwise_4,
    tb_depthwise_5, tb_depthwise_6, tb_depthwise_7, tb_depthwise_8};

/* Begins to fetch what the row below will read for the first time: a few lines a pixel, too few for the hardware to follow. */
static inline void tb_depthwise_fetch(const tb_depthwise *job, size_t n, size_t oy, size_t first, size_t end) {
  const tb_slide window = job->window;
  const tb_shape in = job->in;
  for (size_t i = 1; i <= window.stride; i++) {
    size_t y = oy * window.stride + (window.kernel_h - 1) * window.dilation + i - window.padding; /* may wrap */
    if (y >= in.h) continue;
    const float *pixel = job->x + (n * in.h + y) * in.w * in.pixel_stride;
    for (size_t x = 0; x < in.w; x++, pixel += in.pixel_stride)
      for (size_t c = first; c < end; c += 16) __builtin_prefetch(pixel + c, 0, 2);
  }
}

/* How many output pixels from `o` on have the taps `inside`, at least 1; may reach beyond the output. */
static inline size_t tb_same_taps(size_t o, size_t extent, tb_taps inside, tb_slide window) {
  const size_t origin = o * window.stride, reach = extent + window.padding;
  if (inside.first == inside.end) return 1;
  /* The tap before the first one comes in when the origin is at its place, the last one leaves when it passes the edge. */
  size_t room = reach - 1 - origin - (inside.end - 1) * window.dilation;
  if (inside.first > 0) {
    const size_t entry = window.padding - (inside.first - 1) * window.dilation - origin - 1;
    if (entry < room) room = entry;
  }
  /* And the one behind the last must not come in: it lies beyond the far edge, where origins only move away from it. */
  return room / window.stride + 1;
}

/* `count` output pixels with the same taps, in pieces of nearly one size. */
static inline void tb_depthwise_pieces(tb_depthwise_run run, size_t count, size_t first, size_t end) {
  const size_t pieces = tb_parts(count, TB_MOST_TOGETHER);
  for (size_t piece = 0; piece < pieces; piece++) {
    const size_t together = count / pieces + (piece < count % pieces);
    tb_depthwise_runs[together - 1](&run, first, end);
    run.corner += together * run.step;
    run.out += together * run.out_stride;
  }
}

/* Channels first ..< end of `rows` output rows from `row` on, which have the same taps inside. */
static inline void tb_depthwise_band(const tb_depthwise *job, size_t row, size_t rows, size_t first, size_t end) {
  const tb_slide window = job->window;
  const tb_shape in = job->in;
  const size_t n = row / job->out_h, oy = row % job->out_h;
  const tb_taps ys = tb_inside(oy, in.h, window.kernel_h, window);
  const size_t row_step = window.stride * in.w * in.pixel_stride, row_out = job->out_w * job->out_stride;
  tb_depthwise_run run = {.row = in.w * in.pixel_stride * window.dilation,
                          .pixel = in.pixel_stride * window.dilation,
                          .height = ys.end - ys.first,
                          .kernel_row = window.kernel_w * job->kernel_stride,
                          .kernel_stride = job->kernel_stride,
                          .bias = job->bias,
                          .activation = job->activation};
  /* Runs of pixels with the same taps inside: all of them between the edges; at the edges, with dilation, several too. */
  for (size_t ox = 0, same; ox < job->out_w; ox += same) {
    const tb_taps xs = tb_inside(ox, in.w, window.kernel_w, window);
    same = tb_same_taps(ox, in.w, xs, window);
    if (same > job->out_w - ox) same = job->out_w - ox;
    run.width = xs.end - xs.first;
    run.taps = job->kernel + (ys.first * window.kernel_w + xs.first) * job->kernel_stride;
    /* An empty window has no corner to point at, and nothing is read from it. */
    const int empty = !run.height || !run.width;
    const float *corner = empty ? job->x : job->x + ((n * in.h + ys.start) * in.w + xs.start) * in.pixel_stride;
    float *out = job->out + row * row_out + ox * job->out_stride;
    /* At the edges more pixels share their taps below one another than side by side. */
    const int down = same < rows;
    const size_t along = window.stride * in.pixel_stride, lines = down ? same : rows;
    run.step = empty ? 0 : down ? row_step : along;
    run.out_stride = down ? row_out : job->out_stride;
    for (size_t line = 0; line < lines; line++) {
      if (!down && 2 * same > job->out_w) tb_depthwise_fetch(job, n, oy + line, first, end);
      run.corner = empty ? corner : corner + line * (down ? along : row_step);
      run.out = out + line * (down ? job->out_stride : row_out);
      tb_depthwise_pieces(run, down ? rows : same, first, end);
    }
  }
}

/* How many rows from `row` on, below `end`, lie in one image and have the same taps inside: at most TB_MOST_TOGETHER. */
static inline size_t tb_depthwise_rows_alike(const tb_depthwise *job, size_t row, size_t end) {
  const size_t oy = row % job->out_h;
  const tb_taps ys = tb_inside(oy, job->in.h, job->window.kernel_h, job->window);
  size_t same = tb_same_taps(oy, job->in.h, ys, job->window);
  if (same > job->out_h - oy) same = job->out_h - oy;
  if (same > end - row) same = end - row;
  /* Rather 6 and 6 than 8 and 4. */
  return tb_parts(same, tb_parts(same, TB_MOST_TOGETHER));
}

void TB_NAME(tb_depthwise_rows_f32)(const tb_depthwise *job, size_t first, size_t end) {
  const size_t channels = job->in.c;
  /* Rows innermost: with dilation, what two rows share lies several rows apart, and must still be near by then. */
  for (size_t c = 0; c < channels; c += TB_CHANNELS_TOGETHER)
    for (size_t row = first, rows; row < end; row += rows) {
      rows = tb_depthwise_rows_alike(job, row, end);
      tb_depthwise_band(job, row, rows, c, tb_smaller(c + TB_CHANNELS_TOGETHER, channels));
    }
}
