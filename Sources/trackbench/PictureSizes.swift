import Datasets
import Evaluation
import Geometry
import Imaging

/// How large the pictures of a sequence are, where its own files do not say.
enum PictureSizes {
  /// By the first picture of each sequence; sequences without a readable one are left out: running them says why.
  static func unnamed(in sequences: [Sequence]) -> [String: (width: Int, height: Int)] {
    var sizes: [String: (width: Int, height: Int)] = [:]
    for sequence in sequences where sequence.video?.width == nil || sequence.video?.height == nil {
      guard sequence.frames.count > 0, let image = try? sequence.frames.image(at: 0) else { continue }
      sizes[sequence.name] = (image.width, image.height)
    }
    return sizes
  }
}

extension EvaluationProtocol {
  /// Whether its scores count overlaps inside the picture.
  var needsPictureSizes: Bool { Self.keepsOutcomes }
}

extension Dataset {
  /// What people run on it unless they say otherwise: VOT's data sets and other polygons with resets, those with anchors from them, else one pass.
  var defaultProtocol: String {
    if sequences.contains(where: { $0.anchors != nil }) { return MultiStart.name }
    let isVOT = name.lowercased().hasPrefix("vot") || sequences.contains(where: \.isAnnotatedByRegions)
    return isVOT ? Supervised.name : OnePass.name
  }
}

extension Datasets.Sequence {
  /// Polygons or masks are VOT's way; tags a frame are also what our own drawn sequences have.
  fileprivate var isAnnotatedByRegions: Bool {
    annotation.regions.contains { region in
      if case .box = region { false } else { true }
    }
  }
}
