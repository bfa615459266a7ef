#include "include/tb_resize.h"

void tb_resize_linear_u8x3(const tb_window *w, uint8_t *out, int64_t out_width, int64_t out_height) {
  tb_resize_linear_u8x3__plain(w, out, out_width, out_height);
}

void tb_resize_linear_u8x3__portable(const tb_window *w, uint8_t *out, int64_t out_width, int64_t out_height) {
  tb_resize_linear_u8x3__plain(w, out, out_width, out_height);
}

void tb_resize_cubic_f32(const float *map, int64_t width, int64_t height, float *out, int64_t out_width,
                         int64_t out_height) {
  tb_resize_cubic_f32__plain(map, width, height, out, out_width, out_height);
}

void tb_channel_sums_u8x3(const uint8_t *pixels, int64_t count, uint64_t sums[3]) {
  uint64_t red = 0, green = 0, blue = 0;
  for (int64_t i = 0; i < count; i++) {
    red += pixels[3 * i];
    green += pixels[3 * i + 1];
    blue += pixels[3 * i + 2];
  }
  sums[0] = red;
  sums[1] = green;
  sums[2] = blue;
}
