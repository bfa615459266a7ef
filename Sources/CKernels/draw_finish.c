#include "draw_internal.h"

#include <assert.h>

void tb_draw_shadow(const tb_canvas *canvas, const float l[6], float strength, float softness) {
  const float reach = 1.0f + softness, det = l[0] * l[4] - l[1] * l[3];
  float a = l[4] / det, b = -l[1] / det, c = -l[3] / det, d = l[0] / det;
  float cx = -(a * l[2] + b * l[5]), cy = -(c * l[2] + d * l[5]);
  float w = reach * tbd_sqrt(a * a + b * b), h = reach * tbd_sqrt(c * c + d * d);
  float right = (float)(canvas->left + canvas->width), bottom = (float)(canvas->top + canvas->height);
  if (!(cx - w < right && cx + w > (float)canvas->left && cy - h < bottom && cy + h > (float)canvas->top)) return;
  int x0 = (int32_t)tbd_max(cx - w, (float)canvas->left), x1 = (int32_t)tbd_min(cx + w + 1.0f, right);
  int y0 = (int32_t)tbd_max(cy - h, (float)canvas->top), y1 = (int32_t)tbd_min(cy + h + 1.0f, bottom);
  for (int y = y0; y < y1; y++) {
    const int at = (y - canvas->top) * canvas->width - canvas->left;
    for (int x = x0; x < x1; x++) {
      float px = (float)x + 0.5f, py = (float)y + 0.5f;
      float lx = l[0] * px + l[1] * py + l[2], ly = l[3] * px + l[4] * py + l[5];
      float r = tbd_sqrt(lx * lx + ly * ly);
      float keep = 1.0f - strength * (1.0f - tbd_smooth(1.0f - softness, 1.0f + softness, r));
      canvas->r[at + x] *= keep;
      canvas->g[at + x] *= keep;
      canvas->b[at + x] *= keep;
    }
  }
}

void tb_draw_clear(const tb_canvas *canvas) {
  const int count = canvas->width * canvas->height;
  for (int i = 0; i < count; i++) canvas->r[i] = canvas->g[i] = canvas->b[i] = 0.0f;
  for (int i = 0; canvas->a && i < count; i++) canvas->a[i] = 0.0f;
}

void tb_draw_accumulate(const tb_canvas *sum, const tb_canvas *sprite, float weight) {
  const int count = sum->width * sum->height;
  for (int i = 0; i < count; i++) {
    sum->r[i] += sprite->r[i] * weight;
    sum->g[i] += sprite->g[i] * weight;
    sum->b[i] += sprite->b[i] * weight;
    sum->a[i] += sprite->a[i] * weight;
  }
}

void tb_draw_composite(const tb_canvas *picture, const tb_canvas *sprite) {
  for (int y = 0; y < sprite->height; y++) {
    const int row = y + sprite->top - picture->top;
    if (row < 0 || row >= picture->height) continue;
    for (int x = 0; x < sprite->width; x++) {
      const int column = x + sprite->left - picture->left;
      if (column < 0 || column >= picture->width) continue;
      const int from = y * sprite->width + x, to = row * picture->width + column;
      const float under = 1.0f - sprite->a[from];
      picture->r[to] = picture->r[to] * under + sprite->r[from];
      picture->g[to] = picture->g[to] * under + sprite->g[from];
      picture->b[to] = picture->b[to] * under + sprite->b[from];
    }
  }
}

/* 1-2-1 filter of one plane both ways, mixed in by `amount`; the edge repeats. */
static void soften(float *plane, int width, int height, float amount) {
  float above[TB_DRAW_MAX_WIDTH], here[TB_DRAW_MAX_WIDTH];
  const float side = 0.25f * amount, middle = 1.0f - 0.5f * amount;
  for (int y = 0; y < height; y++) {
    float *row = plane + y * width;
    float before = row[0];
    for (int x = 0; x < width; x++) {
      float now = row[x], after = row[x + 1 < width ? x + 1 : x];
      row[x] = middle * now + side * (before + after);
      before = now;
    }
  }
  for (int x = 0; x < width; x++) above[x] = plane[x];
  for (int y = 0; y < height; y++) {
    float *row = plane + y * width, *below = plane + (y + 1 < height ? y + 1 : y) * width;
    for (int x = 0; x < width; x++) here[x] = row[x];
    for (int x = 0; x < width; x++) row[x] = middle * here[x] + side * (above[x] + below[x]);
    for (int x = 0; x < width; x++) above[x] = here[x];
  }
}

void tb_draw_finish(const tb_canvas *canvas, const tb_camera *camera, uint8_t *out) {
  const int width = canvas->width, height = canvas->height;
  assert(width > 0 && width <= TB_DRAW_MAX_WIDTH);
  if (camera->soften > 0.0f) {
    soften(canvas->r, width, height, camera->soften);
    soften(canvas->g, width, height, camera->soften);
    soften(canvas->b, width, height, camera->soften);
  }
  const float cx = 0.5f * (float)width, cy = 0.5f * (float)height, per = 1.0f / (cx * cx + cy * cy);
  /* Two bytes of a hash add up to a bell of standard deviation 104.5. */
  const float spread = camera->noise / 104.5f;
  for (int y = 0; y < height; y++) {
    const float *r = canvas->r + y * width, *g = canvas->g + y * width, *b = canvas->b + y * width;
    const float dy = (float)y + 0.5f - cy;
    uint8_t *to = out + (size_t)y * (size_t)width * 3;
    for (int x = 0; x < width; x++) {
      const float dx = (float)x + 0.5f - cx, far = (dx * dx + dy * dy) * per;
      const float light = 255.0f * (1.0f - camera->vignette * far);
      const uint32_t h = tbd_hash((uint32_t)x, (uint32_t)y, camera->seed), k = h * 0x9E3779B1u ^ (h >> 13);
      const float nr = (float)((h & 255u) + (h >> 8 & 255u)) - 255.0f, ng = (float)((h >> 16 & 255u) + (h >> 24)) - 255.0f;
      const float nb = (float)((k >> 8 & 255u) + (k >> 16 & 255u)) - 255.0f;
      float red = (r[x] + camera->lift) * camera->gain.r * light, green = (g[x] + camera->lift) * camera->gain.g * light;
      float blue = (b[x] + camera->lift) * camera->gain.b * light;
      red = tbd_min(tbd_max(red + nr * spread + 0.5f, 0.0f), 255.0f);
      green = tbd_min(tbd_max(green + ng * spread + 0.5f, 0.0f), 255.0f);
      blue = tbd_min(tbd_max(blue + nb * spread + 0.5f, 0.0f), 255.0f);
      to[3 * x] = (uint8_t)(int32_t)red;
      to[3 * x + 1] = (uint8_t)(int32_t)green;
      to[3 * x + 2] = (uint8_t)(int32_t)blue;
    }
  }
}
