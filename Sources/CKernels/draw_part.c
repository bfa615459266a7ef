#include "draw_internal.h"

#include <assert.h>

/* Along one row: signed distance to the edge in pixels (negative inside) and the direction in which it grows. */
typedef struct {
  float d[TB_DRAW_MAX_WIDTH], gx[TB_DRAW_MAX_WIDTH], gy[TB_DRAW_MAX_WIDTH];
} distance_row;

static void ellipse_row(const float *l, float x0, float y, int n, distance_row *out) {
  for (int i = 0; i < n; i++) {
    float x = x0 + (float)i;
    float px = l[0] * x + l[1] * y + l[2], py = l[3] * x + l[4] * y + l[5];
    float radius = tbd_sqrt(px * px + py * py + 1e-12f);
    /* Gradient of the local radius in the picture; dividing by its length turns it into pixels. */
    float nx = (px * l[0] + py * l[3]) / radius, ny = (px * l[1] + py * l[4]) / radius;
    float slope = tbd_sqrt(nx * nx + ny * ny + 1e-12f);
    out->d[i] = (radius - 1.0f) / slope;
    out->gx[i] = nx / slope;
    out->gy[i] = ny / slope;
  }
}

/* The hull of two discs, exactly: the end discs beyond the lines where the tangent touches them, the tangent between. */
static void capsule_row(const tb_part *p, float x0, float y, int n, distance_row *out) {
  float ex = p->bx - p->ax, ey = p->by - p->ay, h = ex * ex + ey * ey, length = tbd_sqrt(h);
  float ux = ex / length, uy = ey / length;
  float sine = (p->ar - p->br) / length, cosine = tbd_sqrt(1.0f - sine * sine);
#pragma clang loop vectorize(enable)
  for (int i = 0; i < n; i++) {
    float px = x0 + (float)i - p->ax, py = y - p->ay;
    float along = px * ux + py * uy, across = py * ux - px * uy, side = across < 0.0f ? -1.0f : 1.0f;
    float q = tbd_abs(across);
    float shifted = along * cosine - q * sine; /* place along the tangent line */
    if (shifted < 0.0f || shifted > length * cosine) {
      float cx = shifted < 0.0f ? px : px - ex, cy = shifted < 0.0f ? py : py - ey;
      float r = tbd_sqrt(cx * cx + cy * cy + 1e-12f);
      out->d[i] = r - (shifted < 0.0f ? p->ar : p->br);
      out->gx[i] = cx / r;
      out->gy[i] = cy / r;
    } else {
      out->d[i] = q * cosine + along * sine - p->ar;
      out->gx[i] = -uy * side * cosine + ux * sine;
      out->gy[i] = ux * side * cosine + uy * sine;
    }
  }
}

static void polygon_row(const tb_part *p, const float *points, float x0, float y, int n, distance_row *out) {
  float best[TB_DRAW_MAX_WIDTH], sign[TB_DRAW_MAX_WIDTH];
  float *restrict gx = out->gx, *restrict gy = out->gy;
  for (int i = 0; i < n; i++) {
    best[i] = 1e18f;
    sign[i] = 1.0f;
    gx[i] = gy[i] = 0.0f;
  }
  const float *list = points + 2 * p->first;
  for (int k = 0, j = p->count - 1; k < p->count; j = k, k++) {
    const float ax = list[2 * k], ay = list[2 * k + 1], ex = list[2 * j] - ax, ey = list[2 * j + 1] - ay;
    const float inverse = 1.0f / (ex * ex + ey * ey + 1e-9f), py = y - ay, part = py * ey;
#pragma clang loop vectorize(enable)
    for (int i = 0; i < n; i++) {
      const float px = x0 + (float)i - ax;
      const float h = tbd_clamp((px * ex + part) * inverse);
      const float qx = px - ex * h, qy = py - ey * h, d = qx * qx + qy * qy;
      gx[i] = d < best[i] ? qx : gx[i];
      gy[i] = d < best[i] ? qy : gy[i];
      best[i] = d < best[i] ? d : best[i];
    }
    if ((ay > y) == (list[2 * j + 1] > y)) continue;
    /* The side crosses this row: all to the left of it change sides. */
    const float crossing = ax + ex * py / ey;
    for (int i = 0; i < n; i++) sign[i] = x0 + (float)i < crossing ? -sign[i] : sign[i];
  }
  for (int i = 0; i < n; i++) {
    float d = tbd_sqrt(best[i] + 1e-12f), s = sign[i] / d;
    out->d[i] = d * sign[i] - p->round;
    gx[i] *= s;
    gy[i] *= s;
  }
}

