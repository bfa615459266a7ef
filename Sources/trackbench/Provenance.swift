import Foundation
import Store
import Tensors

extension Provenance {
  /// Of this invocation on this machine.
  static func here(jobs: Int) throws -> Provenance {
    let engine = try Engine.ofThisProcess()
    return Provenance(
      version: Trackbench.version, cpu: Machine.cpu, kernels: engine.summary, blas: BLASInfo.summary, jobs: jobs,
      threads: engine.threads, command: CommandLine.arguments.dropFirst().joined(separator: " "))
  }
}
