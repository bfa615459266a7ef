#ifndef TB_ISA_H
#define TB_ISA_H

/// Instruction sets, and how every kernel of this library chooses one.
///
/// A family `tb_op_f32` has a plain version in portable C11, which is its definition and stays for ever, and vector
/// versions `__avx2` and `__avx512` where that pays. `tb_op_f32(isa, ...)` runs the version for `isa` through a
/// constant table; the caller asks tb_isa_best() once and hands the answer to every call. Nothing here keeps state.

typedef enum tb_isa {
  TB_ISA_PLAIN = 0,
  TB_ISA_AVX2 = 1,   /* AVX2 and FMA */
  TB_ISA_AVX512 = 2, /* AVX-512 F, VL, BW and DQ */
} tb_isa;

enum { TB_ISA_COUNT = 3 };

/// 1 where this processor and its operating system run `isa`, else 0. TB_ISA_PLAIN always runs.
int tb_isa_available(tb_isa isa);

/// The widest instruction set available.
tb_isa tb_isa_best(void);

#if defined(__x86_64__)
#define TB_X86 1
#else
#define TB_X86 0
#endif

#endif
