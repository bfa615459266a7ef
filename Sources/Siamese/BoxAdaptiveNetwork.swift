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
public struct BoxAdaptiveNetwork<Unit: FusionUnit>: TemplateNetwork {
  private let backbone: ResNet50
  private let neck: AdjustLayer
  private let head: BoxAdaptiveHead<Unit>

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

  /// Rows and columns of the maps for crops of these sides; below 1 where there are none.
  public static func mapSide(exemplar: Int, instance: Int) -> Int {
    func adjusted(_ side: Int) -> Int { AdjustLayer.outputSide(for: ResNet50.outputSide(for: side)) }
    return Unit.outputSide(template: adjusted(exemplar), search: adjusted(instance))
  }

  /// What backbone and neck make of a crop.
  public func features(_ crop: Tensor, in workspace: Workspace, trace: LayerTrace? = nil) -> [Tensor] {
    neck(backbone(crop, in: workspace, trace: trace), in: workspace, trace: trace)
  }

  public func memory(
    of features: [Tensor], target: TargetSize, in workspace: Workspace, trace: LayerTrace? = nil
  ) -> BoxAdaptiveHead<Unit>.Memory {
    head.memory(of: features, target: target, in: workspace, trace: trace)
  }

  public func maps(
    _ features: [Tensor], memory: BoxAdaptiveHead<Unit>.Memory, in workspace: Workspace, trace: LayerTrace? = nil
  ) -> BoxAdaptiveMaps {
    head(features, memory: memory, in: workspace, trace: trace)
  }
}
