/* A JPEG file's segments and scans, walked without decoding: what the file declares, whether it is a kind we read,
 * whether its segments are whole and whether the bytes can hold the picture. libjpeg would find most of this out
 * later, with worse words or after taking memory; a component that never gets a scan, or a file that ends between
 * two scans, it would not report at all. */

#include <string.h>

#include "codecs.h"

enum { SOF0 = 0xC0, SOF1 = 0xC1, SOF2 = 0xC2, DHT = 0xC4, JPG = 0xC8, DAC = 0xCC, SOI = 0xD8, EOI = 0xD9, SOS = 0xDA,
       DHP = 0xDE, EXP = 0xDF, APP1 = 0xE1, TEM = 0x01 };

typedef struct {
  int identifier, across, down;
  int seen;  // a scan brought its samples (progressive: its first coefficient)
} component;

typedef struct {
  const uint8_t *bytes;
  size_t count, at;
  int whole;
  component components[4];
  tb_jpeg_outline *outline;
  tb_codec_text *why;
} walk;

static tb_codec_status ends_early(const walk *w, const char *where) {
  return tb_refuse(w->why, w->whole ? TB_CODEC_DAMAGED : TB_CODEC_NEEDS_MORE,
                   "JPEG data end inside %s, after %zu bytes", where, w->count);
}

/// The kinds of frame we refuse, in words; NULL for the three we read.
static const char *refused_frame(int marker) {
  if (marker <= SOF2) return NULL;
  switch (marker) {
    case 0xC3: case 0xCB: return "lossless";
    case 0xC9: case 0xCA: return "arithmetic-coded";
    case 0xC5: case 0xC6: case 0xC7: return "hierarchical";
    default: return "hierarchical arithmetic-coded";
  }
}

static int is_frame(int marker) {
  return marker >= SOF0 && marker <= 0xCF && marker != DHT && marker != JPG && marker != DAC;
}

/// Blocks of 8 samples along one side of a component.
static uint64_t blocks(uint32_t pixels, int factor, int most) {
  const uint64_t step = 8 * (uint64_t)most;
  return ((uint64_t)pixels * (uint64_t)factor + step - 1) / step;
}

static tb_codec_status read_frame(walk *w, int marker, const uint8_t *body, size_t length) {
  tb_jpeg_outline *o = w->outline;
  const char *refused = refused_frame(marker);
  if (refused) {
    return tb_refuse(w->why, TB_CODEC_UNSUPPORTED, "is a %s JPEG, expected baseline or progressive Huffman coding",
                     refused);
  }
  if (o->components) return tb_refuse(w->why, TB_CODEC_DAMAGED, "has a second JPEG frame header");
  if (length < 6) return tb_refuse(w->why, TB_CODEC_DAMAGED, "has a JPEG frame header of %zu bytes", length);
  if (body[0] != 8) {
    return tb_refuse(w->why, TB_CODEC_UNSUPPORTED, "is a JPEG with %d bits per sample, expected 8", body[0]);
  }
  o->height = tb_be16(body + 1);
  o->width = tb_be16(body + 3);
  const int count = body[5];
  const tb_codec_status size = tb_check_size(o->width, o->height, w->why);
  if (size != TB_CODEC_OK) return size;
  if (count != 1 && count != 3) {
    return tb_refuse(w->why, TB_CODEC_UNSUPPORTED, "is a JPEG of %d components%s, expected 1 (grey) or 3 (colour)",
                     count, count == 4 ? " (CMYK)" : "");
  }
  if (length != 6 + 3 * (size_t)count) {
    return tb_refuse(w->why, TB_CODEC_DAMAGED, "has a JPEG frame header of the wrong length");
  }
  int most_across = 1, most_down = 1;
  for (int i = 0; i < count; i++) {
    const uint8_t *p = body + 6 + 3 * i;
    component *c = &w->components[i];
    *c = (component){p[0], p[1] >> 4, p[1] & 15, 0};
    if (c->across < 1 || c->across > 4 || c->down < 1 || c->down > 4) {
      return tb_refuse(w->why, TB_CODEC_DAMAGED, "has JPEG sampling factors %d x %d, expected 1 to 4", c->across,
                       c->down);
    }
    if (c->across > most_across) most_across = c->across;
    if (c->down > most_down) most_down = c->down;
  }
  o->components = count;
  o->progressive = marker == SOF2;
  for (int i = 0; i < count; i++) {
    const component *c = &w->components[i];
    const uint64_t columns = blocks(o->width, c->across, most_across), rows = blocks(o->height, c->down, most_down);
    // A block costs a code of a bit for its first coefficient and, but for progressive files, one for the others.
    o->least_bits += columns * rows * (o->progressive ? 1 : 2);
  }
  return TB_CODEC_OK;
}

