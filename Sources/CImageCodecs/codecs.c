/* The doors of the target: which format, which decoder. */

#include "codecs.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

tb_codec_status tb_refuse(tb_codec_text *why, tb_codec_status status, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(why->text, sizeof why->text, format, arguments);
  va_end(arguments);
  return status;
}

tb_codec_status tb_check_size(uint64_t width, uint64_t height, tb_codec_text *why) {
  if (width == 0 || height == 0) {
    return tb_refuse(why, TB_CODEC_DAMAGED, "declares %llu x %llu pixels, expected at least 1 x 1",
                     (unsigned long long)width, (unsigned long long)height);
  }
  if (width > TB_CODEC_PIXEL_LIMIT || height > TB_CODEC_PIXEL_LIMIT || width * height > TB_CODEC_PIXEL_LIMIT) {
    return tb_refuse(why, TB_CODEC_TOO_LARGE, "declares %llu x %llu pixels, more than the %llu that are accepted",
                     (unsigned long long)width, (unsigned long long)height, (unsigned long long)TB_CODEC_PIXEL_LIMIT);
  }
  return TB_CODEC_OK;
}

static const uint8_t png_signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
static const uint8_t jpeg_signature[3] = {0xFF, 0xD8, 0xFF};

static int begins_with(const uint8_t *bytes, size_t count, const uint8_t *signature, size_t length) {
  return memcmp(bytes, signature, count < length ? count : length) == 0;
}

tb_codec_status tb_read_header(const uint8_t *bytes, size_t count, int whole, tb_picture_header *header,
                               tb_codec_text *why) {
  const int png = count > 0 && begins_with(bytes, count, png_signature, sizeof png_signature);
  const int jpeg = count > 0 && begins_with(bytes, count, jpeg_signature, sizeof jpeg_signature);
  memset(header, 0, sizeof *header);
  why->text[0] = 0;
  if (png && count >= sizeof png_signature) {
    return tb_png_read_header(bytes, count, whole, header, why);
  }
  if (jpeg && count >= sizeof jpeg_signature) {
    tb_jpeg_outline outline;
    const tb_codec_status status = tb_jpeg_read_outline(bytes, count, whole, &outline, why);
    if (status != TB_CODEC_OK) return status;
    *header = (tb_picture_header){TB_FORMAT_JPEG, outline.width, outline.height, outline.orientation};
    return TB_CODEC_OK;
  }
  if ((png || jpeg || count == 0) && !whole) {
    return tb_refuse(why, TB_CODEC_NEEDS_MORE, "ends inside the signature");
  }
  if (png || jpeg) return tb_refuse(why, TB_CODEC_DAMAGED, "ends inside the signature, after %zu bytes", count);
  return tb_refuse(why, TB_CODEC_NOT_A_PICTURE, "expected a JPEG or PNG picture");
}

tb_codec_status tb_decode(const uint8_t *bytes, size_t count, const tb_picture_header *header, uint8_t *pixels,
                          tb_codec_text *why) {
  why->text[0] = 0;
  switch (header->format) {
    case TB_FORMAT_JPEG: return tb_jpeg_decode(bytes, count, header, pixels, why);
    case TB_FORMAT_PNG: return tb_png_decode(bytes, count, header, pixels, why);
  }
  return tb_refuse(why, TB_CODEC_NOT_A_PICTURE, "expected a JPEG or PNG picture");
}

void tb_orient(const uint8_t *stored, uint32_t width, uint32_t height, int orientation, uint8_t *upright) {
  // Where the pixel to the right and the pixel below come from, and where the first one does.
  ptrdiff_t right = 1, down = width, first = 0;
  const ptrdiff_t last_column = (ptrdiff_t)width - 1, last_row = (ptrdiff_t)(height - 1) * (ptrdiff_t)width;
  switch (orientation) {
    case 2: first = last_column, right = -1; break;
    case 3: first = last_row + last_column, right = -1, down = -(ptrdiff_t)width; break;
    case 4: first = last_row, down = -(ptrdiff_t)width; break;
    case 5: right = width, down = 1; break;
    case 6: first = last_row, right = -(ptrdiff_t)width, down = 1; break;
    case 7: first = last_row + last_column, right = -(ptrdiff_t)width, down = -1; break;
    case 8: first = last_column, right = width, down = -1; break;
    default: break;
  }
  const uint32_t columns = orientation >= 5 ? height : width, rows = orientation >= 5 ? width : height;
  for (uint32_t y = 0; y < rows; y++) {
    ptrdiff_t from = first + (ptrdiff_t)y * down;
    for (uint32_t x = 0; x < columns; x++, from += right, upright += 3) {
      memcpy(upright, stored + 3 * from, 3);
    }
  }
}
