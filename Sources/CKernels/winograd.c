#include <assert.h>

#include "winograd_layer.h"

static size_t out_side(size_t extent, tb_filters f) {
  return tb_slides(extent, f.window.kernel_h, f.window.stride, f.window.padding, f.window.dilation);
}

/* Squares along one axis, over all phases of the dilation. */
static size_t squares_along(size_t extent, size_t outputs, size_t dilation) {
  size_t count = 0;
  for (size_t phase = 0; phase < dilation && phase < extent; phase++)
    count += tb_parts(tb_parts(extent - phase, dilation), outputs);
  return count;
}

size_t tb_winograd_tiles(tb_winograd_form form, tb_shape in, tb_filters f) {
  return in.n * squares_along(out_side(in.h, f), form.outputs, f.window.dilation) *
         squares_along(out_side(in.w, f), form.outputs, f.window.dilation);
}

/* Floats of the list of squares, and of the phases of a strided layer's input. */
static size_t list_floats(size_t squares) { return tb_round_up(squares * sizeof(tb_square) / sizeof(float), 16); }
static size_t input_floats(tb_shape unit, tb_filters f) {
  return f.window.stride > 1 ? tb_round_up(unit.n * unit.h * unit.w * unit.pixel_stride, 16) : 0;
}

size_t tb_winograd_scratch(tb_isa isa, const tb_pool *pool, tb_winograd_form form, tb_shape in, tb_filters f) {
  tb_filters unit = tb_unit_filters(form, f);
  tb_shape shape = tb_unit_shape(form, in, f);
  size_t squares = tb_winograd_tiles(form, in, f), threads = tb_pool_threads(pool);
  size_t rest = tb_winograd_is_narrow(shape.c, unit) ? tb_narrow_scratch(isa, threads, form, squares, shape, unit)
                                                     : tb_wide_scratch(isa, threads, form, squares, shape, unit);
  return input_floats(shape, f) + list_floats(squares) + rest;
}

void tb_winograd_f32(tb_isa isa, tb_pool *pool, tb_winograd_form form, const float *x, tb_shape in,
                     const float *packed, tb_filters f, tb_finish finish, float *out, size_t out_stride,
                     float *scratch) {
  assert(tb_winograd_suits(form, f) && f.groups > 0 && in.c % f.groups == 0 && f.out_channels % f.groups == 0);
  assert(out_stride >= f.out_channels && in.pixel_stride >= in.c && in.c <= TB_DEEPEST_TAP);
  tb_activation activation = finish.activation;
  int scalar = activation == TB_ACTIVATION_SIGMOID || activation == TB_ACTIVATION_EXPONENTIAL;
  if (scalar) finish.activation = TB_ACTIVATION_NONE;
  tb_winograd_layer w = {.isa = isa,
                         .form = form,
                         .x = x,
                         .packed = packed,
                         .in = tb_unit_shape(form, in, f),
                         .filters = tb_unit_filters(form, f),
                         .finish = finish,
                         .out_h = out_side(in.h, f),
                         .out_w = out_side(in.w, f),
                         .out = out,
                         .out_stride = out_stride,
                         .square_count = tb_winograd_tiles(form, in, f),
                         .gather = TB_VERSION(tb_winograd_gather_f32, isa),
                         .scatter = TB_VERSION(tb_winograd_scatter_f32, isa)};
  if (w.square_count == 0) return;
  if (f.window.stride > 1) {
    tb_unit_input(pool, x, in, f, scratch, w.in);
    w.x = scratch;
    scratch += input_floats(w.in, f);
  }
  w.squares = (tb_square *)(void *)scratch;
  w.scratch = scratch + list_floats(w.square_count);
  tb_list_squares(&w);
  if (tb_winograd_is_narrow(w.in.c, w.filters)) {
    tb_narrow_f32(pool, &w);
  } else {
    tb_wide_f32(pool, &w);
  }
  if (scalar) tb_bias_activation_f32(isa, out, in.n * w.out_h * w.out_w, f.out_channels, out_stride, NULL, activation);
}
