/* PNG through libpng, row by row into the caller's buffer. */

#include <setjmp.h>
#include <string.h>

#include <png.h>

#include "codecs.h"

enum { HEADER_BYTES = 8 + 8 + 13 + 4 };

static int channels(int colour_type) {
  switch (colour_type) {
    case PNG_COLOR_TYPE_GRAY: case PNG_COLOR_TYPE_PALETTE: return 1;
    case PNG_COLOR_TYPE_GRAY_ALPHA: return 2;
    case PNG_COLOR_TYPE_RGB: return 3;
    case PNG_COLOR_TYPE_RGB_ALPHA: return 4;
    default: return 0;
  }
}

static int depth_fits(int depth, int colour_type) {
  switch (depth) {
    case 1: case 2: case 4: return colour_type == PNG_COLOR_TYPE_GRAY || colour_type == PNG_COLOR_TYPE_PALETTE;
    case 8: return 1;
    case 16: return colour_type != PNG_COLOR_TYPE_PALETTE;
    default: return 0;
  }
}

/// The orientation in an eXIf chunk before the image data; later ones are found in whole files only.
static tb_codec_status read_orientation(const uint8_t *bytes, size_t count, int whole, int *orientation,
                                        tb_codec_text *why) {
  *orientation = 1;
  for (size_t at = HEADER_BYTES; at + 8 <= count;) {
    const uint64_t length = tb_be32(bytes + at);
    const uint8_t *type = bytes + at + 4;
    const uint64_t end = (uint64_t)at + 12 + length;
    if (memcmp(type, "IEND", 4) == 0 || (!whole && memcmp(type, "IDAT", 4) == 0)) return TB_CODEC_OK;
    if (memcmp(type, "eXIf", 4) == 0 && end <= count) {
      const int found = tb_exif_orientation(bytes + at + 8, (size_t)length);
      *orientation = found ? found : 1;
      return TB_CODEC_OK;
    }
    if (end > count) break;
    at = (size_t)end;
  }
  return whole ? TB_CODEC_OK : tb_refuse(why, TB_CODEC_NEEDS_MORE, "PNG data end before the picture");
}

tb_codec_status tb_png_read_header(const uint8_t *bytes, size_t count, int whole, tb_picture_header *header,
                                   tb_codec_text *why) {
  if (count < HEADER_BYTES) {
    return tb_refuse(why, whole ? TB_CODEC_DAMAGED : TB_CODEC_NEEDS_MORE,
                     "PNG data end inside the header, after %zu bytes", count);
  }
  if (tb_be32(bytes + 8) != 13 || memcmp(bytes + 12, "IHDR", 4) != 0) {
    return tb_refuse(why, TB_CODEC_DAMAGED, "is a PNG that does not begin with a header chunk");
  }
  const uint64_t width = tb_be32(bytes + 16), height = tb_be32(bytes + 20);
  const int depth = bytes[24], colour_type = bytes[25], interlace = bytes[28];
  const tb_codec_status size = tb_check_size(width, height, why);
  if (size != TB_CODEC_OK) return size;
  if (channels(colour_type) == 0 || !depth_fits(depth, colour_type)) {
    return tb_refuse(why, TB_CODEC_DAMAGED,
                     "is a PNG of colour type %d with %d bits per sample, which do not go together", colour_type,
                     depth);
  }
  if (bytes[26] != 0 || bytes[27] != 0 || interlace > 1) {
    return tb_refuse(why, TB_CODEC_DAMAGED, "is a PNG with unknown compression %d, filter %d or interlacing %d",
                     bytes[26], bytes[27], interlace);
  }
  if (whole) {
    // Deflate makes at most 1032 bytes of one.
    const uint64_t row = 1 + (width * (uint64_t)(channels(colour_type) * depth) + 7) / 8;
    if (height * row / 1032 > count) {
      return tb_refuse(why, TB_CODEC_TOO_LARGE, "declares %llu x %llu pixels, which a PNG of %zu bytes cannot hold",
                       (unsigned long long)width, (unsigned long long)height, count);
    }
  }
  header->format = TB_FORMAT_PNG;
  header->width = (uint32_t)width;
  header->height = (uint32_t)height;
  return read_orientation(bytes, count, whole, &header->orientation, why);
}

