import Checkpoints
import Siamese
import Tensors

/// NanoTrack's head: template and search features compared, then a tower of depth-wise and pointwise convolutions for classes and
/// one for boxes.
///
/// Source: `nanotrack/models/head/ban_v1.py`, `ban_v2.py`, `ban_v3.py`; section 6.5 of the model reference. Key names differ from
/// version to version (quirk N5).
struct NanoTrackHead: Sendable {
  /// What both branches, or each of them, compare by.
  private struct Comparison: Sendable {
    let pixelwise: PixelwiseComparison
    /// v3 only, with the convolution that merges both results.
    let depthwise: DepthwiseComparison?
    let merging: NormalizedConvolution?
  }

  private struct Branch: Sendable {
    let tower: [NormalizedConvolution]
    let prediction: NormalizedConvolution
  }

  private let comparisons: [Comparison]
  private let classBranch: Branch
  private let boxBranch: Branch

  init(
    _ reader: WeightReader, version: NanoTrackVersion, features: Int, engine: Engine, folding: Bool
  ) throws(WeightsError) {
    func convolutions(_ plans: [ConvolutionPlan]) throws(WeightsError) -> [NormalizedConvolution] {
      var convolutions: [NormalizedConvolution] = []
      for plan in plans {
        convolutions.append(try NormalizedConvolution(plan, reader, engine: engine, folding: folding))
      }
      return convolutions
    }
    func branch(_ part: Part) throws(WeightsError) -> Branch {
      Branch(
        tower: try convolutions(version.towerPlans(part)),
        prediction: try NormalizedConvolution(
          version.predictionPlan(part), reader, engine: engine, folding: folding))
    }
    var comparisons: [Comparison] = []
    for names in version.comparisons {
      comparisons.append(
        Comparison(
          pixelwise: try PixelwiseComparison(
            reader, name: names.pixelwise, version: version, features: features, engine: engine, folding: folding),
          depthwise: try names.depthwise.map { (name) throws(WeightsError) in
            try DepthwiseComparison(reader, name: name, features: features, engine: engine, folding: folding)
          },
          merging: try convolutions(version.mergingPlan(names, features: features).map { [$0] } ?? []).first))
    }
    self.comparisons = comparisons
    classBranch = try branch(.classes)
    boxBranch = try branch(.boxes)
  }

  /// What the comparisons keep of a template: the pixel-wise kernel and, in v3, the depth-wise one.
  struct Memory: Sendable {
    fileprivate let kernels: [(pixelwise: Tensor, depthwise: Tensor?)]
  }

  func memory(of template: Tensor, in workspace: Workspace, trace: LayerTrace?) -> Memory {
    Memory(
      kernels: comparisons.map {
        (
          $0.pixelwise.kernel(of: template, in: workspace, trace: trace),
          $0.depthwise?.kernel(of: template, in: workspace, trace: trace)
        )
      })
  }

  func callAsFunction(
    _ search: Tensor, memory: Memory, in workspace: Workspace, trace: LayerTrace?
  ) -> BoxAdaptiveMaps {
    let features = zip(comparisons, memory.kernels).map { comparison, kernels in
      let pixelwise = comparison.pixelwise(search, kernel: kernels.pixelwise, in: workspace, trace: trace)
      guard let depthwise = comparison.depthwise, let kernel = kernels.depthwise, let merging = comparison.merging
      else { return pixelwise }
      let other = depthwise(search, kernel: kernel, in: workspace, trace: trace)
      // Pixel-wise channels first.
      let both = Tensor.concatenatingChannels([pixelwise, other], in: workspace)
      return merging(both, in: workspace, trace: trace)
    }
    func maps(_ branch: Branch, _ features: Tensor) -> Tensor {
      let x = branch.tower.reduce(features) { $1($0, in: workspace, trace: trace) }
      return branch.prediction(x, in: workspace, trace: trace)
    }
    // v1 compares once for both branches.
    return BoxAdaptiveMaps(
      classes: maps(classBranch, features[0]), distances: maps(boxBranch, features[features.count - 1]))
  }
}

extension NanoTrackHead {
  enum Part: Sendable {
    case classes
    case boxes
  }

  struct ComparisonNames: Sendable {
    let pixelwise: String
    var depthwise: String?
    var merging: String?
  }

