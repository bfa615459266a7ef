#include "draw_internal.h"

enum { SIDE = 256 };
static const float per_side = 1.0f / 256.0f; /* a power of two: exact */

/* Lattice noise that repeats every `cells_x` x `cells_y` lattice points over the tile, at texel (x, y). */
static float lattice(int x, int y, int cells_x, int cells_y, uint32_t seed) {
  float u = (float)x * (float)cells_x * per_side, v = (float)y * (float)cells_y * per_side;
  int iu = tbd_floor(u), iv = tbd_floor(v);
  float fu = u - (float)iu, fv = v - (float)iv;
  fu = fu * fu * fu * (fu * (fu * 6.0f - 15.0f) + 10.0f);
  fv = fv * fv * fv * (fv * (fv * 6.0f - 15.0f) + 10.0f);
  int ju = (iu + 1) % cells_x, jv = (iv + 1) % cells_y;
  float a = tbd_unit(tbd_hash((uint32_t)iu, (uint32_t)iv, seed)), b = tbd_unit(tbd_hash((uint32_t)ju, (uint32_t)iv, seed));
  float c = tbd_unit(tbd_hash((uint32_t)iu, (uint32_t)jv, seed)), d = tbd_unit(tbd_hash((uint32_t)ju, (uint32_t)jv, seed));
  float top = a + (b - a) * fu, low = c + (d - c) * fu;
  return top + (low - top) * fv;
}

/* Distances to the nearest and second nearest of one jittered point a cell, in cells. */
static void cells(int x, int y, int count, uint32_t seed, float *nearest, float *second) {
  float u = (float)x * (float)count * per_side, v = (float)y * (float)count * per_side;
  int iu = tbd_floor(u), iv = tbd_floor(v);
  float best = 9.0f, next = 9.0f;
  for (int dy = -1; dy <= 1; dy++) {
    for (int dx = -1; dx <= 1; dx++) {
      uint32_t cx = (uint32_t)((iu + dx + count) % count), cy = (uint32_t)((iv + dy + count) % count);
      uint32_t h = tbd_hash(cx, cy, seed);
      float px = (float)(iu + dx) + 0.1f + 0.8f * tbd_unit(h) - u;
      float py = (float)(iv + dy) + 0.1f + 0.8f * tbd_unit(tbd_hash(h, 7u, seed)) - v;
      float d = px * px + py * py;
      if (d < best) {
        next = best;
        best = d;
      } else if (d < next) {
        next = d;
      }
    }
  }
  *nearest = tbd_sqrt(best);
  *second = tbd_sqrt(next);
}

static float texel(int tile, int x, int y) {
  float sum = 0.0f, weight = 1.0f, total = 0.0f, near, next;
  switch (tile) {
  case TB_TILE_FBM:
    for (int cells = 8, octave = 0; octave < 5; octave++, cells *= 2, weight *= 0.56f) {
      sum += weight * lattice(x, y, cells, cells, 11u + (uint32_t)octave);
      total += weight;
    }
    return 0.5f + (sum / total - 0.5f) * 1.75f;
  case TB_TILE_RIDGE:
    for (int cells = 8, octave = 0; octave < 5; octave++, cells *= 2, weight *= 0.6f) {
      sum += weight * tbd_abs(2.0f * lattice(x, y, cells, cells, 31u + (uint32_t)octave) - 1.0f);
      total += weight;
    }
    return 1.0f - 1.5f * sum / total;
  case TB_TILE_CELLS:
    cells(x, y, 24, 51u, &near, &next);
    return 1.0f - near * 1.1f;
  case TB_TILE_CRACKS:
    cells(x, y, 20, 71u, &near, &next);
    return tbd_min(1.0f, (next - near) * 2.2f);
  case TB_TILE_STREAKS:
    for (int octave = 0; octave < 4; octave++, weight *= 0.7f) {
      sum += weight * lattice(x, y, 4 << octave, 32 << octave > SIDE ? SIDE : 32 << octave, 91u + (uint32_t)octave);
      total += weight;
    }
    return 0.5f + (sum / total - 0.5f) * 1.7f;
  default:
    return 0.5f * tbd_unit(tbd_hash((uint32_t)x, (uint32_t)y, 111u)) + 0.5f * lattice(x, y, 128, 128, 112u);
  }
}

