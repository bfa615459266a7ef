import Foundation
import Store
import Tensors

extension Provenance {
  /// Of this invocation on this machine.
  static func here(jobs: Int) throws -> Provenance {
    Provenance(
      version: Trackbench.version, cpu: Machine.cpu,
      kernels: try Engine(environment: ProcessInfo.processInfo.environment).instructionSet.rawValue,
      blas: BLASInfo.summary, jobs: jobs,
      threads: 1, command: CommandLine.arguments.dropFirst().joined(separator: " "))
  }
}
