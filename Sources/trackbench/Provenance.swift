import Foundation
import Store
import Tensors

extension Provenance {
  /// Of this invocation on this machine. Where the BLAS library has no part in it, it is not even loaded.
  static func here(jobs: Int) throws -> Provenance {
    let engine = try Engine.ofThisProcess()
    return Provenance(
      version: Trackbench.version, cpu: Machine.cpu, kernels: engine.summary,
      blas: engine.usesBLAS ? BLASInfo.summary : "not used", jobs: jobs,
      threads: engine.threads, command: CommandLine.arguments.dropFirst().joined(separator: " "))
  }
}
