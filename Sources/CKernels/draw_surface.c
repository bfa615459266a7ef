#include "draw_internal.h"

#include <assert.h>

void tb_draw_sky(const tb_canvas *canvas, const uint8_t *tiles, const tb_sky *sky, int32_t bottom) {
  const int n = canvas->width;
  assert(n > 0 && n <= TB_DRAW_MAX_WIDTH);
  float u[TB_DRAW_MAX_WIDTH], v[TB_DRAW_MAX_WIDTH], t[TB_DRAW_MAX_WIDTH];
  if (bottom > canvas->height) bottom = canvas->height;
  for (int y = 0; y < bottom; y++) {
    float above = tbd_max(sky->horizon - (float)y, 0.0f);
    float k = tbd_clamp(above / 220.0f);
    float rise = k * (2.0f - k);
    /* Clouds lie on a ceiling: the lower in the picture, the farther and the flatter. */
    float far = 150.0f / (above + 45.0f), scale = sky->scale * (0.35f + 0.65f * far);
    float row = 320.0f * sky->scale * far + sky->drift_v;
    for (int x = 0; x < n; x++) {
      u[x] = ((float)x - 0.5f * (float)n) * scale + sky->drift_u;
      v[x] = row;
      t[x] = 0.5f;
    }
    tb_layer puffs = {TB_TILE_FBM, 0.55f, 0.55f, 3.0f, 40.0f, 1.0f};
    tb_layer wisps = {TB_TILE_FBM, 1.9f, 1.9f, 90.0f, 17.0f, 0.45f};
    tbd_layer_row(tiles, &puffs, u, v, scale, n, t);
    tbd_layer_row(tiles, &wisps, u, v, scale, n, t);
    float r = sky->low.r + (sky->high.r - sky->low.r) * rise, g = sky->low.g + (sky->high.g - sky->low.g) * rise;
    float b = sky->low.b + (sky->high.b - sky->low.b) * rise;
    float from = 1.0f - sky->cover, to = from + sky->softness;
    float *pr = canvas->r + y * n, *pg = canvas->g + y * n, *pb = canvas->b + y * n;
    for (int x = 0; x < n; x++) {
      float cloud = tbd_smooth(from, to, t[x]) * tbd_min(1.0f, 0.25f + 0.02f * above);
      float shade = 1.08f - 0.28f * tbd_smooth(from + 0.15f, from + 0.75f, t[x]);
      pr[x] = r + (sky->cloud.r * shade - r) * cloud;
      pg[x] = g + (sky->cloud.g * shade - g) * cloud;
      pb[x] = b + (sky->cloud.b * shade - b) * cloud;
    }
  }
}

void tb_draw_plane(const tb_canvas *canvas, const uint8_t *tiles, const tb_plane *plane, int32_t first_row,
                   int32_t last_row) {
  const int n = canvas->width;
  assert(n > 0 && n <= TB_DRAW_MAX_WIDTH);
  float u[TB_DRAW_MAX_WIDTH], v[TB_DRAW_MAX_WIDTH];
  if (first_row < 0) first_row = 0;
  if (last_row > canvas->height) last_row = canvas->height;
  for (int y = first_row; y < last_row; y++) {
    float below = tbd_max((float)y + 0.5f - plane->horizon, 0.5f);
    float depth = plane->focal / below;
    float step = depth / plane->focal;
    /* A pixel covers far more ground away from the viewer than across; between the two is sharp without flicker. */
    float away = depth / below;
    float footprint = tbd_max(step, tbd_min(0.6f * away, 5.0f * step));
    for (int x = 0; x < n; x++) {
      u[x] = ((float)x + 0.5f - plane->center) * step + plane->camera_u;
      v[x] = depth + plane->camera_v;
    }
    float *r = canvas->r + y * n, *g = canvas->g + y * n, *b = canvas->b + y * n;
    tbd_shade_row(tiles, &plane->material, u, v, footprint, n, r, g, b);
    float mist = depth / (depth + plane->mist_depth);
    mist *= mist;
    float near = 1.0f + (plane->near_shade - 1.0f) * tbd_clamp(below / ((float)canvas->height - plane->horizon));
    float keep = (1.0f - mist) * near;
    float mr = plane->mist.r * mist, mg = plane->mist.g * mist, mb = plane->mist.b * mist;
    for (int x = 0; x < n; x++) {
      r[x] = r[x] * keep + mr;
      g[x] = g[x] * keep + mg;
      b[x] = b[x] * keep + mb;
    }
  }
}

void tb_draw_surface(const tb_canvas *canvas, const uint8_t *tiles, const tb_surface *s, const float *tops,
                     int32_t bottom) {
  const int n = canvas->width;
  assert(n > 0 && n <= TB_DRAW_MAX_WIDTH);
  float u[TB_DRAW_MAX_WIDTH], v[TB_DRAW_MAX_WIDTH];
  float cr[TB_DRAW_MAX_WIDTH], cg[TB_DRAW_MAX_WIDTH], cb[TB_DRAW_MAX_WIDTH];
  if (bottom > canvas->height) bottom = canvas->height;
  float highest = (float)bottom;
  for (int x = 0; x < n; x++) highest = tbd_min(highest, tops[x]);
  int first = highest <= 0.0f ? 0 : (int32_t)highest;
  float span = tbd_max((float)bottom - s->from, 1.0f);
  for (int y = first; y < bottom; y++) {
    /* Only the stretch of the row that lies below the edge anywhere. */
    int left = 0, right = n;
    while (left < right && tops[left] >= (float)y + 1.0f) left++;
    while (right > left && tops[right - 1] >= (float)y + 1.0f) right--;
    int count = right - left;
    if (count == 0) continue;
    float py = (float)y + 0.5f;
    for (int i = 0; i < count; i++) {
      float px = (float)(left + i) + 0.5f;
      u[i] = s->texture[0] * px + s->texture[1] * py + s->texture[2];
      v[i] = s->texture[3] * px + s->texture[4] * py + s->texture[5];
    }
    tbd_shade_row(tiles, &s->material, u, v, s->footprint, count, cr, cg, cb);
    float k = tbd_clamp((py - s->from) / span), light = s->light_top + (s->light_bottom - s->light_top) * k;
    float mist = s->mist_top.amount + (s->mist_bottom.amount - s->mist_top.amount) * k, keep = (1.0f - mist) * light;
    float mr = (s->mist_top.color.r + (s->mist_bottom.color.r - s->mist_top.color.r) * k) * mist;
    float mg = (s->mist_top.color.g + (s->mist_bottom.color.g - s->mist_top.color.g) * k) * mist;
    float mb = (s->mist_top.color.b + (s->mist_bottom.color.b - s->mist_top.color.b) * k) * mist;
    float *r = canvas->r + y * n + left, *g = canvas->g + y * n + left, *b = canvas->b + y * n + left;
    for (int i = 0; i < count; i++) {
      float cover = tbd_clamp((float)y + 1.0f - tops[left + i]);
      r[i] += (cr[i] * keep + mr - r[i]) * cover;
      g[i] += (cg[i] * keep + mg - g[i]) * cover;
      b[i] += (cb[i] * keep + mb - b[i]) * cover;
    }
  }
}
