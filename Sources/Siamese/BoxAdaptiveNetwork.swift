public import Checkpoints
public import Tensors

/// How wide a network over ``ResNet50`` is. Published weights have ``published``; tests use less.
package struct NetworkWidth: Sendable, Hashable {
  /// Factor on the backbone's channels.
  package let backbone: Double
  /// Channels of each level in the neck and in the head.
  package let levels: [Int]

  package static let published = NetworkWidth(backbone: 1, levels: [256, 256, 256])

  package init(backbone: Double, levels: [Int]) {
    self.backbone = backbone
    self.levels = levels
  }
}

/// The network of SiamBAN and SiamBAN-ACM: a ResNet-50, a neck that brings three of its layers to one width, and a box-adaptive
/// head over whatever unit lets template and search crop meet.
///
/// Source: `hqucv/siamban: siamban/models/model_builder.py`; section 4.2 of the model reference.
public struct BoxAdaptiveNetwork<Unit: FusionUnit>: Sendable {
  private let backbone: ResNet50
  private let neck: AdjustLayer
  private let head: BoxAdaptiveHead<Unit>

  /// What the network keeps of a template.
  public typealias Memory = BoxAdaptiveHead<Unit>.Memory

  /// The tensors it reads, under the authors' keys.
  public static var shapes: [(String, [Int])] { shapes(.published) }

  package static func shapes(_ width: NetworkWidth) -> [(String, [Int])] {
    ResNet50.shapes(width: width.backbone)
      + AdjustLayer.shapes(ResNet50.channels(width: width.backbone), to: width.levels)
      + BoxAdaptiveHead<Unit>.shapes(channels: width.levels)
  }

  /// - Throws: ``WeightsError`` naming every tensor that is missing, misshapen or left over.
  public init(_ weights: Weights, engine: Engine) throws(WeightsError) {
    try self.init(weights, width: .published, engine: engine)
  }

  /// - Parameter folding: computes batch norms within the convolutions before them; false keeps them apart, for tests that look in between.
  package init(_ weights: Weights, width: NetworkWidth, engine: Engine, folding: Bool = true) throws(WeightsError) {
    self = try weights.read { (reader) throws(WeightsError) in
      try BoxAdaptiveNetwork(
        backbone: ResNet50(reader, width: width.backbone, engine: engine, folding: folding),
        neck: AdjustLayer(
          reader, inputs: ResNet50.channels(width: width.backbone), outputs: width.levels, engine: engine,
          folding: folding),
        head: BoxAdaptiveHead(reader, channels: width.levels, engine: engine, folding: folding))
    }
  }

  private init(backbone: ResNet50, neck: AdjustLayer, head: BoxAdaptiveHead<Unit>) {
    self.backbone = backbone
    self.neck = neck
    self.head = head
  }

  /// What there is to know of a template, once a sequence.
  ///
  /// - Parameters:
  ///   - crop: one picture in B, G, R, bytes as floats (quirk Q2.8).
  ///   - target: the target's size in the crop, for units with a prior.
  public func memory(
    of crop: Tensor, target: TargetSize, in workspace: Workspace, trace: LayerTrace? = nil
  ) -> Memory {
    memory(of: features(crop, in: workspace, trace: trace), target: target, in: workspace, trace: trace)
  }

  /// What the head says about every place of a search crop, given as the template's.
  public func callAsFunction(
    _ crop: Tensor, memory: Memory, in workspace: Workspace, trace: LayerTrace? = nil
  ) -> BoxAdaptiveMaps {
    head(features(crop, in: workspace, trace: trace), memory: memory, in: workspace, trace: trace)
  }

  /// What backbone and neck make of a crop: one map a level.
  package func features(_ crop: Tensor, in workspace: Workspace, trace: LayerTrace? = nil) -> [Tensor] {
    neck(backbone(crop, in: workspace, trace: trace), in: workspace, trace: trace)
  }

  /// What the head keeps of a template's features.
  package func memory(
    of features: [Tensor], target: TargetSize, in workspace: Workspace, trace: LayerTrace? = nil
  ) -> Memory {
    head.memory(of: features, target: target, in: workspace, trace: trace)
  }
}
