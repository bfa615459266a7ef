#ifndef TB_SHAPE_H
#define TB_SHAPE_H

#include <stddef.h>

/// Activations lie as [n][y][x][c]: pixels one after the other, `pixel_stride` floats apart, each with `c` channels at
/// its beginning. What lies between c and pixel_stride is nobody's: no kernel reads a meaning into it or writes to it.
typedef struct tb_shape {
  size_t n;            /* images */
  size_t h;            /* rows */
  size_t w;            /* columns */
  size_t c;            /* channels */
  size_t pixel_stride; /* floats from one pixel to the next, >= c */
} tb_shape;

/// A window that slides over rows and columns alike.
typedef struct tb_slide {
  size_t kernel_h; /* taps per column, >= 1 */
  size_t kernel_w; /* taps per row, >= 1 */
  size_t stride;   /* pixels between windows, >= 1 */
  size_t padding;  /* pixels of padding on each of the four sides */
  size_t dilation; /* pixels between taps, >= 1 */
} tb_slide;

/// Windows that fit along one axis: floor((extent + 2 padding - dilation (kernel - 1) - 1) / stride) + 1, 0 where none
/// does.
static inline size_t tb_slides(size_t extent, size_t kernel, size_t stride, size_t padding, size_t dilation) {
  size_t padded = extent + 2 * padding;
  size_t span = dilation * (kernel - 1) + 1;
  return padded < span ? 0 : (padded - span) / stride + 1;
}

#endif
