package import CKernels

/// An instruction set that the C kernels have versions for.
public enum InstructionSet: String, Sendable, Hashable, CaseIterable {
  /// Portable C11, the definition of every kernel.
  case plain
  /// AVX2 and FMA, 8 floats at a time.
  case avx2
  /// AVX-512 F, VL, BW and DQ, 16 floats at a time.
  case avx512

  /// Those this processor and its operating system run, narrowest first.
  public static var available: [InstructionSet] { allCases.filter { tb_isa_available($0.isa) != 0 } }

  /// The widest one available.
  public static var best: InstructionSet { available.last ?? .plain }

  package var isa: tb_isa {
    switch self {
    case .plain: TB_ISA_PLAIN
    case .avx2: TB_ISA_AVX2
    case .avx512: TB_ISA_AVX512
    }
  }
}
