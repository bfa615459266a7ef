public import Checkpoints
public import Tensors

/// The box prior of an asymmetric convolution: three linear layers from the target's width and height to one number a channel.
///
/// The input is the first frame's target in pixels of the template crop, typically 40 to 90 each, not normalised (quirk Q5.7),
/// and never updated (quirk Q5.9). Linear, batch norm, ReLU, twice, and a linear layer without bias, under the keys
/// `0`, `1`, `3`, `4` and `6`. The batch norms use their running statistics like all others (quirk Q5.10).
///
/// Source: `wencheng256/SiamBAN-ACM: siamban/models/head/ban.py`, `xorr_bbox`; section 5.2 of the model reference.
public struct BoxPrior: Sendable {
  /// Neurons of the two layers in the middle.
  public static let hidden = 32

  private struct Layer: Sendable {
    let name: String
    let linear: Convolution
    /// Where it is not folded into the linear layer.
    let norm: BatchNorm?
    let isLast: Bool
  }

  private let layers: [Layer]
  private let name: String

  private static func sizes(outputs: Int) -> [(index: Int, inputs: Int, outputs: Int)] {
    [(0, 2, hidden), (3, hidden, hidden), (6, hidden, outputs)]
  }

  /// The tensors it reads, with their keys and shapes.
  ///
  /// - Parameters:
  ///   - name: the module's name, which stands before `.0.weight` in the file.
  ///   - outputs: channels of the sum that it joins.
  public static func shapes(_ name: String, outputs: Int) -> [(String, [Int])] {
    sizes(outputs: outputs).flatMap { layer -> [(String, [Int])] in
      let weight = ("\(name).\(layer.index).weight", [layer.outputs, layer.inputs])
      guard layer.index < 6 else { return [weight] }
      return [weight, ("\(name).\(layer.index).bias", [layer.outputs])]
        + BatchNorm.shapes("\(name).\(layer.index + 1)", channels: layer.outputs)
    }
  }

  /// Reads the network's tensors; see ``shapes(_:outputs:)``.
  ///
  /// - Parameter folding: computes batch norms within the layers before them; false keeps them apart, for tests that look in between.
  public init(
    _ reader: WeightReader, name prefix: String, outputs: Int, engine: Engine, folding: Bool = true
  ) throws(WeightsError) {
    var layers: [Layer] = []
    for size in Self.sizes(outputs: outputs) {
      let isLast = size.index == 6
      let name = "\(prefix).\(size.index)"
      let weights = try reader.tensor("\(name).weight", shape: [size.outputs, size.inputs])
      let bias = isLast ? nil : try reader.tensor("\(name).bias", shape: [size.outputs])
      // A linear layer is a convolution of 1 x 1 over a picture of one pixel.
      let parameters = ConvolutionParameters(
        weights: weights, shape: [size.outputs, size.inputs, 1, 1], bias: bias,
        activation: folding && !isLast ? .relu : .none)
      let norm =
        isLast ? nil : try BatchNorm(reader, name: "\(prefix).\(size.index + 1)", channels: size.outputs)
      let folded = norm.flatMap { folding ? parameters.folding($0) : nil }
      layers.append(
        Layer(
          name: name, linear: Convolution(folded ?? parameters, engine: engine), norm: folding ? nil : norm,
          isLast: isLast))
    }
    self.layers = layers
    self.name = prefix
  }

  /// The prior's contribution to the sum, 1 x 1 x 1 x outputs.
  public func callAsFunction(_ size: TargetSize, in workspace: Workspace, trace: LayerTrace? = nil) -> Tensor {
    var x = Tensor(nchw: [size.width, size.height], n: 1, c: 2, h: 1, w: 1)
    for (position, layer) in layers.enumerated() {
      x = layer.linear(x, in: workspace)
      guard !layer.isLast else { break }
      if let norm = layer.norm {
        trace?(layer.name, x)
        x = norm(x, in: workspace)
        trace?("\(name).\(3 * position + 1)", x)
        x = Activation.relu(x, in: workspace)
      }
      trace?("\(name).\(3 * position + 2)", x)
    }
    trace?("\(name).6", x)
    trace?(name, x)
    return x
  }
}
