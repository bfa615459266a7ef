#ifndef TB_DRAW_INTERNAL_H
#define TB_DRAW_INTERNAL_H
#include "tb_draw.h"

/* For this file and all that include it: not contracted, so that machines with fused multiply-add draw the same pixels. */
#pragma STDC FP_CONTRACT OFF

static inline uint32_t tbd_hash(uint32_t x, uint32_t y, uint32_t seed) {
  uint32_t h = x * 0x9E3779B1u ^ y * 0x85EBCA77u ^ seed * 0xC2B2AE3Du;
  h ^= h >> 15;
  h *= 0x2C1B3C6Du;
  h ^= h >> 12;
  h *= 0x297A2D39u;
  h ^= h >> 15;
  return h;
}

/* 0 (included) to 1 (excluded). */
static inline float tbd_unit(uint32_t hash) { return (float)(hash >> 8) * (1.0f / 16777216.0f); }

/* For |x| below 2^30; the instruction set we can count on has no rounding instruction. */
static inline int32_t tbd_floor(float x) {
  int32_t i = (int32_t)x;
  return i - (x < (float)i);
}

static inline float tbd_min(float a, float b) { return a < b ? a : b; }
static inline float tbd_max(float a, float b) { return a > b ? a : b; }
static inline float tbd_clamp(float x) { return tbd_min(tbd_max(x, 0.0f), 1.0f); }

static inline float tbd_abs(float x) { return x < 0.0f ? -x : x; }

/* 0 at `from`, 1 at `to`, smooth between; `to` > `from`. */
static inline float tbd_smooth(float from, float to, float x) {
  float t = tbd_clamp((x - from) / (to - from));
  return t * t * (3.0f - 2.0f * t);
}

/* Correctly rounded by IEEE 754; the builtin spares the check for errno. */
static inline float tbd_sqrt(float x) {
#if defined(__has_builtin)
#if __has_builtin(__builtin_elementwise_sqrt)
  return __builtin_elementwise_sqrt(x);
#else
  return __builtin_sqrtf(x);
#endif
#else
  return __builtin_sqrtf(x);
#endif
}

/* Adds weight * (noise - 0.5) of a layer to t[0...n). `footprint`: units of u per pixel, to choose the halved version. */
void tbd_layer_row(const uint8_t *tiles, const tb_layer *layer, const float *u, const float *v, float footprint, int n,
                   float *t);

/* Colours of a material along a row of n pixels. */
void tbd_shade_row(const uint8_t *tiles, const tb_material *material, const float *u, const float *v, float footprint,
                   int n, float *r, float *g, float *b);

/* Adds to t what cells of the material's pattern differ by and writes how much ink each pixel gets. */
void tbd_pattern_row(const tb_material *material, const float *u, const float *v, float footprint, int n, float *t,
                     float *mark);

#endif
