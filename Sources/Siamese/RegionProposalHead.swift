public import Checkpoints
public import Tensors

/// The head of SiamRPN and SiamRPN++: for every place and anchor, is it the target, and where is its box.
///
/// Two units a level of features; several levels are put together by weights the network has learned, or by their mean.
///
///     SiamRPN, SiamRPN++   RegionProposalHead<DepthwiseCorrelation>
///
/// Source: `STVIR/pysot: pysot/models/head/rpn.py`, DepthwiseRPN and MultiRPN; sections 2.2 and 3.4 of the model reference.
public struct RegionProposalHead<Unit: FusionUnit>: Sendable {
  /// What the units keep of a template.
  public struct Memory: Sendable {
    fileprivate let classes: [Unit.Memory]
    fileprivate let boxes: [Unit.Memory]
  }

  private let classes: [Unit]
  private let boxes: [Unit]
  private let classWeights: LevelWeights
  private let boxWeights: LevelWeights

  private static func name(_ prefix: String, level: Int, of count: Int) -> String {
    count == 1 ? prefix : "\(prefix)rpn\(level + 2)."
  }

  /// The tensors it reads, with their keys and shapes.
  ///
  /// - Parameters:
  ///   - channels: of the features, one number a level; a single level has no number in its keys.
  ///   - isWeighted: whether the file holds weights for the levels; without, their mean is taken.
  ///   - anchors: boxes at each place.
  ///   - prefix: what stands before `cls.conv_kernel.0.weight` or `rpn2.cls.conv_kernel.0.weight`.
  public static func shapes(
    channels: [Int], isWeighted: Bool, anchors: Int = Anchors.count, prefix: String = "rpn_head."
  ) -> [(String, [Int])] {
    let units = channels.enumerated().flatMap { level, count -> [(String, [Int])] in
      let name = name(prefix, level: level, of: channels.count)
      return Unit.shapes("\(name)cls", channels: count, outputs: 2 * anchors)
        + Unit.shapes("\(name)loc", channels: count, outputs: 4 * anchors)
    }
    guard isWeighted else { return units }
    return [("\(prefix)cls_weight", [channels.count]), ("\(prefix)loc_weight", [channels.count])] + units
  }

  /// Reads the head's tensors; see ``shapes(channels:isWeighted:anchors:prefix:)``.
  ///
  /// - Parameter folding: computes batch norms within the convolutions before them; false keeps them apart, for tests that look in between.
  /// - Precondition: at least one level.
  public init(
    _ reader: WeightReader, channels: [Int], isWeighted: Bool, anchors: Int = Anchors.count,
    prefix: String = "rpn_head.", engine: Engine, folding: Bool = true
  ) throws(WeightsError) {
    var classes: [Unit] = []
    var boxes: [Unit] = []
    for (level, count) in channels.enumerated() {
      let name = Self.name(prefix, level: level, of: channels.count)
      classes.append(
        try Unit(
          reader, name: "\(name)cls", channels: count, outputs: 2 * anchors, engine: engine, folding: folding))
      boxes.append(
        try Unit(
          reader, name: "\(name)loc", channels: count, outputs: 4 * anchors, engine: engine, folding: folding))
    }
    self.classes = classes
    self.boxes = boxes
    if isWeighted {
      classWeights = LevelWeights(softmaxOf: try reader.tensor("\(prefix)cls_weight", shape: [channels.count]))
      boxWeights = LevelWeights(softmaxOf: try reader.tensor("\(prefix)loc_weight", shape: [channels.count]))
    } else {
      classWeights = LevelWeights(meanOf: channels.count)
      boxWeights = LevelWeights(meanOf: channels.count)
    }
  }

  /// What there is to know of a template, once a sequence (quirk Q2.7).
  ///
  /// - Parameters:
  ///   - template: its features, one map a level.
  ///   - target: the target's size in the template crop, for units with a prior.
  public func memory(
    of template: [Tensor], target: TargetSize, in workspace: Workspace, trace: LayerTrace? = nil
  ) -> Memory {
    precondition(template.count == classes.count)
    func memories(_ units: [Unit]) -> [Unit.Memory] {
      zip(units, template).map { $0.memory(of: $1, target: target, in: workspace, trace: trace) }
    }
    return Memory(classes: memories(classes), boxes: memories(boxes))
  }

  /// The maps for a search image's features, one map a level.
  public func callAsFunction(
    _ search: [Tensor], memory: Memory, in workspace: Workspace, trace: LayerTrace? = nil
  ) -> RegionProposalMaps {
    precondition(search.count == classes.count)
    func maps(_ units: [Unit], _ memories: [Unit.Memory]) -> [Tensor] {
      units.indices.map { units[$0](search[$0], memory: memories[$0], in: workspace, trace: trace) }
    }
    let maps = RegionProposalMaps(
      classes: classWeights.fused(maps(classes, memory.classes), in: workspace),
      boxes: boxWeights.fused(maps(boxes, memory.boxes), in: workspace))
    trace?("(cls)", maps.classes)
    trace?("(loc)", maps.boxes)
    return maps
  }
}

/// What a ``RegionProposalHead`` says about a search image.
public struct RegionProposalMaps: Sendable {
  /// n x h x w x (2 * anchors): channel t * anchors + a, t = 0 background and 1 target; before any softmax.
  public let classes: Tensor
  /// n x h x w x (4 * anchors): channel g * anchors + a, g = 0...3 for dx, dy, dw, dh.
  public let boxes: Tensor

  public init(classes: Tensor, boxes: Tensor) {
    self.classes = classes
    self.boxes = boxes
  }
}

extension LevelWeights {
  /// The weighted sum of the maps; a single one is itself.
  fileprivate func fused(_ maps: [Tensor], in workspace: Workspace) -> Tensor {
    maps.count == 1 ? maps[0] : sum(maps, in: workspace) { _, value in value }
  }
}
