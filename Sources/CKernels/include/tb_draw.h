#ifndef TB_DRAW_H
#define TB_DRAW_H
#include <stddef.h>
#include <stdint.h>

/* Software drawing for the demo data set: textured surfaces, shapes with exact bounds, the camera's finish.
 *
 * Only + - * / and square roots of IEEE single and double precision, integer hashes and no contraction: every machine gets
 * the same bytes. Nothing allocates, nothing is kept between calls; safe from any thread.
 *
 * Pixel (x, y) covers [x, x+1) x [y, y+1); shapes live in these continuous coordinates, y down. Colours are 0...1. */

/* Widest picture that can be drawn: rows are worked on in buffers on the stack. */
#define TB_DRAW_MAX_WIDTH 1024
/* Noise tiles: 256 x 256 texels each and their halved versions down to 1 x 1, one after the other, each with its first
 * column and row once more at the end. */
#define TB_TILE_COUNT 6
#define TB_TILE_BYTES 88412

enum { TB_TILE_FBM, TB_TILE_RIDGE, TB_TILE_CELLS, TB_TILE_CRACKS, TB_TILE_STREAKS, TB_TILE_GRAIN };

enum {
  TB_PATTERN_NONE, TB_PATTERN_STRIPES, TB_PATTERN_SPOTS, TB_PATTERN_PATCHES, TB_PATTERN_BRICKS, TB_PATTERN_TILES,
  TB_PATTERN_LANES, TB_PATTERN_WINDOWS, TB_PATTERN_SCALES, TB_PATTERN_PLAID
};

enum { TB_SHAPE_ELLIPSE, TB_SHAPE_CAPSULE, TB_SHAPE_POLYGON, TB_SHAPE_BALL };

/* Fills `tiles` (TB_TILE_COUNT * TB_TILE_BYTES bytes) with the noise all textures are made of; the same for every seed. */
void tb_draw_tiles(uint8_t *tiles);

typedef struct {
  float r, g, b;
} tb_color;

/* One layer of noise: texel = coordinate * scale + offset, worth `weight` * (noise - 0.5). Weight 0 is skipped. */
typedef struct {
  int32_t tile;
  float scale_u, scale_v;
  float offset_u, offset_v;
  float weight;
} tb_layer;

/* What a surface looks like at texture coordinates (u, v).
 * base plus the layers is a place on the ramp dark (0), mid (0.5), light (1); the pattern mixes `ink` in. */
typedef struct {
  tb_color dark, mid, light, ink;
  float base;
  tb_layer first, second, third;
  int32_t pattern;
  float cell_u, cell_v; /* size of the pattern's cell, in units of u and v; > 0 where there is a pattern */
  float line;           /* share of the cell that is ink (stripe, groove, spot), 0...1 */
  float vary;           /* how much cells differ on the ramp */
  float warp;           /* how far noise bends the pattern, in cells */
  float ink_weight;     /* 0...1 */
  uint32_t seed;
} tb_material;

/* Planes of red, green, blue and, for sprites, alpha (colours then multiplied by it); NULL alpha is an opaque picture.
 * (left, top) is the picture's pixel at element 0. */
typedef struct {
  float *r, *g, *b, *a;
  int32_t left, top, width, height;
} tb_canvas;

typedef struct {
  tb_color color;
  float amount; /* 0 clear ... 1 nothing else seen */
} tb_mist;

/* Light on rounded shapes: direction towards the light (x right, y down, z to the viewer; unit length). */
typedef struct {
  float x, y, z, ambient, diffuse, gloss;
} tb_light;

/* One solid shape. Ellipse and ball: `local` maps the picture onto the unit disc. Capsule: hull of two discs, neither inside
 * the other. Polygon: `count` points from `first` in the list handed along (x, y pairs), grown by `round`. */
