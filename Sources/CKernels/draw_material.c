#include "draw_internal.h"

void tbd_shade_row(const uint8_t *tiles, const tb_material *m, const float *u, const float *v, float footprint, int n,
                   float *r, float *g, float *b) {
  float t[TB_DRAW_MAX_WIDTH], mark[TB_DRAW_MAX_WIDTH];
  for (int i = 0; i < n; i++) t[i] = m->base;
  tbd_layer_row(tiles, &m->first, u, v, footprint, n, t);
  tbd_layer_row(tiles, &m->second, u, v, footprint, n, t);
  tbd_layer_row(tiles, &m->third, u, v, footprint, n, t);
  const int inked = m->pattern != TB_PATTERN_NONE && m->ink_weight > 0.0f;
  if (inked) tbd_pattern_row(m, u, v, footprint, n, t, mark);
  const tb_color dark = m->dark;
  const tb_color low = {m->mid.r - dark.r, m->mid.g - dark.g, m->mid.b - dark.b};
  const tb_color high = {m->light.r - m->mid.r, m->light.g - m->mid.g, m->light.b - m->mid.b};
  for (int i = 0; i < n; i++) {
    float place = tbd_clamp(t[i]);
    float below = 2.0f * tbd_min(place, 0.5f), above = 2.0f * tbd_max(place - 0.5f, 0.0f);
    r[i] = dark.r + low.r * below + high.r * above;
    g[i] = dark.g + low.g * below + high.g * above;
    b[i] = dark.b + low.b * below + high.b * above;
  }
  if (!inked) return;
  for (int i = 0; i < n; i++) {
    float amount = mark[i] * m->ink_weight, tone = 0.65f + 0.7f * tbd_clamp(t[i]);
    r[i] += (m->ink.r * tone - r[i]) * amount;
    g[i] += (m->ink.g * tone - g[i]) * amount;
    b[i] += (m->ink.b * tone - b[i]) * amount;
  }
}

/* 1 within `half` of 0 (x in cells from the nearest line), fading over `soft`. */
static inline float band(float x, float half, float soft) { return tbd_clamp((half - tbd_abs(x)) / soft + 0.5f); }

/* Distance of x to the nearest whole number, signed. */
static inline float to_whole(float x) { return x - (float)tbd_floor(x + 0.5f); }

