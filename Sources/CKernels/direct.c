#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "activation.h"
#include "product.h"
#include "tb_fast_convolution.h"

const float tb_zeros[TB_DEEPEST_TAP];

/* How the taps of a layer are cut into runs of floats that lie together in the input. */
typedef struct taps {
  size_t count, depth;
  int joined; /* a tap is a whole row of taps */
} taps;

static taps taps_of(size_t in_channels, size_t pixel_stride, tb_filters f) {
  size_t channels = in_channels / f.groups;
  /* A picture of few channels: three floats a tap are too few for a loop. */
  int joined = f.groups == 1 && f.window.dilation == 1 && f.window.kernel_w > 1 && channels == pixel_stride &&
               f.window.kernel_w * channels <= TB_DEEPEST_TAP;
  return joined ? (taps){f.window.kernel_h, f.window.kernel_w * channels, 1}
                : (taps){f.window.kernel_h * f.window.kernel_w, channels, 0};
}

size_t tb_direct_weights(tb_isa isa, size_t in_channels, tb_filters f) {
  size_t depth = in_channels / f.groups * f.window.kernel_h * f.window.kernel_w;
  return f.groups * tb_panels(isa, f.out_channels / f.groups) * depth * tb_panel(isa);
}

/* MARK: packing */

typedef struct packing {
  const float *weights;
  float *packed;
  size_t outputs, channels, taps, panel, panels; /* outputs and channels of a group */
} packing;

/* One panel: for each tap and channel the weights of `panel` outputs. */
static void pack_panel(void *context, size_t task, size_t worker) {
  (void)worker;
  const packing *p = context;
  size_t group = task / p->panels, first = task % p->panels * p->panel;
  size_t width = tb_smaller(p->panel, p->outputs - first);
  const float *source = p->weights + (group * p->outputs + first) * p->channels * p->taps;
  float *packed = p->packed + task * p->taps * p->channels * p->panel;
  for (size_t tap = 0; tap < p->taps; tap++)
    for (size_t c = 0; c < p->channels; c++)
      for (size_t o = 0; o < p->panel; o++)
        *packed++ = o < width ? source[(o * p->channels + c) * p->taps + tap] : 0;
}

void tb_direct_pack(tb_isa isa, tb_pool *pool, const float *weights, size_t in_channels, tb_filters f, float *packed) {
  assert(f.groups > 0 && in_channels % f.groups == 0 && f.out_channels % f.groups == 0);
  packing p = {.weights = weights,
               .packed = packed,
               .outputs = f.out_channels / f.groups,
               .channels = in_channels / f.groups,
               .taps = f.window.kernel_h * f.window.kernel_w,
               .panel = tb_panel(isa),
               .panels = tb_panels(isa, f.out_channels / f.groups)};
  tb_pool_run(pool, f.groups * p.panels, pack_panel, &p);
}

/* MARK: convolving */

/* How the output is cut into tasks: blocks of pixels, groups, blocks of columns. */
typedef struct cut {
  size_t pixels, row_blocks, row_count; /* row_count: pixels of a block, the last ones may have fewer */
  size_t column_blocks, column_count;
} cut;

/* Pixels of a block stay in the second cache; columns are limited so that their sums do too. */
enum { ROWS_OF_GROUPS = 16, COLUMNS = 512 };

static cut cut_of(tb_isa isa, size_t threads, tb_shape in, tb_filters f) {
  tb_slide w = f.window;
  size_t height = tb_slides(in.h, w.kernel_h, w.stride, w.padding, w.dilation);
  size_t width = tb_slides(in.w, w.kernel_w, w.stride, w.padding, w.dilation);
  size_t columns = f.out_channels / f.groups, panel = tb_panel(isa), unit = tb_kernel_rows(isa);
  cut c = {.pixels = in.n * height * width};
  c.column_blocks = tb_parts(columns, COLUMNS);
  c.column_count = tb_parts(tb_parts(columns, c.column_blocks), panel) * panel;
  c.column_blocks = tb_parts(columns, c.column_count);
  c.row_blocks = tb_parts(c.pixels, unit * ROWS_OF_GROUPS);
  size_t others = c.column_blocks * f.groups;
  /* A few blocks on a few threads: as many on each. */
  if (threads > 1 && c.row_blocks * others < 16 * threads)
    c.row_blocks = tb_parts(tb_larger(c.row_blocks * others, 2 * threads), threads) * threads / others + 1;
  c.row_count = tb_parts(tb_parts(c.pixels, tb_larger(c.row_blocks, 1)), unit) * unit;
  c.row_blocks = tb_parts(c.pixels, c.row_count);
  return c;
}

