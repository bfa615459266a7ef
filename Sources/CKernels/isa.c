#include "tb_isa.h"

int tb_isa_available(tb_isa isa) {
  switch (isa) {
    case TB_ISA_PLAIN:
      return 1;
#if TB_X86
    /* The compiler's own check reads cpuid once and also asks whether the system saves the wide registers. */
    case TB_ISA_AVX2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case TB_ISA_AVX512:
#if defined(TB_SIMDE)
      return 1;
#endif
      return tb_isa_available(TB_ISA_AVX2) && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
             __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
#endif
    default:
      return 0;
  }
}

tb_isa tb_isa_best(void) {
  if (tb_isa_available(TB_ISA_AVX512)) return TB_ISA_AVX512;
  if (tb_isa_available(TB_ISA_AVX2)) return TB_ISA_AVX2;
  return TB_ISA_PLAIN;
}