static void part_distance(const tb_part *part, const float *points, float x0, float y, int n, distance_row *row) {
  switch (part->shape) {
  case TB_SHAPE_CAPSULE:
    capsule_row(part, x0, y, n, row);
    break;
  case TB_SHAPE_POLYGON:
    polygon_row(part, points, x0, y, n, row);
    break;
  default:
    ellipse_row(part->local, x0, y, n, row);
    break;
  }
}

void tb_part_bounds(const tb_part *part, const float *points, double bounds[4]) {
  if (part->shape == TB_SHAPE_CAPSULE) {
    double al = (double)part->ax - part->ar, bl = (double)part->bx - part->br;
    double at = (double)part->ay - part->ar, bt = (double)part->by - part->br;
    double ar = (double)part->ax + part->ar, br = (double)part->bx + part->br;
    double ab = (double)part->ay + part->ar, bb = (double)part->by + part->br;
    bounds[0] = al < bl ? al : bl;
    bounds[1] = at < bt ? at : bt;
    bounds[2] = ar > br ? ar : br;
    bounds[3] = ab > bb ? ab : bb;
  } else if (part->shape == TB_SHAPE_POLYGON) {
    const float *p = points + 2 * part->first;
    double left = p[0], right = p[0], top = p[1], bottom = p[1];
    for (int k = 1; k < part->count; k++) {
      double x = p[2 * k], y = p[2 * k + 1];
      left = x < left ? x : left;
      right = x > right ? x : right;
      top = y < top ? y : top;
      bottom = y > bottom ? y : bottom;
    }
    bounds[0] = left - part->round;
    bounds[1] = top - part->round;
    bounds[2] = right + part->round;
    bounds[3] = bottom + part->round;
  } else {
    /* The unit disc through the inverse map: half sides are the lengths of the inverse's rows. */
    const float *l = part->local;
    double det = (double)l[0] * l[4] - (double)l[1] * l[3];
    double a = l[4] / det, b = -l[1] / det, c = -l[3] / det, d = l[0] / det;
    double x = -(a * l[2] + b * l[5]), y = -(c * l[2] + d * l[5]);
    double w = __builtin_sqrt(a * a + b * b), h = __builtin_sqrt(c * c + d * d);
    bounds[0] = x - w;
    bounds[1] = y - h;
    bounds[2] = x + w;
    bounds[3] = y + h;
  }
}

int32_t tb_part_contains(const tb_part *part, const float *points, float x, float y) {
  distance_row row;
  part_distance(part, points, x, y, 1, &row);
  return row.d[0] < 0.0f;
}

/* Distance to the nearest whole number. */
static inline float to_stripe(float x) { return tbd_abs(x - (float)tbd_floor(x + 0.5f)); }

