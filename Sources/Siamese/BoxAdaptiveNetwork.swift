public import Checkpoints
public import Tensors

/// How wide and deep a network over ``ResNet50`` is. The authors' weights have ``published``, those this program brings along
/// ``compact``; tests use less.
public struct NetworkWidth: Sendable, Hashable {
  /// Factor on the backbone's channels.
  public let backbone: Double
  /// Channels of each level in the neck and in the head.
  public let levels: [Int]
  /// Blocks of each of the backbone's layers: one number more than there are levels.
  public let blocks: [Int]

  public static let published = NetworkWidth(backbone: 1, levels: [256, 256, 256])
  /// An eighth of the channels, two blocks a layer, no layer 4: trained here, see `Trackers/Training`.
  public static let compact = NetworkWidth(backbone: 1.0 / 8, levels: [32, 32], blocks: [2, 2, 2])

  public init(backbone: Double, levels: [Int], blocks: [Int] = ResNet50.publishedBlocks) {
    precondition(blocks.count == levels.count + 1)
    self.backbone = backbone
    self.levels = levels
    self.blocks = blocks
  }

  /// Channels of the backbone's outputs.
  var features: [Int] { ResNet50.channels(width: backbone, blocks: blocks) }
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

  public static func shapes(_ width: NetworkWidth) -> [(String, [Int])] {
    ResNet50.shapes(width: width.backbone, blocks: width.blocks)
      + AdjustLayer.shapes(width.features, to: width.levels)
      + BoxAdaptiveHead<Unit>.shapes(channels: width.levels)
  }

  /// - Throws: ``WeightsError`` naming every tensor that is missing, misshapen or left over.
  public init(_ weights: Weights, engine: Engine) throws(WeightsError) {
    try self.init(weights, width: .published, engine: engine)
  }

  /// - Parameter folding: computes batch norms within the convolutions before them; false keeps them apart, for tests that look in between.
  public init(_ weights: Weights, width: NetworkWidth, engine: Engine, folding: Bool = true) throws(WeightsError) {
    self = try weights.read { (reader) throws(WeightsError) in
      try BoxAdaptiveNetwork(
        backbone: ResNet50(
          reader, width: width.backbone, blocks: width.blocks, engine: engine, folding: folding),
        neck: AdjustLayer(
          reader, inputs: width.features, outputs: width.levels, engine: engine, folding: folding),
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
