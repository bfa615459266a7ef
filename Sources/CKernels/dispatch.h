#ifndef TB_DISPATCH_H
#define TB_DISPATCH_H

#include <assert.h>

#include "tb_isa.h"

/* The version of `op` for `isa`, out of a constant table of three. */
#if TB_X86
#define TB_VERSION(op, isa) \
  ((op##_fn *const[TB_ISA_COUNT]){op##__plain, op##__avx2, op##__avx512}[tb_checked(isa)])
#else
#define TB_VERSION(op, isa) ((op##_fn *const[1]){op##__plain}[tb_checked(isa)])
#endif

static inline tb_isa tb_checked(tb_isa isa) {
  assert(tb_isa_available(isa));
  return isa;
}

#endif