  static func shapes(_ version: NanoTrackVersion, features: Int) -> [(String, [Int])] {
    version.comparisons.flatMap { names -> [(String, [Int])] in
      PixelwiseComparison.shapes(names.pixelwise, version: version, features: features)
        + (names.depthwise.map { DepthwiseComparison.shapes($0, features: features) } ?? [])
        + (version.mergingPlan(names, features: features)?.shapes ?? [])
    } + [Part.classes, .boxes].flatMap { (version.towerPlans($0) + [version.predictionPlan($0)]).flatMap(\.shapes) }
  }
}

extension NanoTrackVersion {
  private static let prefix = "ban_head."

  /// Classes first, then boxes; one for both in v1.
  fileprivate var comparisons: [NanoTrackHead.ComparisonNames] {
    let prefix = Self.prefix
    return switch self {
    case .v1: [.init(pixelwise: "\(prefix)corr_pw")]
    case .v2: ["cls", "reg"].map { .init(pixelwise: "\(prefix)corr_pw_\($0)") }
    case .v3:
      ["cls", "reg"].map {
        .init(
          pixelwise: "\(prefix)corr_pw_\($0)", depthwise: "\(prefix)corr_dw_\($0)", merging: "\(prefix)down_\($0).0")
      }
    }
  }

  fileprivate func mergingPlan(_ names: NanoTrackHead.ComparisonNames, features: Int) -> ConvolutionPlan? {
    names.merging.map {
      ConvolutionPlan(
        $0, inputs: PixelwiseComparison.channels + features, outputs: width(.boxes), kernel: 1, hasBias: true)
    }
  }

  /// Channels of a tower.
  private func width(_ part: NanoTrackHead.Part) -> Int { self == .v1 && part == .classes ? 128 : 96 }

  /// Kernels of a tower's depth-wise convolutions.
  private func kernels(_ part: NanoTrackHead.Part) -> [Int] {
    switch (self, part) {
    case (.v1, .classes): [5, 5, 3]
    case (.v1, .boxes): [3, 3, 5, 5]
    case (.v2, _), (.v3, _): [Int](repeating: 3, count: 6)
    }
  }

  fileprivate func towerPlans(_ part: NanoTrackHead.Part) -> [ConvolutionPlan] {
    let tower = Self.prefix + (part == .classes ? "cls" : "bbox") + (self == .v2 ? "_pw_tower" : "_tower")
    let outputs = width(part)
    var inputs = self == .v3 ? outputs : PixelwiseComparison.channels
    return kernels(part).enumerated().flatMap { index, kernel in
      defer { inputs = outputs }
      func depthwise(_ place: Int) -> ConvolutionPlan {
        ConvolutionPlan(
          "\(tower).\(place)", inputs: inputs, outputs: inputs, kernel: kernel,
          window: .init(padding: (kernel - 1) / 2), groups: inputs)
      }
      func pointwise(_ place: Int) -> ConvolutionPlan {
        ConvolutionPlan(
          "\(tower).\(place)", norm: "\(tower).\(place + 1)", inputs: inputs, outputs: outputs, kernel: 1)
      }
      // Quirk N4: nothing between the two convolutions in v1 and v2; v3 normalises between, and has no activation at the end.
      var (first, second) = (depthwise(index * 4), pointwise(index * 4 + 1))
      if self == .v3 {
        (first, second) = (depthwise(index * 5), pointwise(index * 5 + 3))
        first.norm = "\(tower).\(index * 5 + 1)"
        first.activation = .relu6
        first.activationName = "\(tower).\(index * 5 + 2)"
      } else {
        second.activation = .relu6
        second.activationName = "\(tower).\(index * 4 + 3)"
      }
      return [first, second]
    }
  }

  fileprivate func predictionPlan(_ part: NanoTrackHead.Part) -> ConvolutionPlan {
    let inputs = width(part)
    switch part {
    case .classes:
      return ConvolutionPlan(
        Self.prefix + (self == .v2 ? "cls_pred.0" : "cls_logits.0"), inputs: inputs, outputs: 2, kernel: 1,
        hasBias: true)
    case .boxes:
      return ConvolutionPlan(
        Self.prefix + "bbox_pred.0", activation: .exponential, activationName: "(loc)", inputs: inputs, outputs: 4,
        kernel: 1, hasBias: true)
    }
  }
}
