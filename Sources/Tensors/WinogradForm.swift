import CKernels

/// F(outputs, taps): squares of outputs computed together, from (outputs + taps - 1)^2 products a channel instead of
/// outputs^2 * taps^2. Larger squares save more and round more, and waste more where the map is no multiple of them.
public struct WinogradForm: Sendable, Hashable, CustomStringConvertible {
  /// Rows and columns of a square.
  public let outputs: Int
  /// Rows and columns of the kernel; of a strided layer, those of one phase of it.
  public let taps: Int

  public var description: String { "F(\(outputs),\(taps))" }

  /// Those there are kernels for, the most accurate first.
  static let all = [(4, 3), (5, 3), (6, 3), (2, 5), (3, 5), (4, 5), (3, 6)].map {
    WinogradForm(outputs: $0.0, taps: $0.1)
  }

  /// Those that can compute the layer.
  static func suiting(_ parameters: ConvolutionParameters) -> [WinogradForm] {
    guard parameters.phaseChannels <= TB_DEEPEST_TAP else { return [] }
    return all.filter { tb_winograd_suits($0.cValue, parameters.cFilters) != 0 }
  }

  /// Products a channel along one axis of `side` outputs, over all phases of the dilation.
  private func cost(side: Int, dilation: Int) -> Int {
    (0..<dilation).reduce(0) { sum, phase in
      let outputs = (side - phase + dilation - 1) / dilation
      return sum + max(0, (outputs + self.outputs - 1) / self.outputs) * (self.outputs + taps - 1)
    }
  }

  /// The form with the fewest products for the layer's usual output, the more accurate one where two are alike.
  static func best(for parameters: ConvolutionParameters) -> WinogradForm? {
    let (side, dilation) = (parameters.workload.side ?? defaultSide, parameters.window.dilation)
    return suiting(parameters).min { $0.cost(side: side, dilation: dilation) < $1.cost(side: side, dilation: dilation) }
  }

  /// Where nobody said how large the output is: search maps of these trackers.
  private static let defaultSide = 31
  /// With fewer channels the transforms cost more than the products they save.
  private static let fewestChannels = 32
  /// The same for a strided layer's phases together: the 11x11 of stride 2 on a picture is 2.5 times as fast as direct products.
  private static let fewestPhases = 12

  /// The form that pays for the layer, or nil where direct products are as fast.
  static func chosen(for parameters: ConvolutionParameters, engine: Engine) -> WinogradForm? {
    guard parameters.workload != .onceASequence, let best = best(for: parameters) else { return nil }
    let groups = parameters.groups
    let (phases, outputs) = (parameters.phaseChannels / groups, parameters.outputChannels / groups)
    let fewest = parameters.window.stride == 1 ? fewestChannels : fewestPhases
    guard phases >= fewest, outputs >= fewestChannels, engine.allowsWinograd(parameters.name) else { return nil }
    return best.saving(for: parameters) > 0 ? best : nil
  }

  /// Products saved a frame for every weight of the layer.
  func saving(for parameters: ConvolutionParameters) -> Double {
    let (side, dilation) = (parameters.workload.side ?? Self.defaultSide, parameters.window.dilation)
    let cost = cost(side: side, dilation: dilation)
    let work = cost * cost * parameters.window.stride * parameters.window.stride
    return Double(side * side) - Double(work) / Double(parameters.kernelHeight * parameters.kernelWidth)
  }

  func weightFloats(_ parameters: ConvolutionParameters, _ set: InstructionSet) -> Int {
    tb_winograd_weights(set.isa, cValue, parameters.inputChannels, parameters.cFilters)
  }

  var cValue: tb_winograd_form { tb_winograd_form(outputs: outputs, taps: taps) }
}

extension ConvolutionParameters {
  /// Channels of the layer of stride 1 that a strided one is over the phases of its input.
  fileprivate var phaseChannels: Int { inputChannels * window.stride * window.stride }
}
