public import Checkpoints
public import Tensors

/// Weighs every channel by what the means of all channels say: two linear layers from the means to one factor a channel, with
/// ReLU in between.
///
/// Squeeze-and-excitation and channel attention are the same but for their names in checkpoints and the function that makes factors
/// of the second layer's sums.
///
/// Source: Hu, Shen, Sun, "Squeeze-and-Excitation Networks", CVPR 2018; sections 6.2 and 6.4 of the model reference.
public struct ChannelGate: Sendable {
  /// Names, sizes and last function of a gate.
  public struct Plan: Sendable, Hashable {
    /// The module's name; those of its layers follow it.
    public let name: String
    public let channels: Int
    /// Channels between the two layers.
    public let hidden: Int
    fileprivate let layers: (first: String, middle: String, second: String, last: String)
    fileprivate let gate: Activation
    /// Weights have two sides as PyTorch's Linear, or four as its Conv2d.
    fileprivate let isLinear: Bool

    /// MobileNetV3's squeeze-and-excitation: `fc.0`, `fc.2`, and a hard sigmoid.
    public static func squeezeExcitation(_ name: String, channels: Int, hidden: Int) -> Plan {
      Plan(
        name: name, channels: channels, hidden: hidden, layers: ("fc.0", "fc.1", "fc.2", "fc.3.hard_sigmoid"),
        gate: .hardSigmoid, isLinear: true)
    }

    /// Channel attention over pixel-wise correlations: `fc1`, `fc2`, 1 x 1 convolutions, and a sigmoid.
    public static func attention(_ name: String, channels: Int) -> Plan {
      Plan(
        name: name, channels: channels, hidden: channels, layers: ("fc1", "relu", "fc2", "sigmoid"), gate: .sigmoid,
        isLinear: false)
    }

    /// The tensors it reads, with their keys and shapes.
    public var shapes: [(String, [Int])] {
      [(layers.first, channels, hidden), (layers.second, hidden, channels)].flatMap { layer, inputs, outputs in
        [
          ("\(name).\(layer).weight", [outputs, inputs] + (isLinear ? [] : [1, 1])),
          ("\(name).\(layer).bias", [outputs]),
        ]
      }
    }

    public static func == (a: Plan, b: Plan) -> Bool {
      a.name == b.name && a.channels == b.channels && a.hidden == b.hidden && a.isLinear == b.isLinear
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
  }

  private let plan: Plan
  private let first: Convolution
  private let second: Convolution
  private let isFolded: Bool

  /// Reads the tensors of `plan`.
  /// - Parameter folding: computes activations within the layers before them; false keeps them apart, for tests that look in between.
  public init(_ plan: Plan, _ reader: WeightReader, engine: Engine, folding: Bool = true) throws(WeightsError) {
    self.plan = plan
    isFolded = folding
    let shapes = plan.shapes
    func layer(_ index: Int, _ activation: Activation) throws(WeightsError) -> Convolution {
      let (weight, bias) = (shapes[2 * index], shapes[2 * index + 1])
      let parameters = ConvolutionParameters(
        weights: try reader.tensor(weight.0, shape: weight.1), shape: [weight.1[0], weight.1[1], 1, 1],
        bias: try reader.tensor(bias.0, shape: bias.1), activation: folding ? activation : .none)
      return Convolution(parameters, engine: engine)
    }
    first = try layer(0, .relu)
    second = try layer(1, plan.gate)
  }

  /// The input with its channels weighed, image by image.
  /// - Parameter activation: computed in the same pass, and the name of its module for traces; nil for none.
  /// - Precondition: the input has the plan's channels.
  public func callAsFunction(
    _ input: Tensor, activation last: (function: Activation, name: String)? = nil, in workspace: Workspace,
    trace: LayerTrace? = nil
  ) -> Tensor {
    var factors = input.globalMean(in: workspace)
    trace?("\(plan.name).avg_pool", factors)
    for (layer, name, activation, activationName) in [
      (first, plan.layers.first, Activation.relu, plan.layers.middle),
      (second, plan.layers.second, plan.gate, plan.layers.last),
    ] {
      factors = layer(factors, in: workspace)
      if !isFolded {
        trace?("\(plan.name).\(name)", factors)
        factors = activation(factors, in: workspace)
      }
      trace?("\(plan.name).\(activationName)", factors)
    }
    let output = input.scaled(byChannel: factors, activation: last?.function ?? .none, in: workspace)
    trace?(last?.name ?? plan.name, output)
    return output
  }
}
