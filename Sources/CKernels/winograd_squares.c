#include "winograd_layer.h"

void tb_list_squares(const tb_winograd_layer *layer) {
  size_t step = layer->filters.window.dilation, span = step * layer->form.outputs;
  tb_square *next = layer->squares;
  for (uint32_t n = 0; n < layer->in.n; n++)
    for (size_t py = 0; py < step && py < layer->out_h; py++)
      for (size_t px = 0; px < step && px < layer->out_w; px++)
        for (size_t y = py; y < layer->out_h; y += span)
          for (size_t x = px; x < layer->out_w; x += span) *next++ = (tb_square){n, (uint32_t)y, (uint32_t)x};
}

/* Where the input of a square lies; begins to fetch it. */
static void find_pixels(const tb_winograd_layer *w, tb_square t, size_t channel, const float **pixels) {
  size_t side = tb_winograd_points(w->form), pixel = w->in.pixel_stride;
  tb_slide window = w->filters.window;
  const float *image = w->x + t.image * w->in.h * w->in.w * pixel + channel;
  for (size_t row = 0; row < side; row++) {
    size_t y = t.oy + row * window.dilation - window.padding; /* wraps when negative */
    for (size_t column = 0; column < side; column++) {
      size_t x = t.ox + column * window.dilation - window.padding;
      int inside = y < w->in.h && x < w->in.w;
      const float *place = inside ? image + (y * w->in.w + x) * pixel : tb_zeros;
      __builtin_prefetch(place, 0, 3);
      __builtin_prefetch(place + 16, 0, 3);
      pixels[row * side + column] = place;
    }
  }
}

void tb_gather_squares(const tb_winograd_layer *w, size_t first, size_t count, size_t channel, size_t channels,
                       tb_planes v) {
  const float *pixels[2][64];
  if (count > 0) find_pixels(w, w->squares[first], channel, pixels[0]);
  for (size_t i = 0; i < count; i++) {
    if (i + 1 < count) find_pixels(w, w->squares[first + i + 1], channel, pixels[(i + 1) % 2]);
    w->gather(&(tb_winograd_gather){.points = tb_winograd_points(w->form),
                                    .channels = channels,
                                    .pixels = pixels[i % 2],
                                    .planes = v.first + i * v.row,
                                    .plane_stride = v.plane});
  }
}

static size_t outputs_along(const tb_winograd_layer *w, size_t left) {
  return tb_smaller(w->form.outputs, tb_parts(left, w->filters.window.dilation));
}

/* Begins to fetch where the outputs of a square go. */
static void fetch_outputs(const tb_winograd_layer *w, tb_square t, size_t channel) {
  size_t step = w->filters.window.dilation, height = outputs_along(w, w->out_h - t.oy);
  size_t width = outputs_along(w, w->out_w - t.ox);
  const float *out = w->out + ((t.image * w->out_h + t.oy) * w->out_w + t.ox) * w->out_stride + channel;
  for (size_t y = 0; y < height; y++)
    for (size_t x = 0; x < width; x++) __builtin_prefetch(out + (y * w->out_w + x) * step * w->out_stride, 1, 3);
}

void tb_scatter_squares(const tb_winograd_layer *w, size_t first, size_t count, size_t channel, size_t channels,
                        tb_planes m) {
  size_t step = w->filters.window.dilation;
  tb_finish f = w->finish;
  for (size_t i = 0; i < count; i++) {
    tb_square t = w->squares[first + i];
    if (i + 1 < count) fetch_outputs(w, w->squares[first + i + 1], channel);
    size_t pixel = (t.image * w->out_h + t.oy) * w->out_w + t.ox;
    w->scatter(&(tb_winograd_scatter){
        .form = w->form,
        .channels = channels,
        .planes = m.first + i * m.row,
        .plane_stride = m.plane,
        .height = outputs_along(w, w->out_h - t.oy),
        .width = outputs_along(w, w->out_w - t.ox),
        .out = w->out + pixel * w->out_stride + channel,
        .row_stride = step * w->out_w * w->out_stride,
        .pixel_stride = step * w->out_stride,
        .bias = f.bias ? f.bias + channel : NULL,
        .residual = f.residual ? f.residual + pixel * f.residual_stride + channel : NULL,
        .residual_row_stride = step * w->out_w * f.residual_stride,
        .residual_pixel_stride = step * f.residual_stride,
        .activation = f.activation,
    });
  }
}