typedef struct direct {
  tb_product_f32_fn *product;
  const float *x, *packed;
  tb_shape in;
  tb_filters filters;
  tb_finish finish;
  size_t out_h, out_w;
  taps taps;
  cut cut;
  size_t panel, panel_floats, group_floats;
  float *out;
  size_t out_stride;
  float *scratch;
  size_t scratch_each; /* floats of one worker */
} direct;

static size_t round_up(size_t value, size_t unit) { return tb_parts(value, unit) * unit; }

/* Floats a worker wants: a pointer a tap and row, and room for rows of taps that hang over the picture's edge. */
static size_t pointer_floats(taps t, cut c) {
  return round_up(t.count * c.row_count * sizeof(float *) / sizeof(float), 16);
}
static size_t worker_floats(taps t, cut c) {
  return pointer_floats(t, c) + (t.joined ? round_up(t.count * t.depth * c.row_count, 16) : 0);
}

size_t tb_direct_scratch(tb_isa isa, const tb_pool *pool, tb_shape in, tb_filters f) {
  size_t threads = tb_pool_threads(pool);
  taps joined = taps_of(in.c, in.pixel_stride, f);
  return threads * worker_floats(joined, cut_of(isa, threads, in, f));
}

/* Moves on along the output, `count` pixels that reach the end of a row at most. */
static inline void next_pixel(const direct *d, size_t count, size_t *ox, size_t *oy, size_t *n) {
  *ox += count;
  if (*ox < d->out_w) return;
  *ox = 0;
  if (++*oy < d->out_h) return;
  *oy = 0;
  ++*n;
}

/* Of `count` output pixels in one row, whose taps begin in column `left`, how many have none beside the picture; 0 where the first has. */
static inline size_t pixels_inside(const direct *d, ptrdiff_t left, size_t count) {
  tb_slide w = d->filters.window;
  if (left < 0 || (size_t)left + w.kernel_w > d->in.w) return 0;
  return tb_smaller(count, (d->in.w - w.kernel_w - (size_t)left) / w.stride + 1);
}

/* Rows of taps: a run of the picture where it lies inside, a copy with zeros where it does not. */
static void point_at_rows(const direct *d, size_t first, size_t count, const float **rows, float *copies) {
  tb_slide w = d->filters.window;
  size_t pixel = d->in.pixel_stride, step = w.stride * pixel;
  size_t ox = first % d->out_w, oy = first / d->out_w % d->out_h, n = first / d->out_w / d->out_h;
  for (size_t r = 0; r < count;) {
    ptrdiff_t left = (ptrdiff_t)(ox * w.stride) - (ptrdiff_t)w.padding;
    size_t top = oy * w.stride - w.padding; /* wraps when negative */
    size_t inside = pixels_inside(d, left, tb_smaller(count - r, d->out_w - ox));
    if (inside && top < d->in.h && top + w.kernel_h <= d->in.h) {
      const float *corner = d->x + ((n * d->in.h + top) * d->in.w + (size_t)left) * pixel;
      for (size_t ky = 0; ky < w.kernel_h; ky++, corner += d->in.w * pixel)
        for (size_t i = 0; i < inside; i++) rows[ky * count + r + i] = corner + i * step;
      next_pixel(d, inside, &ox, &oy, &n);
      r += inside;
      continue;
    }
    for (size_t ky = 0; ky < d->taps.count; ky++) {
      size_t y = top + ky;
      const float **place = &rows[ky * count + r];
      if (y >= d->in.h) {
        *place = tb_zeros;
        continue;
      }
      const float *row = d->x + (n * d->in.h + y) * d->in.w * pixel;
      if (inside) {
        *place = row + (size_t)left * pixel;
        continue;
      }
      memset(copies, 0, d->taps.depth * sizeof(float));
      for (size_t kx = 0; kx < w.kernel_w; kx++) {
        ptrdiff_t column = left + (ptrdiff_t)kx;
        if (column >= 0 && (size_t)column < d->in.w)
          memcpy(copies + kx * pixel, row + (size_t)column * pixel, pixel * sizeof(float));
      }
      *place = copies;
      copies += d->taps.depth;
    }
    next_pixel(d, 1, &ox, &oy, &n);
    r++;
  }
}