/// All that lives across a long jump: owned by the caller of the function that sets it, so that the jump leaves it
/// defined.
typedef struct {
  const uint8_t *bytes;
  size_t count, at;
  png_structp decoder;
  png_infop info;
  jmp_buf way_out;
  tb_codec_text *why;
  tb_codec_status status;
} reader;

static void stop(png_structp decoder, png_const_charp message) {
  reader *r = png_get_error_ptr(decoder);
  // A clearer word may already be there.
  if (r->status == TB_CODEC_OK) {
    r->status = tb_refuse(r->why, TB_CODEC_DAMAGED, "libpng cannot decode it: %s", message);
  }
  longjmp(r->way_out, 1);
}

/// libpng only warns of a wrong checksum of the decompressed data; the picture would be another than was written.
static void hear(png_structp decoder, png_const_charp message) {
  if (strstr(message, "data check")) png_error(decoder, message);
}

static void read_bytes(png_structp decoder, png_bytep to, size_t wanted) {
  reader *r = png_get_io_ptr(decoder);
  if (wanted > r->count - r->at) {
    r->status = tb_refuse(r->why, TB_CODEC_DAMAGED, "PNG data end early, after %zu bytes", r->count);
    png_error(decoder, "data end early");
  }
  memcpy(to, r->bytes + r->at, wanted);
  r->at += wanted;
}

static tb_codec_status decode(reader *r, uint32_t width, uint32_t height, uint8_t *pixels) {
  png_structp decoder = r->decoder;
  if (setjmp(r->way_out)) {
    png_destroy_read_struct(&r->decoder, &r->info, NULL);
    return r->status;
  }
  r->info = png_create_info_struct(decoder);
  if (!r->info) png_error(decoder, "no memory");
  png_set_read_fn(decoder, r, read_bytes);
  png_set_user_limits(decoder, width, height);
  // Profiles, texts and the like are stepped over, not unpacked: they cannot cost memory or change a pixel, so they may
  // be long.
  png_set_keep_unknown_chunks(decoder, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_set_chunk_malloc_max(decoder, 0);
  png_read_info(decoder, r->info);
  const int colour_type = png_get_color_type(decoder, r->info);
  if (colour_type == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(decoder);
  if (!(colour_type & PNG_COLOR_MASK_COLOR)) {
    png_set_expand_gray_1_2_4_to_8(decoder);
    png_set_gray_to_rgb(decoder);
  }
  png_set_strip_16(decoder);
  png_set_strip_alpha(decoder);
  const int passes = png_set_interlace_handling(decoder);
  png_read_update_info(decoder, r->info);
  const size_t row_bytes = (size_t)width * 3;
  if (png_get_image_width(decoder, r->info) != width || png_get_image_height(decoder, r->info) != height ||
      png_get_rowbytes(decoder, r->info) != row_bytes) {
    png_error(decoder, "rows of an unexpected length");
  }
  for (int pass = 0; pass < passes; pass++) {
    for (uint32_t y = 0; y < height; y++) {
      png_read_row(decoder, pixels + y * row_bytes, NULL);
    }
  }
  // The last chunk's checksum is only looked at when the next one is read.
  png_read_end(decoder, NULL);
  png_destroy_read_struct(&r->decoder, &r->info, NULL);
  return TB_CODEC_OK;
}

tb_codec_status tb_png_decode(const uint8_t *bytes, size_t count, const tb_picture_header *header, uint8_t *pixels,
                              tb_codec_text *why) {
  reader r = {.bytes = bytes, .count = count, .why = why, .status = TB_CODEC_OK};
  r.decoder = png_create_read_struct(PNG_LIBPNG_VER_STRING, &r, stop, hear);
  if (!r.decoder) return tb_refuse(why, TB_CODEC_UNSUPPORTED, "libpng does not start");
  return decode(&r, header->width, header->height, pixels);
}
