/* JPEG through libjpeg(-turbo), with a source that never asks for more and a strict ear for its warnings. */

#include <setjmp.h>
#include <stdio.h>  // jpeglib.h wants FILE

#include <jpeglib.h>

#include <jerror.h>

#include "codecs.h"

/// What libjpeg may take besides the picture: the coefficients of the largest progressive file that is accepted.
static const long memory_limit = 1L << 29;

/// A scan costs a pass over the picture, however few its bytes: beyond these no encoder goes, and a file may not make
/// us work.
static const int scan_limit = 1000;
static const uint64_t scanned_pixel_limit = (uint64_t)1 << 31;

/// All that lives across a long jump: owned by the caller of the function that sets it, so that the jump leaves it
/// defined.
typedef struct {
  struct jpeg_error_mgr base;  // first, so that libjpeg's pointer is ours
  struct jpeg_decompress_struct decoder;
  struct jpeg_source_mgr source;
  jmp_buf way_out;
  tb_codec_text *why;
  tb_codec_status status;
} session;

/// libjpeg calls this where it cannot go on, and expects it not to return.
static void stop(j_common_ptr decoder) {
  session *s = (session *)(void *)decoder->err;
  char message[JMSG_LENGTH_MAX];
  s->base.format_message(decoder, message);
  const int memory = s->base.msg_code == JERR_OUT_OF_MEMORY || s->base.msg_code == JERR_NO_BACKING_STORE;
  s->status = tb_refuse(s->why, memory ? TB_CODEC_TOO_LARGE : TB_CODEC_DAMAGED, "libjpeg cannot decode it: %s",
                        message);
  longjmp(s->way_out, 1);
}

/// Warnings after which samples are invented end the decoding; the others (unknown JFIF version, padding before a
/// marker) leave the picture as it is.
static void hear(j_common_ptr decoder, int level) {
  session *s = (session *)(void *)decoder->err;
  if (level >= 0) return;  // a trace, not a warning
  const char *cause;
  switch (s->base.msg_code) {
    case JWRN_HIT_MARKER: cause = "JPEG data end inside a scan"; break;
    case JWRN_HUFF_BAD_CODE: cause = "JPEG data are damaged: an impossible Huffman code"; break;
    case JWRN_MUST_RESYNC: cause = "JPEG data are damaged: a restart marker is missing"; break;
    case JWRN_BOGUS_PROGRESSION: cause = "JPEG data are damaged: a scan of a progressive picture is missing"; break;
    default: return;
  }
  s->status = tb_refuse(s->why, TB_CODEC_DAMAGED, "%s", cause);
  longjmp(s->way_out, 1);
}

static void say_nothing(j_common_ptr decoder) { (void)decoder; }

static void ignore_source(j_decompress_ptr decoder) { (void)decoder; }

/// At the end of the bytes libjpeg is told that the picture ends: whether that came inside a scan it warns of itself.
static boolean feed_end_marker(j_decompress_ptr decoder) {
  static const JOCTET end_marker[2] = {0xFF, JPEG_EOI};
  decoder->src->next_input_byte = end_marker;
  decoder->src->bytes_in_buffer = sizeof end_marker;
  return TRUE;
}

static void skip(j_decompress_ptr decoder, long count) {
  struct jpeg_source_mgr *source = decoder->src;
  if (count <= 0) return;
  if ((size_t)count > source->bytes_in_buffer) {
    feed_end_marker(decoder);
  } else {
    source->next_input_byte += count;
    source->bytes_in_buffer -= (size_t)count;
  }
}

/// Whether some coefficient of a progressive picture was never brought to its full precision.
static int is_unfinished(const struct jpeg_decompress_struct *decoder) {
  if (!decoder->progressive_mode || decoder->coef_bits == NULL) return 0;
  for (int c = 0; c < decoder->num_components; c++) {
    for (int k = 0; k < DCTSIZE2; k++) {
      if (decoder->coef_bits[c][k] != 0) return 1;
    }
  }
  return 0;
}

static tb_codec_status decode(session *s, const uint8_t *bytes, size_t count, const tb_jpeg_outline *outline,
                              uint8_t *pixels) {
  struct jpeg_decompress_struct *decoder = &s->decoder;
  if (setjmp(s->way_out)) {
    jpeg_destroy_decompress(decoder);
    return s->status;
  }
  jpeg_create_decompress(decoder);
  decoder->mem->max_memory_to_use = memory_limit;
  s->source = (struct jpeg_source_mgr){
      .next_input_byte = bytes,
      .bytes_in_buffer = count,
      .init_source = ignore_source,
      .fill_input_buffer = feed_end_marker,
      .skip_input_data = skip,
      .resync_to_restart = jpeg_resync_to_restart,
      .term_source = ignore_source,
  };
  decoder->src = &s->source;
  jpeg_read_header(decoder, TRUE);
  decoder->out_color_space = JCS_RGB;
  decoder->dct_method = JDCT_ISLOW;
  decoder->do_fancy_upsampling = TRUE;
  jpeg_start_decompress(decoder);
  if (decoder->output_width != outline->width || decoder->output_height != outline->height ||
      decoder->output_components != 3) {
    s->status = tb_refuse(s->why, TB_CODEC_DAMAGED, "libjpeg reads another size than the JPEG declares");
    longjmp(s->way_out, 1);
  }
  // Without an end marker nothing says that the last scan is the last one, so the picture has to be complete.
  if (!outline->has_end && is_unfinished(decoder)) {
    s->status = tb_refuse(s->why, TB_CODEC_DAMAGED, "JPEG data end before the last scan");
    longjmp(s->way_out, 1);
  }
  while (decoder->output_scanline < decoder->output_height) {
    JSAMPROW row = pixels + (size_t)decoder->output_scanline * outline->width * 3;
    jpeg_read_scanlines(decoder, &row, 1);
  }
  jpeg_finish_decompress(decoder);
  jpeg_destroy_decompress(decoder);
  return TB_CODEC_OK;
}

tb_codec_status tb_jpeg_decode(const uint8_t *bytes, size_t count, const tb_picture_header *header, uint8_t *pixels,
                               tb_codec_text *why) {
  tb_jpeg_outline outline;
  const tb_codec_status checked = tb_jpeg_read_outline(bytes, count, 1, &outline, why);
  if (checked != TB_CODEC_OK) return checked;
  if (outline.width != header->width || outline.height != header->height) {
    return tb_refuse(why, TB_CODEC_DAMAGED, "the header belongs to another picture");
  }
  const uint64_t area = (uint64_t)outline.width * outline.height;
  if (outline.scans > scan_limit || (uint64_t)outline.scans * area > scanned_pixel_limit) {
    return tb_refuse(why, TB_CODEC_DAMAGED, "is a JPEG of %d scans, more than any encoder makes of %u x %u pixels",
                     outline.scans, outline.width, outline.height);
  }
  session s = {.why = why, .status = TB_CODEC_OK};
  s.decoder.err = jpeg_std_error(&s.base);
  s.base.error_exit = stop;
  s.base.emit_message = hear;
  s.base.output_message = say_nothing;
  return decode(&s, bytes, count, &outline, pixels);
}
