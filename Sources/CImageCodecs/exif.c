/* The one number of EXIF that changes pixels. */

#include "codecs.h"

int tb_exif_orientation(const uint8_t *tiff, size_t count) {
  if (count < 8) return 0;
  int big;
  if (tiff[0] == 'I' && tiff[1] == 'I' && tiff[2] == 42 && tiff[3] == 0) {
    big = 0;
  } else if (tiff[0] == 'M' && tiff[1] == 'M' && tiff[2] == 0 && tiff[3] == 42) {
    big = 1;
  } else {
    return 0;
  }
#define U16(p) (big ? tb_be16(p) : (uint32_t)(p)[1] << 8 | (p)[0])
  const uint8_t *o = tiff + 4;
  const uint32_t directory = big ? tb_be32(o) : (U16(o + 2) << 16 | U16(o));
  if (directory > count - 2) return 0;
  const uint32_t entries = U16(tiff + directory);
  for (uint32_t i = 0; i < entries; i++) {
    const size_t at = (size_t)directory + 2 + (size_t)i * 12;
    if (at + 12 > count) return 0;
    if (U16(tiff + at) == 0x0112) {
      const uint32_t value = U16(tiff + at + 8);
      return value >= 1 && value <= 8 ? (int)value : 0;
    }
  }
  return 0;
#undef U16
}
