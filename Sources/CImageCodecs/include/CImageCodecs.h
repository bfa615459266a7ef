#ifndef TB_CIMAGECODECS_H
#define TB_CIMAGECODECS_H

/* JPEG and PNG through libjpeg-turbo and libpng, kept behind five functions.
 *
 *     tb_picture_header header; tb_codec_text why;
 *     if (tb_read_header(bytes, count, 1, &header, &why) == TB_CODEC_OK) {
 *       // take header.width * header.height * 3 bytes, then
 *       if (tb_decode(bytes, count, &header, pixels, &why) == TB_CODEC_OK) ...
 *     }
 *
 * No global state: every function is safe from any thread. The libraries' long jumps never leave this target. What the
 * libraries allocate is freed before a function returns. Pictures are bytes R, G, B, rows from the top, no padding. */

#include <stddef.h>
#include <stdint.h>

/// Pictures of more pixels than this are refused before any memory is taken (8192 x 8192).
#define TB_CODEC_PIXEL_LIMIT 67108864u

typedef enum {
  TB_CODEC_OK = 0,
  TB_CODEC_NOT_A_PICTURE,  // the signature is neither JPEG's nor PNG's
  TB_CODEC_UNSUPPORTED,    // a kind of JPEG or PNG that is refused on purpose
  TB_CODEC_TOO_LARGE,      // more pixels than the limit, or than this many bytes can hold
  TB_CODEC_DAMAGED,        // ends early or breaks the format's rules
  TB_CODEC_NEEDS_MORE,     // only for a part of a file: the header lies beyond it
} tb_codec_status;

/// One clause in English that says what is wrong, zero-terminated.
typedef struct {
  char text[200];
} tb_codec_text;

typedef enum { TB_FORMAT_JPEG = 1, TB_FORMAT_PNG = 2 } tb_picture_format;

/// width, height: as stored, before the orientation is applied; at least 1, their product within the limit.
/// orientation: EXIF's 1 ... 8, 1 where there is none or an undefined one; 5 to 8 exchange width and height.
typedef struct {
  tb_picture_format format;
  uint32_t width, height;
  int orientation;
} tb_picture_header;

/// What a file declares. Decodes nothing and takes no memory.
///
/// bytes, count: the file, or (whole = 0) its beginning, however short; then TB_CODEC_NEEDS_MORE asks for more of it.
/// With whole = 1 the number of bytes is also held against the declared size.
tb_codec_status tb_read_header(const uint8_t *bytes, size_t count, int whole, tb_picture_header *header,
                               tb_codec_text *why);

/// Decodes a whole file into `pixels`, header.width * header.height * 3 bytes as stored (see tb_orient).
///
/// JPEG: baseline, extended and progressive Huffman, 8 bits, 1 or 3 components; the accurate integer transform and
/// triangle upsampling, libjpeg's defaults. PNG: every colour type and depth; 16 bits keep the high byte; alpha is
/// dropped, gamma and profiles are ignored. Refused: data that end early (a JPEG's missing end marker alone is
/// forgiven), entropy data that do not decode, wrong checksums, and progressive files of more scans than any encoder
/// makes. On failure `pixels` holds rubbish.
tb_codec_status tb_decode(const uint8_t *bytes, size_t count, const tb_picture_header *header, uint8_t *pixels,
                          tb_codec_text *why);

/// Turns a stored picture of width x height upright: `upright` is width x height (orientation 1 to 4) or height x width
/// (5 to 8) pixels and must not overlap `stored`.
void tb_orient(const uint8_t *stored, uint32_t width, uint32_t height, int orientation, uint8_t *upright);

/// Enough bytes for any picture of width x height as PNG; 0 where that is beyond the limits (sides of 1 ... 2^31 - 1,
/// the pixel limit).
size_t tb_png_bound(uint64_t width, uint64_t height);

/// Writes a picture as PNG, 8-bit RGB without loss, into `out` (`capacity` bytes); *written is the file's length.
/// The same picture gives the same bytes with the same libpng and zlib: no time, no text, fixed filters and level.
tb_codec_status tb_encode_png(const uint8_t *pixels, uint32_t width, uint32_t height, uint8_t *out, size_t capacity,
                              size_t *written, tb_codec_text *why);

#endif
