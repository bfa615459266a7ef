public import Checkpoints
public import Tensors

/// What a box-adaptive head says about every place of the response.
public struct BoxAdaptiveMaps: Sendable {
  /// n x h x w x 2: background, target; before any softmax.
  public let classes: Tensor
  /// n x h x w x 4: distances to the box's left, top, right and bottom, in pixels of the search crop.
  public let distances: Tensor

  public init(classes: Tensor, distances: Tensor) {
    self.classes = classes
    self.distances = distances
  }
}

/// SiamBAN's head: at every place of the response a pair of class scores and the distances from the place to the box's four
/// sides, from several levels of features at once.
///
/// Each level has two units of its own, one for classes (2 maps: background, target), one for boxes (4 maps: left, top, right,
/// bottom). Levels are added with learned weights, softmaxed (quirk Q3.8). Distances are exp(map * scale of the level), taken at each
/// level *before* the sum (quirk Q4.3); the scale is used as it is (quirk Q4.4). They leave the head positive, in pixels of
/// the search crop.
///
///     SiamBAN      BoxAdaptiveHead<DepthwiseCorrelation>
///     SiamBAN-ACM  BoxAdaptiveHead<AsymmetricUnit>
///
/// Source: `hqucv/siamban: siamban/models/head/ban.py`, MultiBAN; sections 4.2 and 5.2 of the model reference.
public struct BoxAdaptiveHead<Unit: FusionUnit>: Sendable {
  private let classUnits: [Unit]
  private let boxUnits: [Unit]
  private let classWeights: LevelWeights
  private let boxWeights: LevelWeights
  private let boxScales: [Float]

  /// What the units keep of a template.
  public struct Memory: Sendable {
    fileprivate let classes: [Unit.Memory]
    fileprivate let boxes: [Unit.Memory]
  }

  /// Background and target.
  private static var classOutputs: Int { 2 }
  /// Left, top, right, bottom.
  private static var boxOutputs: Int { 4 }

  /// Levels count from 2, as the backbone's layers do.
  private static func name(_ prefix: String, _ level: Int, _ part: String) -> String {
    "\(prefix)box\(level + 2).\(part)"
  }

  /// The tensors it reads, with their keys and shapes.
  ///
  /// - Parameters:
  ///   - prefix: what stands before `box2.cls`.
  ///   - channels: of each level.
  public static func shapes(prefix: String = "head.", channels: [Int]) -> [(String, [Int])] {
    let weights = ["cls_weight", "loc_weight", "loc_scale"].map { ("\(prefix)\($0)", [channels.count]) }
    return weights
      + channels.indices.flatMap { level in
        Unit.shapes(name(prefix, level, "cls"), channels: channels[level], outputs: classOutputs)
          + Unit.shapes(name(prefix, level, "loc"), channels: channels[level], outputs: boxOutputs)
      }
  }

  /// Reads the head's tensors; see ``shapes(prefix:channels:)``.
  ///
  /// - Parameter folding: computes batch norms within the convolutions before them; false keeps them apart, for tests that look in between.
  public init(
    _ reader: WeightReader, prefix: String = "head.", channels: [Int], engine: Engine, folding: Bool = true
  ) throws(WeightsError) {
    func units(_ part: String, outputs: Int) throws(WeightsError) -> [Unit] {
      var units: [Unit] = []
      for level in channels.indices {
        units.append(
          try Unit(
            reader, name: Self.name(prefix, level, part), channels: channels[level], outputs: outputs, engine: engine,
            folding: folding))
      }
      return units
    }
    classUnits = try units("cls", outputs: Self.classOutputs)
    boxUnits = try units("loc", outputs: Self.boxOutputs)
    classWeights = LevelWeights(softmaxOf: try reader.tensor("\(prefix)cls_weight", shape: [channels.count]))
    boxWeights = LevelWeights(softmaxOf: try reader.tensor("\(prefix)loc_weight", shape: [channels.count]))
    boxScales = try reader.tensor("\(prefix)loc_scale", shape: [channels.count])
  }

  /// What there is to know of a template, once a sequence.
  ///
  /// - Parameters:
  ///   - template: one adjusted map a level.
  ///   - target: the target's size in the template crop.
  public func memory(
    of template: [Tensor], target: TargetSize, in workspace: Workspace, trace: LayerTrace? = nil
  ) -> Memory {
    precondition(template.count == classUnits.count)
    func memories(_ units: [Unit]) -> [Unit.Memory] {
      zip(units, template).map { $0.memory(of: $1, target: target, in: workspace, trace: trace) }
    }
    return Memory(classes: memories(classUnits), boxes: memories(boxUnits))
  }

  /// - Parameter search: one adjusted map a level.
  public func callAsFunction(
    _ search: [Tensor], memory: Memory, in workspace: Workspace, trace: LayerTrace? = nil
  ) -> BoxAdaptiveMaps {
    precondition(search.count == classUnits.count)
    func maps(_ units: [Unit], _ memories: [Unit.Memory]) -> [Tensor] {
      units.indices.map { units[$0](search[$0], memory: memories[$0], in: workspace, trace: trace) }
    }
    let classes = classWeights.sum(maps(classUnits, memory.classes), in: workspace) { _, value in value }
    let distances = boxWeights.sum(maps(boxUnits, memory.boxes), in: workspace) { [boxScales] level, value in
      exponential(value * Double(boxScales[level]))
    }
    trace?("(cls)", classes)
    trace?("(loc)", distances)
    return BoxAdaptiveMaps(classes: classes, distances: distances)
  }
}