static tb_codec_status read_scan_header(walk *w, const uint8_t *body, size_t length) {
  tb_jpeg_outline *o = w->outline;
  if (!o->components) return tb_refuse(w->why, TB_CODEC_DAMAGED, "has a JPEG scan before any frame header");
  const size_t count = length ? body[0] : 0;
  if (count < 1 || count > 4 || length != 4 + 2 * count) {
    return tb_refuse(w->why, TB_CODEC_DAMAGED, "has a damaged JPEG scan header");
  }
  const int first_coefficient = body[1 + 2 * count];
  o->scans++;
  for (size_t i = 0; i < count; i++) {
    for (int k = 0; k < o->components; k++) {
      if (w->components[k].identifier == body[1 + 2 * i] && (!o->progressive || first_coefficient == 0)) {
        w->components[k].seen = 1;
      }
    }
  }
  return TB_CODEC_OK;
}

static void read_application_segment(walk *w, const uint8_t *body, size_t length) {
  tb_jpeg_outline *o = w->outline;
  if (o->scans == 0 && o->orientation == 0 && length > 6 && memcmp(body, "Exif\0\0", 6) == 0) {
    o->orientation = tb_exif_orientation(body + 6, length - 6);
  }
}

/// Past the entropy-coded bytes of a scan, to the marker that ends it or the end of the data.
static void skip_entropy_data(walk *w) {
  while (w->at < w->count) {
    const uint8_t *next = memchr(w->bytes + w->at, 0xFF, w->count - w->at);
    if (next == NULL) {
      w->at = w->count;
      return;
    }
    w->at = (size_t)(next - w->bytes);
    size_t code = w->at + 1;
    while (code < w->count && w->bytes[code] == 0xFF) code++;
    if (code >= w->count) {
      w->at = w->count;
      return;
    }
    const int marker = w->bytes[code];
    if (marker != 0 && !(marker >= 0xD0 && marker <= 0xD7)) return;
    w->at = code + 1;
  }
}

/// From one marker to the next; *done is set where the walk is over.
static tb_codec_status step(walk *w, int *done) {
  tb_jpeg_outline *o = w->outline;
  // libjpeg skips what lies before a marker, so we do.
  const uint8_t *next = w->at < w->count ? memchr(w->bytes + w->at, 0xFF, w->count - w->at) : NULL;
  size_t code = next ? (size_t)(next - w->bytes) + 1 : w->count;
  while (code < w->count && w->bytes[code] == 0xFF) code++;
  if (code >= w->count) {
    // The end marker alone may be missing, or half of it.
    if (o->scans == 0) return ends_early(w, "the header");
    *done = 1;
    return TB_CODEC_OK;
  }
  const int marker = w->bytes[code];
  w->at = code + 1;
  if (marker == EOI) {
    o->has_end = 1;
    *done = 1;
    return TB_CODEC_OK;
  }
  if (marker == 0 || marker == TEM || (marker >= 0xD0 && marker <= 0xD7)) return TB_CODEC_OK;
  if (marker == SOI) return tb_refuse(w->why, TB_CODEC_DAMAGED, "has a second start marker inside a JPEG");
  if (marker == DHP || marker == EXP) {
    return tb_refuse(w->why, TB_CODEC_UNSUPPORTED,
                     "is a hierarchical JPEG, expected baseline or progressive Huffman coding");
  }
  const size_t left = w->count - w->at;
  const size_t length = left >= 2 ? tb_be16(w->bytes + w->at) : 0;
  if (left >= 2 && length < 2) {
    return tb_refuse(w->why, TB_CODEC_DAMAGED, "has a JPEG segment of length %zu, expected at least 2", length);
  }
  if (left < 2 || left < length) return ends_early(w, o->scans ? "a segment between scans" : "the header");
  const uint8_t *body = w->bytes + w->at + 2;
  w->at += length;
  if (is_frame(marker)) {
    return read_frame(w, marker, body, length - 2);
  } else if (marker == APP1) {
    read_application_segment(w, body, length - 2);
  } else if (marker == SOS) {
    const tb_codec_status status = read_scan_header(w, body, length - 2);
    if (status != TB_CODEC_OK) return status;
    if (!w->whole) *done = 1;
    skip_entropy_data(w);
  }
  return TB_CODEC_OK;
}

tb_codec_status tb_jpeg_read_outline(const uint8_t *bytes, size_t count, int whole, tb_jpeg_outline *outline,
                                     tb_codec_text *why) {
  walk w = {.bytes = bytes, .count = count, .at = 2, .whole = whole, .outline = outline, .why = why};
  memset(outline, 0, sizeof *outline);
  for (int done = 0; !done;) {
    const tb_codec_status status = step(&w, &done);
    if (status != TB_CODEC_OK) return status;
  }
  if (outline->orientation == 0) outline->orientation = 1;
  if (!outline->components) return tb_refuse(why, TB_CODEC_DAMAGED, "is a JPEG without a frame header");
  if (!whole) return TB_CODEC_OK;
  if (outline->least_bits > 8 * (uint64_t)count) {
    return tb_refuse(why, TB_CODEC_TOO_LARGE, "declares %u x %u pixels, which a JPEG of %zu bytes cannot hold",
                     outline->width, outline->height, count);
  }
  for (int i = 0; i < outline->components; i++) {
    if (!w.components[i].seen) {
      return tb_refuse(why, TB_CODEC_DAMAGED, "JPEG data end before component %d of %d", i + 1, outline->components);
    }
  }
  return TB_CODEC_OK;
}