/* A version of `side` x `side` texels takes (side + 1) x (side + 1) bytes: its first column and row come again at the end,
 * so that every texel has a right and a lower neighbour beside it. */
static void close_edges(uint8_t *level, int side) {
  for (int y = 0; y < side; y++) level[y * (side + 1) + side] = level[y * (side + 1)];
  for (int x = 0; x <= side; x++) level[side * (side + 1) + x] = level[x];
}

void tb_draw_tiles(uint8_t *tiles) {
  for (int tile = 0; tile < TB_TILE_COUNT; tile++) {
    uint8_t *level = tiles + (size_t)tile * TB_TILE_BYTES;
    for (int y = 0; y < SIDE; y++)
      for (int x = 0; x < SIDE; x++)
        level[y * (SIDE + 1) + x] = (uint8_t)(int32_t)(tbd_clamp(texel(tile, x, y)) * 255.0f + 0.5f);
    close_edges(level, SIDE);
    for (int side = SIDE; side > 1; side /= 2) {
      uint8_t *half = level + (side + 1) * (side + 1);
      int to = side / 2;
      for (int y = 0; y < to; y++) {
        for (int x = 0; x < to; x++) {
          const uint8_t *p = level + 2 * y * (side + 1) + 2 * x;
          half[y * (to + 1) + x] = (uint8_t)((p[0] + p[1] + p[side + 1] + p[side + 2] + 2) / 4);
        }
      }
      close_edges(half, to);
      level = half;
    }
  }
}

void tbd_layer_row(const uint8_t *tiles, const tb_layer *layer, const float *u, const float *v, float footprint, int n,
                   float *t) {
  if (layer->weight == 0.0f) return;
  const uint8_t *tile = tiles + (size_t)layer->tile * TB_TILE_BYTES;
  float texels = footprint * tbd_max(tbd_abs(layer->scale_u), tbd_abs(layer->scale_v));
  float step = 1.0f;
  int side = SIDE;
  while (texels > 1.4f && side > 1) {
    tile += (side + 1) * (side + 1);
    side /= 2;
    texels *= 0.5f;
    step *= 0.5f;
  }
  const int mask = side - 1, stride = side + 1;
  const float su = layer->scale_u * step, sv = layer->scale_v * step;
  const float ou = layer->offset_u * step - 0.5f, ov = layer->offset_v * step - 0.5f;
  const float weight = layer->weight / 255.0f, middle = -0.5f * layer->weight;
  /* Three short loops: places, texels, blending. The first and last run several pixels at a time. */
  float fx[TB_DRAW_MAX_WIDTH], fy[TB_DRAW_MAX_WIDTH];
  int32_t at[TB_DRAW_MAX_WIDTH];
  uint32_t four[TB_DRAW_MAX_WIDTH];
  for (int i = 0; i < n; i++) {
    float x = u[i] * su + ou, y = v[i] * sv + ov;
    int ix = tbd_floor(x), iy = tbd_floor(y);
    fx[i] = x - (float)ix;
    fy[i] = y - (float)iy;
    ix &= mask;
    iy &= mask;
    at[i] = iy * stride + ix;
  }
  for (int i = 0; i < n; i++) {
    const uint8_t *p = tile + at[i], *q = p + stride;
    four[i] = (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)q[0] << 16 | (uint32_t)q[1] << 24;
  }
  for (int i = 0; i < n; i++) {
    float a = (float)(int32_t)(four[i] & 255u), b = (float)(int32_t)(four[i] >> 8 & 255u);
    float c = (float)(int32_t)(four[i] >> 16 & 255u), d = (float)(int32_t)(four[i] >> 24);
    float top = a + (b - a) * fx[i], low = c + (d - c) * fx[i];
    t[i] += (top + (low - top) * fy[i]) * weight + middle;
  }
}