/* The ball's own coordinates of what is seen at each pixel: texture coordinates and how much of its second colour. */
static void ball_row(const tb_part *p, float x0, float y, int n, float *u, float *v, float *mark) {
  /* Directions of the twelve corners of an icosahedron, one of each opposite pair. */
  static const float corner[6][3] = {{0.0f, 0.5257311f, 0.8506508f},  {0.0f, -0.5257311f, 0.8506508f},
                                     {0.5257311f, 0.8506508f, 0.0f},  {-0.5257311f, 0.8506508f, 0.0f},
                                     {0.8506508f, 0.0f, 0.5257311f},  {-0.8506508f, 0.0f, 0.5257311f}};
  const float *l = p->local, *m = p->turn;
  const float edge = tbd_max(p->footprint * 1.5f, 0.02f);
  for (int i = 0; i < n; i++) {
    float x = x0 + (float)i;
    float px = l[0] * x + l[1] * y + l[2], py = l[3] * x + l[4] * y + l[5];
    float pz = tbd_sqrt(tbd_max(1.0f - px * px - py * py, 0.0f));
    float bx = m[0] * px + m[1] * py + m[2] * pz, by = m[3] * px + m[4] * py + m[5] * pz;
    float bz = m[6] * px + m[7] * py + m[8] * pz;
    u[i] = bx + 0.61f * bz;
    v[i] = by - 0.43f * bz;
    float ink = 0.0f;
    if (p->material.pattern == TB_PATTERN_SPOTS) {
      float most = 0.0f;
      for (int k = 0; k < 6; k++)
        most = tbd_max(most, tbd_abs(bx * corner[k][0] + by * corner[k][1] + bz * corner[k][2]));
      ink = tbd_clamp((most - (1.0f - 0.25f * p->material.line)) / (0.5f * edge) + 0.5f);
    } else if (p->material.pattern == TB_PATTERN_STRIPES) {
      float wave = to_stripe(by * 2.0f / p->material.cell_v);
      ink = tbd_clamp((0.5f * p->material.line - wave) / edge + 0.5f);
    } else {
      /* Wedges around the axis, as on a beach ball. */
      float a = tbd_clamp(bx / edge + 0.5f), b = tbd_clamp((0.5f * bx + 0.866f * bz) / edge + 0.5f);
      float c = tbd_clamp((-0.5f * bx + 0.866f * bz) / edge + 0.5f);
      float ab = a + b - 2.0f * a * b;
      ink = ab + c - 2.0f * ab * c;
    }
    mark[i] = ink;
  }
}

/* Light and mist on a row of a shape's colours. */
static void light_row(const tb_part *part, const float *restrict d, const float *restrict gx, const float *restrict gy,
                      int n, float *restrict r, float *restrict g, float *restrict b) {
  const tb_light light = part->light;
  const float per_thickness = part->thickness > 0.0f ? 1.0f / part->thickness : 0.0f;
  const float round = part->thickness > 0.0f ? 0.94f : 0.0f;
  const float clear = 1.0f - part->mist.amount;
  const float mr = part->mist.color.r * part->mist.amount, mg = part->mist.color.g * part->mist.amount;
  const float mb = part->mist.color.b * part->mist.amount;
  for (int i = 0; i < n; i++) {
    const float steep = round * (1.0f - tbd_clamp(-d[i] * per_thickness));
    const float nx = gx[i] * steep, ny = gy[i] * steep, nz = tbd_sqrt(tbd_max(1.0f - steep * steep, 0.0f));
    const float toward = nx * light.x + ny * light.y + nz * light.z;
    const float bright = (light.ambient + light.diffuse * tbd_max(toward, 0.0f)) * clear;
    /* Towards the half-way vector between light and viewer, to the 16th power: a highlight. */
    float shine = nx * light.x * 0.6f + ny * light.y * 0.6f + nz * (light.z * 0.6f + 0.5f);
    shine = tbd_clamp(shine);
    shine *= shine;
    shine *= shine;
    shine *= shine;
    const float gleam = light.gloss * shine * shine * clear;
    r[i] = r[i] * bright + gleam + mr;
    g[i] = g[i] * bright + gleam + mg;
    b[i] = b[i] * bright + gleam + mb;
  }
}

static void blend_row(float *restrict under, const float *restrict over, const float *restrict cover, int n) {
  for (int i = 0; i < n; i++) under[i] = under[i] * (1.0f - cover[i]) + over[i] * cover[i];
}

