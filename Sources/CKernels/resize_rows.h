#ifndef TB_RESIZE_ROWS_H
#define TB_RESIZE_ROWS_H

/* The two inner passes of the bilinear resize, as a table so that each processor gets its own. Internal to the
 * target. */

#include <stdint.h>

/// Target columns worked on at a time: all scratch lies on the stack, whatever the sizes.
enum { TB_TILE = 256 };

/// A row buffer holds a tile's values and what a vector store may write past them.
enum { TB_TILE_VALUES = 3 * TB_TILE + 32 };

/// Both neighbours of a column lie side by side in the picture: where, and their 11-bit weights.
typedef struct {
  int64_t offset[TB_TILE];       // bytes from the start of the picture's row to the first neighbour
  int16_t weights[2 * TB_TILE];  // first, second
} tb_columns;

typedef struct {
  /// Columns begin ..< end: values[3 * d + c] = (first * w0 + second * w1) >> 4. Reads nothing
  /// beyond the row's `line_bytes`; may write up to 2 values past the last column.
  void (*across)(const uint8_t *line, int64_t line_bytes, const tb_columns *columns, int64_t begin, int64_t end,
                 int16_t *values);
  /// out[i] = (((b0 * upper[i]) >> 16) + ((b1 * lower[i]) >> 16) + 2) >> 2 for i in 0 ..< count.
  void (*down)(const int16_t *upper, const int16_t *lower, int32_t b0, int32_t b1, int64_t count, uint8_t *out);
} tb_row_passes;

extern const tb_row_passes tb_row_passes_portable;
#if defined(__x86_64__)
extern const tb_row_passes tb_row_passes_avx2;
#endif

#endif
