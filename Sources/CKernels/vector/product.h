/* The product of rows with packed weights (../product.h), written once over tb_vec.
 *
 * A kernel keeps TB_ROWS x 2 vectors of sums in registers and goes through the depth: two vectors of weights, one value a
 * row, 2 TB_ROWS multiply-adds. The depth is cut into blocks of about TB_DEPTH, the rows of a block stay in the second
 * cache while panel after panel of weights passes. */

enum { TB_PANEL = 2 * TB_LANES, TB_DEPTH = 512 };

typedef struct tb_tile {
  const float *const *rows; /* of the block's first tap */
  size_t row_count, taps, offset, depth;
  const float *weights;
  const char *next; /* weights to fetch ahead: a line every fourth step */
  float *out;
  size_t out_stride;
  int first, last; /* whether the sums begin here, whether they end here */
  const float *bias, *residual;
  size_t residual_stride;
  tb_activation activation;
  tb_mask mask; /* of the last vector */
} tb_tile;

/* ROWS x VECTORS sums. WHOLE: no mask. All three are constants where this is called. */
static inline __attribute__((always_inline)) void tb_tile_sums(const tb_tile *tile, const int ROWS, const int VECTORS,
                                                               const int WHOLE) {
  tb_vec sums[TB_ROWS][2];
#pragma clang loop unroll(full)
  for (int r = 0; r < ROWS; r++)
#pragma clang loop unroll(full)
    for (int v = 0; v < VECTORS; v++) sums[r][v] = tb_zero();

  /* The sums' places are asked for long before they are written. */
#pragma clang loop unroll(full)
  for (int r = 0; r < ROWS; r++) __builtin_prefetch(tile->out + r * tile->out_stride, 1, 3);
  if (tile->residual && tile->last) {
#pragma clang loop unroll(full)
    for (int r = 0; r < ROWS; r++) __builtin_prefetch(tile->residual + r * tile->residual_stride, 0, 3);
  }

  const float *weights = tile->weights;
  const float *const *rows = tile->rows;
  const char *next = tile->next;
  const size_t depth = tile->depth;
  for (size_t tap = 0; tap < tile->taps; tap++, rows += tile->row_count) {
    const float *a[TB_ROWS];
#pragma clang loop unroll(full)
    for (int r = 0; r < ROWS; r++) a[r] = rows[r] + tile->offset;
    size_t k = 0;
#define TB_STEP(AHEAD)                                                                           \
  {                                                                                              \
    tb_vec w0 = tb_load(weights), w1 = VECTORS > 1 ? tb_load(weights + TB_LANES) : tb_zero();    \
    weights += TB_PANEL;                                                                         \
    _Pragma("clang loop unroll(full)") for (int r = 0; r < ROWS; r++) {                          \
      tb_vec value = tb_all(a[r][k + AHEAD]);                                                    \
      sums[r][0] = tb_fma(value, w0, sums[r][0]);                                                \
      if (VECTORS > 1) sums[r][1] = tb_fma(value, w1, sums[r][1]);                               \
    }                                                                                            \
  }
    for (; k + 4 <= depth; k += 4) {
      tb_prefetch(next);
      next += 64;
      TB_STEP(0)
      TB_STEP(1)
      TB_STEP(2)
      TB_STEP(3)
    }
    for (; k < depth; k++) TB_STEP(0)
#undef TB_STEP
  }

  float *const out = tile->out;
  const size_t stride = tile->out_stride;
#define TB_EACH                                                               \
  _Pragma("clang loop unroll(full)") for (int r = 0; r < ROWS; r++)           \
      _Pragma("clang loop unroll(full)") for (int v = 0; v < VECTORS; v++)
#define TB_GET(from) (!WHOLE && v == VECTORS - 1 ? tb_load_tail(from, tile->mask) : tb_load(from))
  if (!tile->first) TB_EACH sums[r][v] = tb_add(sums[r][v], TB_GET(out + r * stride + v * TB_LANES));
  if (tile->last) {
    if (tile->bias) TB_EACH sums[r][v] = tb_add(sums[r][v], TB_GET(tile->bias + v * TB_LANES));
    if (tile->residual)
      TB_EACH sums[r][v] =
          tb_add(sums[r][v], TB_GET(tile->residual + r * tile->residual_stride + v * TB_LANES));
    if (tile->activation == TB_ACTIVATION_RELU) {
      TB_EACH sums[r][v] = tb_greater(sums[r][v], tb_zero());
    } else if (tile->activation != TB_ACTIVATION_NONE) {
      TB_EACH sums[r][v] = tb_activated(sums[r][v], tile->activation);
    }
  }
  TB_EACH {
    if (!WHOLE && v == VECTORS - 1) {
      tb_store_tail(out + r * stride + v * TB_LANES, tile->mask, sums[r][v]);
    } else {
      tb_store(out + r * stride + v * TB_LANES, sums[r][v]);
    }
  }
#undef TB_EACH
#undef TB_GET
}

