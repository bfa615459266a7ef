import CKernels

/// What happens to a layer's sums after the bias.
public enum Activation: Sendable, Hashable {
  case none
  /// max(x, 0); NaN becomes 0.
  case relu

  var cValue: tb_activation {
    switch self {
    case .none: TB_ACTIVATION_NONE
    case .relu: TB_ACTIVATION_RELU
    }
  }
}

/// Called after every layer with its name and its output, for tests that compare layer by layer and for curious people.
///
/// Names are the modules' names in the authors' code (`backbone.conv1.0`). Where batch norm or activation are computed
/// together with a convolution, the name is that of the last module inside.
public typealias LayerTrace = (_ layer: String, _ output: Tensor) -> Void