void tb_draw_part(const tb_canvas *canvas, const uint8_t *tiles, const tb_part *part, const float *points) {
  double bounds[4];
  tb_part_bounds(part, points, bounds);
  double right = (double)canvas->left + canvas->width, bottom = (double)canvas->top + canvas->height;
  if (!(bounds[0] < right && bounds[2] > canvas->left && bounds[1] < bottom && bounds[3] > canvas->top)) return;
  int x0 = bounds[0] - 1.0 > canvas->left ? (int32_t)(bounds[0] - 1.0) : canvas->left;
  int x1 = bounds[2] + 1.0 < right ? (int32_t)(bounds[2] + 1.0) + 1 : (int32_t)right;
  int y0 = bounds[1] - 1.0 > canvas->top ? (int32_t)(bounds[1] - 1.0) : canvas->top;
  int y1 = bounds[3] + 1.0 < bottom ? (int32_t)(bounds[3] + 1.0) + 1 : (int32_t)bottom;
  if (x0 < canvas->left) x0 = canvas->left;
  if (y0 < canvas->top) y0 = canvas->top;
  if (x1 > (int32_t)right) x1 = (int32_t)right;
  if (y1 > (int32_t)bottom) y1 = (int32_t)bottom;
  assert(x1 - x0 <= TB_DRAW_MAX_WIDTH);

  distance_row row;
  float u[TB_DRAW_MAX_WIDTH], v[TB_DRAW_MAX_WIDTH], fray[TB_DRAW_MAX_WIDTH], mark[TB_DRAW_MAX_WIDTH];
  float cr[TB_DRAW_MAX_WIDTH], cg[TB_DRAW_MAX_WIDTH], cb[TB_DRAW_MAX_WIDTH];
  const int ball = part->shape == TB_SHAPE_BALL;
  tb_material material = part->material;
  if (ball) material.pattern = TB_PATTERN_NONE;
  tb_layer edge = {TB_TILE_CELLS, part->rough_scale, part->rough_scale, 13.0f, 71.0f, 1.3f};
  tb_layer wave = {TB_TILE_FBM, 0.5f * part->rough_scale, 0.5f * part->rough_scale, 40.0f, 9.0f, 1.0f};
  for (int y = y0; y < y1; y++) {
    const float py = (float)y + 0.5f;
    part_distance(part, points, (float)x0 + 0.5f, py, x1 - x0, &row);
    /* The stretch of the row that the shape touches. */
    int from = 0, to = x1 - x0;
    while (from < to && row.d[from] >= 0.5f) from++;
    while (to > from && row.d[to - 1] >= 0.5f) to--;
    const int n = to - from;
    if (n == 0) continue;
    const float left = (float)(x0 + from) + 0.5f;
    const float *d = row.d + from, *gx = row.gx + from, *gy = row.gy + from;
    if (ball) {
      ball_row(part, left, py, n, u, v, mark);
    } else {
      for (int i = 0; i < n; i++) {
        float px = left + (float)i;
        u[i] = part->texture[0] * px + part->texture[1] * py + part->texture[2];
        v[i] = part->texture[3] * px + part->texture[4] * py + part->texture[5];
      }
    }
    tbd_shade_row(tiles, &material, u, v, part->footprint, n, cr, cg, cb);
    for (int i = 0; i < n; i++) fray[i] = 0.0f;
    if (part->rough > 0.0f) {
      tbd_layer_row(tiles, &edge, u, v, part->footprint, n, fray);
      tbd_layer_row(tiles, &wave, u, v, part->footprint, n, fray);
      for (int i = 0; i < n; i++) fray[i] = part->rough * tbd_clamp(0.5f - fray[i]);
    }
    if (ball) {
      const tb_color ink = part->material.ink;
      for (int i = 0; i < n; i++) {
        float amount = mark[i] * part->material.ink_weight;
        cr[i] += (ink.r - cr[i]) * amount;
        cg[i] += (ink.g - cg[i]) * amount;
        cb[i] += (ink.b - cb[i]) * amount;
      }
    }
    light_row(part, d, gx, gy, n, cr, cg, cb);
    for (int i = 0; i < n; i++) fray[i] = tbd_clamp(0.5f - d[i] - fray[i]) * part->alpha;
    const int at = (y - canvas->top) * canvas->width + (x0 + from - canvas->left);
    blend_row(canvas->r + at, cr, fray, n);
    blend_row(canvas->g + at, cg, fray, n);
    blend_row(canvas->b + at, cb, fray, n);
    if (canvas->a) {
      float *a = canvas->a + at;
      for (int i = 0; i < n; i++) a[i] = a[i] * (1.0f - fray[i]) + fray[i];
    }
  }
}
