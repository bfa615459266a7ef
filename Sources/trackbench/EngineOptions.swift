public import ArgumentParser
import Foundation
public import Tensors

/// How networks are computed. Each option is an environment variable by another name (`TRACKBENCH_GEMM`, …), so that what a
/// command line asks for reaches every part that asks for the engine of this process.
struct EngineOptions: ParsableArguments {
  enum Way: String, CaseIterable, ExpressibleByArgument {
    case auto
    case direct
    case winograd
  }

  @Option(
    help:
      "Who multiplies matrices: native (our kernels) or openblas. Default: native where there are kernels for this processor."
  )
  var gemm: Engine.Products?

  @Option(
    help: "How convolutions are computed: auto (layer by layer), direct (least memory) or winograd (where it can).")
  var conv: Way?

  @Option(
    help: ArgumentHelp(
      "Bound on a network's convolution weights, such as 600M; Winograd's are kept where they pay most.",
      valueName: "size"))
  var memory: String?

  @Option(
    help: ArgumentHelp(
      "Threads inside a frame. Default: the cores that sequences side by side leave idle.", valueName: "n"))
  var threads: Int?

  func validate() throws {
    if let memory, Engine.bytes(memory) == nil {
      throw ValidationError("--memory expects a size such as 600M, found \(memory)")
    }
    if let threads, !(1...256 ~= threads) {
      throw ValidationError("--threads expects a number from 1 to 256, found \(threads)")
    }
    if gemm == .openblas, let conv, conv != .auto {
      throw ValidationError(
        "--gemm openblas and --conv \(conv.rawValue) exclude each other: only native kernels have both")
    }
  }

  /// Whether neither the option nor the environment says how many threads a frame gets. After ``apply(threads:)`` the environment does.
  var leavesThreadsOpen: Bool {
    threads == nil && (ProcessInfo.processInfo.environment[Engine.Variable.threads.rawValue] ?? "").isEmpty
  }

  /// Makes the options this process's engine.
  /// - Parameter threads: where neither the option nor the environment says.
  func apply(threads usual: Int) {
    let threads = threads ?? (leavesThreadsOpen ? usual : nil)
    let values: [(Engine.Variable, String?)] = [
      (.products, gemm?.rawValue), (.convolution, conv.map { $0 == .auto ? "" : $0.rawValue }),
      (.weightBytes, memory), (.threads, threads.map(String.init)),
    ]
    for case (let variable, let value?) in values { setenv(variable.rawValue, value, 1) }
  }
}

extension Engine.Products: ExpressibleByArgument {}
