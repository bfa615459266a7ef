public import Checkpoints
public import Siamese
public import Tensors

/// NanoTrack's network: the beginning of MobileNetV3-small and a head that compares its features.
///
/// The weight files hold a neck too, which no version runs (quirk N3): its keys are accepted and ignored.
///
/// Source: `HonglinChu/SiamTrackers: NanoTrack/nanotrack/models/model_builder.py`; sections 6.2 to 6.5 of the model reference.
public struct NanoTrackNetwork: TemplateNetwork {
  private let backbone: MobileNetV3
  private let head: NanoTrackHead

  /// What the network keeps of a template.
  public struct Memory: Sendable {
    let head: NanoTrackHead.Memory
  }

  /// The tensors it reads, under the authors' keys.
  public static func shapes(_ version: NanoTrackVersion) -> [(String, [Int])] {
    MobileNetV3.shapes(blocks: version.blocks)
      + NanoTrackHead.shapes(version, features: MobileNetV3.channels(blocks: version.blocks))
  }

  /// - Parameter folding: computes batch norms within the convolutions before them; false keeps them apart, for tests that look in between.
  /// - Throws: ``WeightsError`` naming every tensor that is missing, misshapen or left over.
  public init(
    _ weights: Weights, version: NanoTrackVersion, engine: Engine, folding: Bool = true
  ) throws(WeightsError) {
    self = try weights.renamed(Self.ownKey).read { (reader) throws(WeightsError) in
      reader.ignore(prefix: "neck.downsample.0.")
      reader.ignore(prefix: "neck.downsample.1.")
      return NanoTrackNetwork(
        backbone: try MobileNetV3(reader, blocks: version.blocks, engine: engine, folding: folding),
        head: try NanoTrackHead(
          reader, version: version, features: MobileNetV3.channels(blocks: version.blocks), engine: engine,
          folding: folding))
    }
  }

  private init(backbone: MobileNetV3, head: NanoTrackHead) {
    self.backbone = backbone
    self.head = head
  }

  /// The authors' loader removes one leading `module.`, which training on several processors leaves (section 6.6).
  private static func ownKey(_ key: String) -> String? {
    key.hasPrefix("module.") ? String(key.dropFirst("module.".count)) : nil
  }

  /// Features of pictures: n x 8 x 8 for templates of 127, n x 16 x 16 for search crops of 255; one level.
  public func features(_ pictures: Tensor, in workspace: Workspace, trace: LayerTrace? = nil) -> [Tensor] {
    [backbone(pictures, in: workspace, trace: trace)]
  }

  /// What there is to know of a template's features; the target's size plays no part.
  /// - Precondition: one level.
  public func memory(
    of features: [Tensor], target: TargetSize, in workspace: Workspace, trace: LayerTrace? = nil
  ) -> Memory {
    Memory(head: head.memory(of: features[0], in: workspace, trace: trace))
  }

  /// What the head says about every place of a search crop with these features; distances are exponentials without a limit (quirk
  /// N19).
  /// - Precondition: one level.
  public func maps(
    _ features: [Tensor], memory: Memory, in workspace: Workspace, trace: LayerTrace? = nil
  ) -> BoxAdaptiveMaps {
    head(features[0], memory: memory.head, in: workspace, trace: trace)
  }
}