void tbd_pattern_row(const tb_material *m, const float *u, const float *v, float footprint, int n, float *t, float *mark) {
  const float per_u = 1.0f / m->cell_u, per_v = 1.0f / m->cell_v;
  const float soft_u = tbd_max(footprint * per_u, 0.02f), soft_v = tbd_max(footprint * per_v, 0.02f);
  /* Where a cell is smaller than two pixels it can only be seen as an even tone. */
  const float fade = tbd_clamp(1.5f - 1.2f * tbd_max(tbd_min(soft_u, 2.0f), tbd_min(soft_v, 2.0f)));
  const float half = 0.5f * m->line, base = m->base, vary = m->vary * fade, warp = m->warp;
  const uint32_t seed = m->seed;
  for (int i = 0; i < n; i++) {
    float bend = warp * (t[i] - base);
    float x = u[i] * per_u + bend, y = v[i] * per_v + bend, ink = 0.0f;
    switch (m->pattern) {
    case TB_PATTERN_STRIPES:
      ink = band(to_whole(y), half, soft_v + 0.05f);
      break;
    case TB_PATTERN_PLAID: {
      float across = band(to_whole(x), half, soft_u + 0.05f), along = band(to_whole(y), half, soft_v + 0.05f);
      ink = 0.5f * (across + along);
      break;
    }
    case TB_PATTERN_SPOTS: {
      int cx = tbd_floor(x), cy = tbd_floor(y);
      uint32_t h = tbd_hash((uint32_t)cx, (uint32_t)cy, seed);
      float radius = half * (0.6f + 0.4f * tbd_unit(h)), free = 1.0f - 2.0f * radius;
      float px = x - (float)cx - radius - free * tbd_unit(tbd_hash(h, 1u, seed));
      float py = y - (float)cy - radius - free * tbd_unit(tbd_hash(h, 2u, seed));
      ink = tbd_clamp((radius - tbd_sqrt(px * px + py * py)) / (soft_u + 0.04f) + 0.5f);
      break;
    }
    case TB_PATTERN_PATCHES: {
      /* Lattice noise, two octaves, cut at a level. */
      float sum = 0.0f, weight = 0.68f;
      for (uint32_t octave = 0; octave < 2; octave++) {
        int cx = tbd_floor(x), cy = tbd_floor(y);
        float fx = x - (float)cx, fy = y - (float)cy;
        fx = fx * fx * (3.0f - 2.0f * fx);
        fy = fy * fy * (3.0f - 2.0f * fy);
        float a = tbd_unit(tbd_hash((uint32_t)cx, (uint32_t)cy, seed + octave));
        float b = tbd_unit(tbd_hash((uint32_t)cx + 1u, (uint32_t)cy, seed + octave));
        float c = tbd_unit(tbd_hash((uint32_t)cx, (uint32_t)cy + 1u, seed + octave));
        float d = tbd_unit(tbd_hash((uint32_t)cx + 1u, (uint32_t)cy + 1u, seed + octave));
        float top = a + (b - a) * fx, low = c + (d - c) * fx;
        sum += weight * (top + (low - top) * fy);
        weight = 0.32f;
        x = x * 2.3f + 5.2f;
        y = y * 2.3f + 1.7f;
      }
      ink = tbd_clamp((sum - (1.0f - m->line)) / (0.06f + soft_u) + 0.5f);
      break;
    }
    case TB_PATTERN_BRICKS: {
      int row = tbd_floor(y);
      float shift = tbd_unit(tbd_hash((uint32_t)row, 3u, seed));
      float along = x + shift;
      int cell = tbd_floor(along);
      t[i] += vary * (tbd_unit(tbd_hash((uint32_t)cell, (uint32_t)row, seed)) - 0.5f);
      float joint = m->cell_v / m->cell_u; /* joints equally wide both ways */
      ink = tbd_max(band(to_whole(y), half, soft_v), band(to_whole(along), half * joint, soft_u)) * fade;
      break;
    }
    case TB_PATTERN_TILES: {
      int cx = tbd_floor(x), cy = tbd_floor(y);
      t[i] += vary * (0.6f * (float)((cx + cy) & 1) + 0.4f * tbd_unit(tbd_hash((uint32_t)cx, (uint32_t)cy, seed)) - 0.5f);
      ink = tbd_max(band(to_whole(x), half, soft_u), band(to_whole(y), half, soft_v)) * fade;
      break;
    }
    case TB_PATTERN_LANES:
      /* Dashes along u on every whole y. */
      ink = band(to_whole(y), half, tbd_max(footprint * per_v, 0.004f)) * band(to_whole(x) * 1.6f, 0.5f, soft_u);
      break;
    case TB_PATTERN_WINDOWS: {
      int cx = tbd_floor(x), cy = tbd_floor(y);
      float lit = tbd_unit(tbd_hash((uint32_t)cx, (uint32_t)cy, seed));
      float px = x - (float)cx - 0.5f, py = y - (float)cy - 0.5f;
      ink = band(px, half, soft_u) * band(py, half * 1.15f, soft_v) * (0.55f + 0.45f * lit);
      ink *= 0.35f + 0.65f * fade;
      break;
    }
    case TB_PATTERN_SCALES: {
      int row = tbd_floor(y);
      float along = x + 0.5f * (float)(row & 1), px = along - (float)tbd_floor(along) - 0.5f, py = y - (float)row;
      float rim = tbd_sqrt(px * px + py * py);
      ink = band(rim - 0.72f, half, soft_u + 0.1f) * fade;
      t[i] += vary * (0.5f - rim);
      break;
    }
    default:
      break;
    }
    mark[i] = ink;
  }
}
