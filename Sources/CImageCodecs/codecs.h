#ifndef TB_CODECS_INTERNAL_H
#define TB_CODECS_INTERNAL_H

/* What the files of this target share. */

#include "include/CImageCodecs.h"

/// Writes the clause and returns the status, so that a refusal is one line.
tb_codec_status tb_refuse(tb_codec_text *why, tb_codec_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/// Both sides at least 1 and within the pixel limit.
tb_codec_status tb_check_size(uint64_t width, uint64_t height, tb_codec_text *why);

/// The orientation (1 ... 8) in a TIFF block, the content of an EXIF segment behind "Exif\0\0"; 0 where there is none.
int tb_exif_orientation(const uint8_t *tiff, size_t count);

/// The structure of a JPEG file, read without decoding.
typedef struct {
  uint32_t width, height;
  int components;       // 0 before a frame header
  int progressive;
  int orientation;      // 1 ... 8
  uint64_t least_bits;  // no entropy-coded data of this size and kind are shorter
  int scans;
  int has_end;          // the end marker is there
} tb_jpeg_outline;

/// With whole = 0 it stops at the first scan; with whole = 1 it walks all scans to the end and checks that none is
/// missing.
tb_codec_status tb_jpeg_read_outline(const uint8_t *bytes, size_t count, int whole, tb_jpeg_outline *outline,
                                     tb_codec_text *why);

tb_codec_status tb_jpeg_decode(const uint8_t *bytes, size_t count, const tb_picture_header *header, uint8_t *pixels,
                               tb_codec_text *why);

tb_codec_status tb_png_read_header(const uint8_t *bytes, size_t count, int whole, tb_picture_header *header,
                                   tb_codec_text *why);

tb_codec_status tb_png_decode(const uint8_t *bytes, size_t count, const tb_picture_header *header, uint8_t *pixels,
                              tb_codec_text *why);

static inline uint32_t tb_be16(const uint8_t *p) { return (uint32_t)p[0] << 8 | p[1]; }

static inline uint32_t tb_be32(const uint8_t *p) { return tb_be16(p) << 16 | tb_be16(p + 2); }

#endif
