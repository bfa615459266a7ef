public import Checkpoints
import Foundation
public import Siamese
public import Tensors
public import Tracking

/// SiamFC with its weights loaded: what all its trackers share, and none of them writes to.
public struct SiamFCModel: WeightedModel, CropModel {
  public let settings: SiamFCSettings
  public let engine: Engine
  package let network: SiamFCNetwork
  /// The cosine window over an enlarged response, adding up to 1.
  let window: [Double]

  public init(
    weights: Weights, settings: SiamFCSettings = SiamFCSettings(), engine: Engine
  ) throws(WeightsError) {
    try self.init(weights: weights, matching: .correlation, settings: settings, engine: engine)
  }

  /// - Parameter matching: how exemplar and search crop meet; a fusion wants exemplars whose features are 6 x 6.
  /// - Throws: ``WeightsError`` where the weights do not fit.
  public init(
    weights: Weights, matching: SiamFCNetwork.Matching, settings: SiamFCSettings, engine: Engine
  ) throws(WeightsError) {
    self.settings = settings
    self.engine = engine
    network = try SiamFCNetwork(
      weights, matching: matching, width: settings.width, outScale: settings.outScale, engine: engine)
    window = HannWindow.normalizedSquare(settings.enlargedSize)
  }

  public static func shapes(_ settings: SiamFCSettings) -> [(String, [Int])] {
    SiamFCNetwork.shapes(.correlation, width: settings.width)
  }

  public func makeTracker() -> any Tracker { SiamFCTracker(self) }

  public var cropSizes: CropSizes {
    CropSizes(template: settings.exemplarSize, search: settings.instanceSize, searchCount: settings.scaleCount)
  }

  public func searchBranch(template: Tensor, target: TargetSize) -> SearchBranch {
    let workspace = Workspace(engine: engine)
    let features = network.features(template, in: workspace)
    let memory = network.memory(of: features, target: target, in: workspace)
    return SearchBranch(workspace: workspace) { [network] crops, trace in
      let search = network.features(crops, in: workspace, trace: trace)
      let response = network.response(search: search, memory: memory, in: workspace)
      trace?("response", response)
      return [("response", response)]
    }
  }
}

extension TrackerDescription {
  /// SiamFC with the constants of siamfc-pytorch.
  public static let siamFC = TrackerDescription(
    SiamFCModel.self, name: "siamfc", title: "SiamFC",
    paper: "Bertinetto, Valmadre, Henriques, Vedaldi, Torr: Fully-Convolutional Siamese Networks for Object Tracking, "
      + "ECCV 2016 Workshops",
    // Quirk S6: boxes go in and come out as OTB's annotation has them.
    convention: .oneBased,
    publishedWeights: "siamfc_alexnet_e50.pth, linked from the README of github.com/huanglianghua/siamfc-pytorch; "
      + "files of HonglinChu/SiamTrackers' copy fit as well",
    publishedScores: PublishedScore.row(
      [
        ("otb2013", "success", 0.589), ("otb2013", "precision", 0.781), ("otb100", "success", 0.578),
        ("otb100", "precision", 0.765), ("uav123", "success", 0.523), ("uav123", "precision", 0.731),
        ("uav20l", "success", 0.423), ("uav20l", "precision", 0.572), ("dtb70", "success", 0.493),
        ("dtb70", "precision", 0.731), ("tcolor128", "success", 0.510), ("tcolor128", "precision", 0.691),
        ("nfs", "success", 0.520), ("nfs", "precision", 0.624), ("got10k", "AO", 0.355), ("got10k", "SR50", 0.390),
        ("got10k", "SR75", 0.118), ("vot2018", "accuracy", 0.502), ("vot2018", "robustness (unnormalised)", 37.25),
      ], source: "README of github.com/huanglianghua/siamfc-pytorch, for siamfc_alexnet_e50.pth"))
}

/// The C library's power function in double precision.
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
