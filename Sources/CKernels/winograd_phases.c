#include <string.h>

#include "winograd_layer.h"

tb_filters tb_unit_filters(tb_winograd_form form, tb_filters f) {
  if (f.window.stride > 1) f.window = (tb_slide){form.taps, form.taps, 1, 0, 1};
  return f;
}

tb_shape tb_unit_shape(tb_winograd_form form, tb_shape in, tb_filters f) {
  tb_slide w = f.window;
  if (w.stride == 1) return in;
  size_t c = tb_unit_channels(in.c, f), overlap = form.taps - 1;
  return (tb_shape){.n = in.n,
                    .h = tb_slides(in.h, w.kernel_h, w.stride, w.padding, 1) + overlap,
                    .w = tb_slides(in.w, w.kernel_w, w.stride, w.padding, 1) + overlap,
                    .c = c,
                    .pixel_stride = tb_round_up(c, 16)};
}

typedef struct phases {
  const float *x;
  tb_shape in, unit;
  size_t stride, padding;
  float *out;
} phases;

/* One row of one image. */
static void write_row(void *context, size_t task, size_t worker) {
  (void)worker;
  const phases *p = context;
  const float *image = p->x + task / p->unit.h * p->in.h * p->in.w * p->in.pixel_stride;
  float *out = p->out + task * p->unit.w * p->unit.pixel_stride;
  size_t bytes = p->in.c * sizeof(float);
  for (size_t column = 0; column < p->unit.w; column++, out += p->unit.pixel_stride) {
    float *place = out;
    for (size_t py = 0; py < p->stride; py++) {
      size_t y = task % p->unit.h * p->stride + py - p->padding; /* wraps when negative */
      for (size_t px = 0; px < p->stride; px++, place += p->in.c) {
        size_t x = column * p->stride + px - p->padding;
        if (y < p->in.h && x < p->in.w) {
          memcpy(place, image + (y * p->in.w + x) * p->in.pixel_stride, bytes);
        } else {
          memset(place, 0, bytes);
        }
      }
    }
  }
}

void tb_unit_input(tb_pool *pool, const float *x, tb_shape in, tb_filters f, float *out, tb_shape unit) {
  phases p = {x, in, unit, f.window.stride, f.window.padding, out};
  tb_pool_run(pool, unit.n * unit.h, write_row, &p);
}