static void point_at_taps(const direct *d, size_t first, size_t count, size_t channel, const float **rows) {
  tb_slide w = d->filters.window;
  size_t pixel = d->in.pixel_stride;
  if (d->taps.count == 1 && w.stride == 1 && w.padding == 0) {
    for (size_t r = 0; r < count; r++) rows[r] = d->x + (first + r) * pixel + channel;
    return;
  }
  size_t ox = first % d->out_w, oy = first / d->out_w % d->out_h, n = first / d->out_w / d->out_h;
  for (size_t r = 0; r < count; r++) {
    const float *image = d->x + n * d->in.h * d->in.w * pixel + channel;
    const float **place = rows + r;
    for (size_t ky = 0; ky < w.kernel_h; ky++) {
      size_t y = oy * w.stride + ky * w.dilation - w.padding; /* wraps when negative */
      for (size_t kx = 0; kx < w.kernel_w; kx++, place += count) {
        size_t column = ox * w.stride + kx * w.dilation - w.padding;
        *place = y < d->in.h && column < d->in.w ? image + (y * d->in.w + column) * pixel : tb_zeros;
      }
    }
    next_pixel(d, 1, &ox, &oy, &n);
  }
}

static void convolve_block(void *context, size_t task, size_t worker) {
  const direct *d = context;
  const cut *c = &d->cut;
  size_t block = task % c->row_blocks, group = task / c->row_blocks / c->column_blocks;
  size_t columns = d->filters.out_channels / d->filters.groups;
  size_t column = task / c->row_blocks % c->column_blocks * c->column_count;
  size_t first = block * c->row_count, count = tb_smaller(c->row_count, c->pixels - first);
  float *scratch = d->scratch + worker * d->scratch_each;
  const float **rows = (const float **)(void *)scratch;
  if (d->taps.joined) {
    point_at_rows(d, first, count, rows, scratch + pointer_floats(d->taps, *c));
  } else {
    point_at_taps(d, first, count, group * d->taps.depth, rows);
  }
  size_t channel = group * columns + column; /* of the output */
  tb_finish finish = d->finish;
  d->product(&(tb_product){
      .rows = rows,
      .row_count = count,
      .taps = d->taps.count,
      .depth = d->taps.depth,
      .weights = d->packed + group * d->group_floats + column / d->panel * d->panel_floats,
      .columns = tb_smaller(c->column_count, columns - column),
      .out = d->out + first * d->out_stride + channel,
      .out_stride = d->out_stride,
      .bias = finish.bias ? finish.bias + channel : NULL,
      .residual = finish.residual ? finish.residual + first * finish.residual_stride + channel : NULL,
      .residual_stride = finish.residual_stride,
      .activation = finish.activation,
  });
}

/* Below this many products a task costs less than waking somebody for it. */
enum { WORTH_SHARING = 1 << 20 };

void tb_direct_f32(tb_isa isa, tb_pool *pool, const float *x, tb_shape in, const float *packed, tb_filters f,
                   tb_finish finish, float *out, size_t out_stride, float *scratch) {
  assert(f.groups > 0 && in.c % f.groups == 0 && f.out_channels % f.groups == 0);
  assert(out_stride >= f.out_channels && in.pixel_stride >= in.c);
  tb_activation activation = finish.activation;
  int scalar = activation == TB_ACTIVATION_SIGMOID || activation == TB_ACTIVATION_EXPONENTIAL;
  if (scalar) finish.activation = TB_ACTIVATION_NONE;
  direct d = {.product = TB_VERSION(tb_product_f32, isa),
              .x = x,
              .packed = packed,
              .in = in,
              .filters = f,
              .finish = finish,
              .out_h = tb_slides(in.h, f.window.kernel_h, f.window.stride, f.window.padding, f.window.dilation),
              .out_w = tb_slides(in.w, f.window.kernel_w, f.window.stride, f.window.padding, f.window.dilation),
              .taps = taps_of(in.c, in.pixel_stride, f),
              .cut = cut_of(isa, tb_pool_threads(pool), in, f),
              .panel = tb_panel(isa),
              .out = out,
              .out_stride = out_stride,
              .scratch = scratch};
  if (d.cut.pixels == 0) return;
  size_t depth = d.taps.count * d.taps.depth;
  d.panel_floats = depth * d.panel;
  d.group_floats = tb_panels(isa, f.out_channels / f.groups) * d.panel_floats;
  d.scratch_each = worker_floats(d.taps, d.cut);
  int shared = d.cut.pixels * f.out_channels * depth >= WORTH_SHARING;
  tb_pool_run(shared ? pool : NULL, d.cut.row_blocks * d.cut.column_blocks * f.groups, convolve_block, &d);
  if (scalar) tb_bias_activation_f32(isa, out, d.cut.pixels, f.out_channels, out_stride, NULL, activation);
}
