public import Checkpoints
public import Tensors

/// The network of SiamRPN++: a deep backbone, a neck that adjusts three of its layers, and a region proposal head over whatever
/// unit lets template and search crop meet at each of them.
///
/// Source: `STVIR/pysot: pysot/models/model_builder.py`; sections 3.1 to 3.5 of the model reference.
public struct RegionProposalNetwork<Unit: FusionUnit>: TemplateNetwork {
  /// Which parts, how wide.
  public struct Architecture: Sendable, Hashable {
    public enum Backbone: Sendable, Hashable {
      case resNet50
      case mobileNetV2
    }
    public var backbone: Backbone
    /// Factor on the backbone's channels.
    public var width: Double
    /// Channels of each level in neck and head.
    public var levels: [Int]
    /// Whether the file holds weights for the levels, softmaxed (quirk Q3.8), or their mean is taken.
    public var isWeighted: Bool
    /// Blocks of each of a ResNet's layers; other backbones have one depth.
    public var blocks = ResNet50.publishedBlocks

    public init(_ backbone: Backbone, width: Double, levels: [Int] = [256, 256, 256], isWeighted: Bool) {
      self.backbone = backbone
      self.width = width
      self.levels = levels
      self.isWeighted = isWeighted
    }

    /// A ResNet of another width and depth than the authors', with weights for its levels.
    public init(_ width: NetworkWidth) {
      self.init(.resNet50, width: width.backbone, levels: width.levels, isWeighted: true)
      blocks = width.blocks
    }

    /// The tensors the network reads, under pysot's keys.
    public var shapes: [(String, [Int])] {
      let backboneShapes =
        switch backbone {
        case .resNet50: ResNet50.shapes(width: width, blocks: blocks)
        case .mobileNetV2: MobileNetV2.shapes(width: width)
        }
      return backboneShapes + AdjustLayer.shapes(backboneChannels, to: levels)
        + RegionProposalHead<Unit>.shapes(channels: levels, isWeighted: isWeighted)
    }

    fileprivate var backboneChannels: [Int] {
      switch backbone {
      case .resNet50: ResNet50.channels(width: width, blocks: blocks)
      case .mobileNetV2: MobileNetV2.channels(width: width)
      }
    }

    /// Rows and columns of the maps for crops of these sides; below 1 where there are none.
    public func mapSide(exemplar: Int, instance: Int) -> Int {
      func adjusted(_ side: Int) -> Int {
        switch backbone {
        case .resNet50: AdjustLayer.outputSide(for: ResNet50.outputSide(for: side))
        case .mobileNetV2: AdjustLayer.outputSide(for: MobileNetV2.outputSide(for: side))
        }
      }
      return Unit.outputSide(template: adjusted(exemplar), search: adjusted(instance))
    }
  }

  private enum Backbone: Sendable {
    case resNet50(ResNet50)
    case mobileNetV2(MobileNetV2)
  }

  private let backbone: Backbone
  private let neck: AdjustLayer
  private let head: RegionProposalHead<Unit>

  /// - Parameter folding: computes batch norms within the convolutions before them; false keeps them apart, for tests that look in between.
  /// - Throws: ``WeightsError`` naming every tensor that is missing, misshapen or left over.
  public init(
    _ weights: Weights, _ architecture: Architecture, engine: Engine, folding: Bool = true
  ) throws(WeightsError) {
    (backbone, neck, head) = try weights.read { (reader) throws(WeightsError) in
      let (width, levels) = (architecture.width, architecture.levels)
      let backbone: Backbone =
        switch architecture.backbone {
        case .resNet50:
          .resNet50(
            try ResNet50(reader, width: width, blocks: architecture.blocks, engine: engine, folding: folding))
        case .mobileNetV2: .mobileNetV2(try MobileNetV2(reader, width: width, engine: engine, folding: folding))
        }
      return (
        backbone,
        try AdjustLayer(
          reader, inputs: architecture.backboneChannels, outputs: levels, engine: engine, folding: folding),
        try RegionProposalHead(
          reader, channels: levels, isWeighted: architecture.isWeighted, engine: engine, folding: folding)
      )
    }
  }

  /// What backbone and neck make of a crop.
  public func features(_ crop: Tensor, in workspace: Workspace, trace: LayerTrace? = nil) -> [Tensor] {
    let levels =
      switch backbone {
      case .resNet50(let network): network(crop, in: workspace, trace: trace)
      case .mobileNetV2(let network): network(crop, in: workspace, trace: trace)
      }
    return neck(levels, in: workspace, trace: trace)
  }

  public func memory(
    of features: [Tensor], target: TargetSize, in workspace: Workspace, trace: LayerTrace? = nil
  ) -> RegionProposalHead<Unit>.Memory {
    head.memory(of: features, target: target, in: workspace, trace: trace)
  }

  public func maps(
    _ features: [Tensor], memory: RegionProposalHead<Unit>.Memory, in workspace: Workspace, trace: LayerTrace? = nil
  ) -> RegionProposalMaps {
    head(features, memory: memory, in: workspace, trace: trace)
  }
}