typedef struct {
  int32_t shape;
  float local[6]; /* lx = l0 * x + l1 * y + l2, ly = l3 * x + l4 * y + l5 */
  float ax, ay, ar, bx, by, br;
  int32_t first, count;
  float round;
  float texture[6];  /* u and v from picture coordinates, laid out as `local` */
  float turn[9];     /* ball: rotation that brings its surface to the viewer */
  float thickness;   /* pixels from the edge over which the shape is rounded towards the viewer; 0 is flat */
  float rough;       /* pixels by which noise frays the edge inwards: foliage, clouds; 0 is clean */
  float rough_scale; /* texels per unit of u */
  float footprint;   /* units of u per pixel */
  float alpha;
  tb_material material;
  tb_light light;
  tb_mist mist;
} tb_part;

/* Sky of rows [top of the canvas, bottom): a gradient with clouds. `cover` 0 clear ... 1 overcast. */
typedef struct {
  tb_color high, low, cloud;
  float horizon, cover, softness, scale, drift_u, drift_v;
} tb_sky;
void tb_draw_sky(const tb_canvas *canvas, const uint8_t *tiles, const tb_sky *sky, int32_t bottom);

/* A level plane seen in perspective, rows [first_row, last_row) of it: row y lies at depth 1 / (y - horizon) * focal. */
typedef struct {
  float horizon, focal; /* u = (x - center) * depth / focal + camera_u, v = depth + camera_v */
  float center, camera_u, camera_v;
  tb_material material;
  tb_color mist;
  float mist_depth; /* depth at which half is mist */
  float near_shade; /* light at the bottom row of the canvas; 1 none */
} tb_plane;
void tb_draw_plane(const tb_canvas *canvas, const uint8_t *tiles, const tb_plane *plane, int32_t first_row,
                   int32_t last_row);

/* A surface facing the viewer, from tops[x] (one a column of the canvas, fractions soften the edge) down to row `bottom`.
 * Light runs from `light_top` at row `from` to `light_bottom` at row `bottom`. */
typedef struct {
  float texture[6], footprint;
  tb_material material;
  tb_mist mist_top, mist_bottom;
  float from, light_top, light_bottom;
} tb_surface;
void tb_draw_surface(const tb_canvas *canvas, const uint8_t *tiles, const tb_surface *surface, const float *tops,
                     int32_t bottom);

/* Draws one shape over what is there. `points` may be NULL where no part is a polygon. */
void tb_draw_part(const tb_canvas *canvas, const uint8_t *tiles, const tb_part *part, const float *points);
/* Left, top, right, bottom of the shape's silhouette, exact up to rounding; not cut at the picture's edge. */
void tb_part_bounds(const tb_part *part, const float *points, double bounds[4]);
/* 1 where (x, y) lies inside the shape's clean silhouette (roughness ignored). */
int32_t tb_part_contains(const tb_part *part, const float *points, float x, float y);

/* Darkens a soft ellipse: `local` maps the picture onto its unit disc, light there becomes 1 - strength. */
void tb_draw_shadow(const tb_canvas *canvas, const float local[6], float strength, float softness);
/* out over canvas, `weight` of it; both cover the same pixels. Used to average the positions of a moving sprite. */
void tb_draw_accumulate(const tb_canvas *sum, const tb_canvas *sprite, float weight);
/* Lays a sprite (colours multiplied by alpha) over the opaque picture. */
void tb_draw_composite(const tb_canvas *picture, const tb_canvas *sprite);
/* Sets every plane to 0. */
void tb_draw_clear(const tb_canvas *canvas);

/* The camera: softness of the lens, gain per channel, contrast, vignette, noise of the sensor. */
typedef struct {
  tb_color gain;
  float lift;     /* added before the gain */
  float soften;   /* 0 none ... 1 a full 1-2-1 filter both ways */
  float vignette; /* light lost in the corners, 0...1 */
  float noise;    /* standard deviation, in units of 1/255 */
  uint32_t seed;  /* of this frame's noise */
} tb_camera;
/* Writes width * height * 3 bytes. The canvas is used up: its planes hold nothing of use afterwards. */
void tb_draw_finish(const tb_canvas *canvas, const tb_camera *camera, uint8_t *out);

#endif
