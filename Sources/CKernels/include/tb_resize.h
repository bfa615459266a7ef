#ifndef TB_RESIZE_H
#define TB_RESIZE_H

/* Resizing and cropping, bit for bit as OpenCV's cv2.resize does it.
 *
 * Nothing here allocates, keeps state or reads outside the buffers it is given; every function is safe from any thread.
 * Floating point is never contracted to fused multiply-adds: the results are the same on every processor. */

#include <stddef.h>
#include <stdint.h>

/// A rectangle of a picture, which may lie partly or wholly outside of it.
///
/// pixels: height x width x 3 bytes, rows from the top, no padding; width, height >= 1.
/// left, top: the rectangle's first column and row in the picture, any value.
/// columns, rows: its size, 1 ... 2^62: time and memory depend on the size of the result, not on these.
/// border: the colour of what lies outside the picture.
typedef struct {
  const uint8_t *pixels;
  int64_t width, height;
  int64_t left, top;
  int64_t columns, rows;
  uint8_t border[3];
} tb_window;

/// Bilinear resize of a window to out_width x out_height x 3 bytes: cv2.resize with INTER_LINEAR, of the window as if
/// it had been cut out first.
///
/// Equal sizes copy; exactly 2:1 along both axes is the 2 x 2 box filter; otherwise 11-bit weights, independently
/// rounded half to even, and OpenCV's truncating vertical pass. Requires out_width, out_height >= 1. Uses about
/// 12 KiB of stack.
void tb_resize_linear_u8x3(const tb_window *window, uint8_t *out, int64_t out_width, int64_t out_height);

/// The same, pixel by pixel from the definition: what the fast versions are tested against.
void tb_resize_linear_u8x3__plain(const tb_window *window, uint8_t *out, int64_t out_width, int64_t out_height);

/// The same with the row passes left to the compiler; what machines without AVX2 run.
void tb_resize_linear_u8x3__portable(const tb_window *window, uint8_t *out, int64_t out_width, int64_t out_height);

/// Bicubic resize (A = -0.75) of a map of width x height floats to out_width x out_height: cv2.resize with INTER_CUBIC,
/// without IPP. Equal sizes copy. All sizes >= 1; NaN and infinity spread as the sums have it; `out` must not overlap
/// `map`.
void tb_resize_cubic_f32(const float *map, int64_t width, int64_t height, float *out, int64_t out_width,
                         int64_t out_height);

/// The same, value by value from the definition.
void tb_resize_cubic_f32__plain(const float *map, int64_t width, int64_t height, float *out, int64_t out_width,
                                int64_t out_height);

/// Sum of each channel over `count` pixels of 3 bytes; exact for any picture that fits memory.
void tb_channel_sums_u8x3(const uint8_t *pixels, int64_t count, uint64_t sums[3]);

#endif
