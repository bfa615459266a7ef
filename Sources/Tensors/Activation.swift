import CKernels

/// What happens to a layer's sums after the bias.
public enum Activation: Sendable, Hashable {
  case none
  /// max(x, 0); NaN becomes 0.
  case relu
  /// min(max(x, 0), 6); NaN becomes 0.
  case relu6
  /// min(max(x + 3, 0), 6) / 6; NaN becomes 0.
  case hardSigmoid
  /// x * hardSigmoid(x); NaN stays NaN.
  case hardSwish
  /// 1 / (1 + exp(-x)). One value at a time: for gates of a few hundred values.
  case sigmoid
  /// exp(x). One value at a time: for maps of a few thousand values.
  case exponential

  var cValue: tb_activation {
    switch self {
    case .none: TB_ACTIVATION_NONE
    case .relu: TB_ACTIVATION_RELU
    case .relu6: TB_ACTIVATION_RELU6
    case .hardSigmoid: TB_ACTIVATION_HARD_SIGMOID
    case .hardSwish: TB_ACTIVATION_HARD_SWISH
    case .sigmoid: TB_ACTIVATION_SIGMOID
    case .exponential: TB_ACTIVATION_EXPONENTIAL
    }
  }
}

/// Called after every layer with its name and its output, for tests that compare layer by layer and for curious people.
///
/// Names are the modules' names in the authors' code (`backbone.conv1.0`). Where batch norm or activation are computed
/// together with a convolution, the name is that of the last module inside.
public typealias LayerTrace = (_ layer: String, _ output: Tensor) -> Void
