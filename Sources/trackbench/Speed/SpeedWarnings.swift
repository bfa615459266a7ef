import Tensors

/// What makes times of this process mean less than they seem to.
enum SpeedWarnings {
  /// OpenBLAS's processor families without AVX2, whose kernels a quarter of a modern core sits idle in.
  private static let slowCores: Set<String> = [
    "generic", "prescott", "core2", "penryn", "dunnington", "atom", "nano", "katmai", "coppermine", "northwood",
    "banias",
    "nehalem", "sandybridge", "athlon", "opteron", "opteron_sse3", "barcelona", "bobcat", "bulldozer", "piledriver",
    "steamroller",
  ]

  static func found(environment: [String: String], engine: Engine) -> [String] {
    var warnings: [String] = []
    if engine.instructionSet != .best {
      warnings.append(
        "warning: TRACKBENCH_KERNELS forces \(engine.instructionSet.rawValue); this processor runs \(InstructionSet.best.rawValue)"
      )
    }
    if engine.usesBLAS { warnings += library(environment) }
    if engine.threads > Machine.cores {
      warnings.append("warning: \(engine.threads) threads on \(Machine.cores) cores")
    }
    if Machine.load > Double(Machine.cores) {
      warnings.append(
        "warning: load \(Console.fixed(Machine.load, 1)) on \(Machine.cores) cores; these times mean little")
    }
    return warnings
  }

  private static func library(_ environment: [String: String]) -> [String] {
    if let forced = environment["OPENBLAS_CORETYPE"], !forced.isEmpty {
      return ["warning: OPENBLAS_CORETYPE forces OpenBLAS's kernels for \(forced)"]
    }
    guard InstructionSet.best != .plain, slowCores.contains(BLASInfo.coreName.lowercased()) else { return [] }
    return [
      "warning: OpenBLAS took kernels for \(BLASInfo.coreName), which know no AVX2; OPENBLAS_CORETYPE=Haswell may help"
    ]
  }
}