#define TB_TILE(ROWS)                                                               \
  static void tb_tile_2_##ROWS(const tb_tile *t) { tb_tile_sums(t, ROWS, 2, 1); }   \
  static void tb_tile_1_##ROWS(const tb_tile *t) { tb_tile_sums(t, ROWS, 1, 1); }   \
  static void tb_edge_2_##ROWS(const tb_tile *t) { tb_tile_sums(t, ROWS, 2, 0); }   \
  static void tb_edge_1_##ROWS(const tb_tile *t) { tb_tile_sums(t, ROWS, 1, 0); }
TB_TILE(1)
TB_TILE(2)
TB_TILE(3)
TB_TILE(4)
TB_TILE(5)
TB_TILE(6)
#if TB_ROWS > 6
TB_TILE(7)
TB_TILE(8)
TB_TILE(9)
TB_TILE(10)
TB_TILE(11)
TB_TILE(12)
#define TB_TILES(KIND)                                                                                         \
  {KIND##_1, KIND##_2, KIND##_3, KIND##_4, KIND##_5, KIND##_6, KIND##_7, KIND##_8, KIND##_9, KIND##_10, KIND##_11, \
   KIND##_12}
#else
#define TB_TILES(KIND) {KIND##_1, KIND##_2, KIND##_3, KIND##_4, KIND##_5, KIND##_6}
#endif

typedef void tb_tile_fn(const tb_tile *tile);
/* By masked or not, vectors, rows. */
static tb_tile_fn *const tb_tiles[2][2][TB_ROWS] = {{TB_TILES(tb_tile_1), TB_TILES(tb_tile_2)},
                                                    {TB_TILES(tb_edge_1), TB_TILES(tb_edge_2)}};

/* How one block of depth goes through rows and panels. `tile` holds what all kernels' calls share; `panel_floats` lie from one panel to the next, `skipped` before the block's weights in each. */
typedef struct tb_block {
  const tb_product *product;
  tb_tile tile;
  const float *const *rows; /* of the block's first tap */
  size_t panel_floats, skipped;
  size_t groups, rows_each, longer; /* rows go through in groups of nearly one size: the first `longer` have one more */
} tb_block;

static inline size_t tb_rows_of(const tb_block *b, size_t group) { return b->rows_each + (group < b->longer); }

/* One call of a kernel: the group that begins at `row`, the panel that begins at `column`. */
static inline void tb_block_tile(tb_block *b, size_t row, size_t count, size_t column, const char *next) {
  const tb_product *p = b->product;
  tb_tile *tile = &b->tile;
  size_t width = tb_smaller(p->columns - column, TB_PANEL), vectors = tb_parts(width, TB_LANES);
  size_t rest = width % TB_LANES;
  tile->mask = tb_tail(rest);
  tile->weights = p->weights + column / TB_PANEL * b->panel_floats + b->skipped;
  tile->bias = p->bias ? p->bias + column : NULL;
  tile->rows = b->rows + row;
  tile->out = p->out + row * p->out_stride + column;
  tile->residual = p->residual ? p->residual + row * p->residual_stride + column : NULL;
  tile->next = next ? next : (const char *)tile->weights;
  tb_tiles[rest != 0][vectors - 1][count - 1](tile);
}

/* Few weights: they all stay in the nearest caches, and rows are written from one end to the other. */
static inline void tb_block_by_rows(tb_block *b) {
  for (size_t group = 0, row = 0; group < b->groups; row += tb_rows_of(b, group), group++)
    for (size_t column = 0; column < b->product->columns; column += TB_PANEL)
      tb_block_tile(b, row, tb_rows_of(b, group), column, NULL);
}

/* Many weights: a panel passes all rows, which stay in the second cache, while the next one is fetched. */
static inline void tb_block_by_panels(tb_block *b) {
  const tb_product *p = b->product;
  const size_t taps = b->tile.taps, depth = b->tile.depth;
  for (size_t tap = 0; tap < taps; tap++)
    for (size_t row = 0; row < p->row_count; row++)
      for (size_t k = 0; k < depth; k += 16)
        tb_prefetch((const char *)(b->rows[tap * p->row_count + row] + b->tile.offset + k));
  const size_t fetched = taps * (depth / 4) * 64; /* bytes a call fetches ahead */
  for (size_t column = 0; column < p->columns; column += TB_PANEL) {
    /* A fetch beyond the last panel does no harm. */
    const char *next = (const char *)(p->weights + (column / TB_PANEL + 1) * b->panel_floats + b->skipped);
    const char *end = next + taps * depth * TB_PANEL * sizeof(float);
    for (size_t group = 0, row = 0; group < b->groups; row += tb_rows_of(b, group), group++, next += fetched)
      tb_block_tile(b, row, tb_rows_of(b, group), column, next < end ? next : NULL);
  }
}

/* Floats of weights that stay near enough to be read again for every group of rows. */
enum { TB_FEW_WEIGHTS = 24 * 1024 };

void TB_NAME(tb_product_f32)(const tb_product *p) {
  if (p->row_count == 0 || p->columns == 0) return;
  assert(!tb_is_scalar(p->activation) && p->depth <= TB_DEEPEST_TAP);
  const size_t groups = tb_parts(p->row_count, TB_ROWS);
  tb_block block = {.product = p,
                    .panel_floats = p->taps * p->depth * TB_PANEL,
                    .groups = groups,
                    .rows_each = p->row_count / groups,
                    .longer = p->row_count % groups};
  tb_tile *tile = &block.tile;
  *tile = (tb_tile){.row_count = p->row_count, .out_stride = p->out_stride, .residual_stride = p->residual_stride,
                    .activation = p->activation};
  /* A block is several taps, or a piece of one. */
  const size_t pieces = tb_parts(p->depth, TB_DEPTH), piece = tb_parts(tb_parts(p->depth, pieces), 4) * 4;
  const size_t blocks = tb_parts(p->taps, tb_larger(1, TB_DEPTH / p->depth));
  const size_t together = tb_parts(p->taps, blocks);
  const int few = pieces == 1 && blocks == 1 && p->taps * p->depth * p->columns <= TB_FEW_WEIGHTS;
  for (size_t tap = 0; tap < p->taps; tap += together) {
    tile->taps = tb_smaller(together, p->taps - tap);
    for (size_t offset = 0; offset < p->depth; offset += piece) {
      block.rows = p->rows + tap * p->row_count;
      tile->offset = offset;
      tile->depth = tb_smaller(piece, p->depth - offset);
      tile->first = tap == 0 && offset == 0;
      tile->last = tap + tile->taps == p->taps && offset + tile->depth == p->depth;
      block.skipped = (tap * p->depth + offset) * TB_PANEL;
      if (few) {
        tb_block_by_rows(&block);
      } else {
        tb_block_by_panels(&block);
      }
    }
  }
}
