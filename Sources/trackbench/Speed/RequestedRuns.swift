import Checkpoints
import Foundation
import Siamese
import Tensors

/// The network as a benchmark's partner: waits for a line on standard input, does what it says, answers with one JSON line.
///
///     run            {"wall_ns": …, "cpu_ns": …}    one forward pass over the search crops; processor time of all threads
///     peak           {"gflops": …}                  one core's multiply-add peak at this moment
///     outputs FILE   {"written": "FILE"}            the maps of the last run as safetensors, channel first
///     memory         {"peak_bytes": …}              largest resident size so far
///     quit, or the end of the input
///
/// The first line comes unasked, once the template is done: `{"ready": true, …}`. What cannot be done is answered by
/// `{"error": "…"}`.
struct RequestedRuns {
  private let branch: SearchBranch
  private let search: Tensor
  private let engine: Engine
  private let loading: Double

  /// - Parameters:
  ///   - path: a safetensors file with `template` (1 x 3 x side x side), `search` (n x 3 x side x side) and, for networks with a prior,
  ///     `target` (width and height in the template crop); values as the network sees them, channels in its order.
  ///   - loading: seconds the weights took, handed on.
  init(_ model: any CropModel, crops path: String, loading: Double) throws {
    let file = try Weights(contentsOf: path)
    let sizes = model.cropSizes
    func crops(_ key: String, count: Int, side: Int) throws -> Tensor {
      guard let tensor = file.tensors[key], tensor.shape == [count, 3, side, side] else {
        throw CommandFault(
          place: path,
          cause:
            "expected a tensor \(key) of \([count, 3, side, side]), found \(file.tensors[key].map { "\($0.shape)" } ?? "none")",
          remedy: "write the crops as the network sees them, channel first")
      }
      return Tensor(nchw: try tensor.floats(), n: count, c: 3, h: side, w: side)
    }
    var target = TargetSize(width: Float(sizes.template) / 2, height: Float(sizes.template) / 2)
    if let given = try file.tensors["target"]?.floats(), given.count == 2 {
      target = TargetSize(width: given[0], height: given[1])
    }
    branch = model.searchBranch(template: try crops("template", count: 1, side: sizes.template), target: target)
    search = try crops("search", count: sizes.searchCount, side: sizes.search)
    engine = model.engine
    self.loading = loading
  }

  func serve() throws {
    let before = branch.workspace.products.multiplyAdds
    var maps = branch(search)
    answer([
      "ready": true, "multiply_adds": branch.workspace.products.multiplyAdds - before, "load_seconds": loading,
      "kernels": engine.summary, "threads": engine.threads, "blas": engine.usesBLAS ? BLASInfo.summary : "not used",
      "version": Trackbench.version,
      "maps": maps.map(\.name),
    ])
    while let line = readLine() {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      switch words.first {
      case "run": answer(run(&maps))
      case "peak": answer(["gflops": MachineLimits.multiplyAddPeak(engine.instructionSet)])
      case "memory": answer(["peak_bytes": Machine.peakMemory])
      case "outputs" where words.count == 2: answer(written(maps, to: words[1]))
      case "quit": return
      default: answer(["error": "expected run, peak, memory, outputs FILE or quit, found \"\(line)\""])
      }
    }
  }

  private func run(_ maps: inout [SearchBranch.NamedMap]) -> [String: any Sendable] {
    // The maps of the run before are given back first, as a tracker does.
    maps = []
    let clock = ContinuousClock()
    let (began, processor) = (clock.now, ThreadClock.ofProcess)
    maps = branch(search)
    let (took, worked) = (clock.now - began, ThreadClock.ofProcess - processor)
    return ["wall_ns": Int(took / .nanoseconds(1)), "cpu_ns": Int(worked)]
  }

  private func written(_ maps: [SearchBranch.NamedMap], to path: String) -> [String: any Sendable] {
    do {
      try Safetensors.write(
        maps.map { name, map in
          (key: name, shape: [map.shape.n, map.shape.c, map.shape.h, map.shape.w], values: map.nchw)
        }, to: path)
      return ["written": path]
    } catch {
      return ["error": "\(error)"]
    }
  }

  private func answer(_ fields: [String: any Sendable]) {
    let data = (try? JSONSerialization.data(withJSONObject: fields, options: [.sortedKeys])) ?? Data("{}".utf8)
    Console.print(String(decoding: data, as: UTF8.self))
  }
}
