public import Tensors

/// A network that sees a template once a sequence, and then one search crop a frame.
///
/// Template and search crop pass the same layers on their own, the features; a head lets the two meet.
public protocol TemplateNetwork: Sendable {
  /// What the network keeps of a template for the whole sequence.
  associatedtype Memory: Sendable
  /// What it says about every place of a search crop.
  associatedtype Maps: NetworkMaps

  /// The features of a crop: one map a level.
  /// - Parameter crop: in B, G, R, bytes as floats (quirk Q2.8).
  func features(_ crop: Tensor, in workspace: Workspace, trace: LayerTrace?) -> [Tensor]

  /// What there is to know of a template's features.
  /// - Parameter target: the target's size in the template crop, for units with a prior; others ignore it.
  func memory(of features: [Tensor], target: TargetSize, in workspace: Workspace, trace: LayerTrace?) -> Memory

  /// What the head says about a search crop with these features.
  func maps(_ features: [Tensor], memory: Memory, in workspace: Workspace, trace: LayerTrace?) -> Maps
}

extension TemplateNetwork {
  /// What there is to know of a template crop; see ``features(_:in:trace:)`` and ``memory(of:target:in:trace:)``.
  public func memory(of crop: Tensor, target: TargetSize, in workspace: Workspace) -> Memory {
    memory(of: features(crop, in: workspace, trace: nil), target: target, in: workspace, trace: nil)
  }

  /// The maps of a search crop; see ``features(_:in:trace:)`` and ``maps(_:memory:in:trace:)``.
  public func callAsFunction(
    _ crop: Tensor, memory: Memory, in workspace: Workspace, trace: LayerTrace? = nil
  ) -> Maps {
    maps(features(crop, in: workspace, trace: trace), memory: memory, in: workspace, trace: trace)
  }
}
