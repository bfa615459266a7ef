/* PNG files of 8-bit RGB, with nothing in them that could differ between two runs. */

#include <setjmp.h>
#include <string.h>

#include <png.h>

#include "codecs.h"

/// All that lives across a long jump: owned by the caller of the function that sets it, so that the jump leaves it
/// defined.
typedef struct {
  uint8_t *out;
  size_t capacity, at;
  png_structp encoder;
  png_infop info;
  jmp_buf way_out;
  tb_codec_text *why;
} writer;

static void stop(png_structp encoder, png_const_charp message) {
  writer *w = png_get_error_ptr(encoder);
  tb_refuse(w->why, TB_CODEC_UNSUPPORTED, "libpng cannot write it: %s", message);
  longjmp(w->way_out, 1);
}

static void hear(png_structp encoder, png_const_charp message) { (void)encoder, (void)message; }

static void write_bytes(png_structp encoder, png_bytep from, size_t count) {
  writer *w = png_get_io_ptr(encoder);
  if (count > w->capacity - w->at) png_error(encoder, "the buffer is too small");
  memcpy(w->out + w->at, from, count);
  w->at += count;
}

static void flush(png_structp encoder) { (void)encoder; }

size_t tb_png_bound(uint64_t width, uint64_t height) {
  tb_codec_text ignored;
  if (tb_check_size(width, height, &ignored) != TB_CODEC_OK) return 0;
  const uint64_t raw = height * (1 + 3 * width);
  // Deflate adds at most 5 bytes per 16 KiB it cannot shorten, and a chunk of 8 KiB has a frame of 12: both are well
  // below 1 in 64.
  return (size_t)(raw + raw / 64 + 4096);
}

static tb_codec_status encode(writer *w, const uint8_t *pixels, uint32_t width, uint32_t height) {
  png_structp encoder = w->encoder;
  if (setjmp(w->way_out)) {
    png_destroy_write_struct(&w->encoder, &w->info);
    return TB_CODEC_UNSUPPORTED;
  }
  w->info = png_create_info_struct(encoder);
  if (!w->info) png_error(encoder, "no memory");
  png_set_write_fn(encoder, w, write_bytes, flush);
  png_set_user_limits(encoder, width, height);
  png_set_IHDR(encoder, w->info, width, height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  png_set_compression_level(encoder, 6);
  png_set_compression_mem_level(encoder, 8);
  png_set_filter(encoder, PNG_FILTER_TYPE_BASE, PNG_FILTER_SUB | PNG_FILTER_UP);
  png_write_info(encoder, w->info);
  for (uint32_t y = 0; y < height; y++) {
    png_write_row(encoder, pixels + (size_t)y * width * 3);
  }
  png_write_end(encoder, NULL);
  png_destroy_write_struct(&w->encoder, &w->info);
  return TB_CODEC_OK;
}

tb_codec_status tb_encode_png(const uint8_t *pixels, uint32_t width, uint32_t height, uint8_t *out, size_t capacity,
                              size_t *written, tb_codec_text *why) {
  *written = 0;
  why->text[0] = 0;
  const tb_codec_status size = tb_check_size(width, height, why);
  if (size != TB_CODEC_OK) return size;
  writer w = {.out = out, .capacity = capacity, .why = why};
  w.encoder = png_create_write_struct(PNG_LIBPNG_VER_STRING, &w, stop, hear);
  if (!w.encoder) return tb_refuse(why, TB_CODEC_UNSUPPORTED, "libpng does not start");
  const tb_codec_status status = encode(&w, pixels, width, height);
  if (status == TB_CODEC_OK) *written = w.at;
  return status;
}
