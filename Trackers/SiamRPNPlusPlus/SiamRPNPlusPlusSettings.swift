public import Siamese
public import Tracking

/// SiamRPN++'s numbers. Source of all: `STVIR/pysot: experiments/siamrpn_r50_l234_dwxcorr/config.yaml` and its neighbours; what they
/// leave out from `pysot/core/config.py`. Section 3.1 of the model reference.
public struct SiamRPNPlusPlusSettings: SearchingSettings {
  public var search = SearchSettings(
    instanceSize: 255, baseSize: 8, penaltyK: 0.05, windowInfluence: 0.42, learningRate: 0.38)
  /// The preset's network; no setting changes it, the weights must fit.
  public var architecture = Architecture(.resNet50, width: 1, isWeighted: true)
  /// Whether a lost target is searched far around: 1 for TRACK.TYPE SiamRPNLTTracker, 0 for SiamRPNTracker.
  public var longterm = 0
  /// Side of the search crop while the target is lost, in pixels. Quirk Q3.2: a default of `config.py`, in no file.
  public var lostInstanceSize = 831
  /// Below this score a frame's candidate is not believed, and the next frame is searched far around. The long-term file's; the
  /// default of `config.py` is 0.85.
  public var confidenceLow = 0.8
  /// Above this score the next frame is searched near again.
  public var confidenceHigh = 0.998
  /// 1: a target lost at a sequence's end makes the next sequence begin far around, as the original does (quirk Q3.14).
  public var keepLost = 0

  public typealias Architecture = SiamRPNPlusPlusNetwork.Architecture

  public init() {}

  private init(_ architecture: Architecture, penaltyK: Double, windowInfluence: Double, learningRate: Double) {
    self.architecture = architecture
    search.penaltyK = penaltyK
    search.windowInfluence = windowInfluence
    search.learningRate = learningRate
  }

  var isLongterm: Bool { longterm == 1 }
  var keepsLost: Bool { keepLost == 1 }

  /// The search for a lost target (section 3.6, step 2).
  var farSearch: SearchSettings {
    var far = search
    far.instanceSize = lostInstanceSize
    far.windowInfluence = 0.001
    return far
  }

  public static var presets: [Preset<SiamRPNPlusPlusSettings>] {
    func preset(_ name: String, _ experiment: String, _ settings: Self, meaning: String = "") -> Preset<Self> {
      Preset(name, experiment + meaning, weights: "experiments/\(experiment)/model.pth", settings: settings)
    }
    let weighted = Architecture(.resNet50, width: 1, isWeighted: true)
    let mean = Architecture(.resNet50, width: 1, isWeighted: false)
    let mobile = Architecture(.mobileNetV2, width: MobileNetV2.publishedWidth, isWeighted: false)
    // Quirk Q3.1: keys of the long-term file that its own program rejects are dropped.
    var longterm = Self(
      Architecture(.resNet50, width: 1, levels: [128, 256, 512], isWeighted: true), penaltyK: 0.05,
      windowInfluence: 0.28, learningRate: 0.22)
    longterm.longterm = 1
    return [
      preset(
        "vot", "siamrpn_r50_l234_dwxcorr", Self(weighted, penaltyK: 0.05, windowInfluence: 0.42, learningRate: 0.38)),
      preset(
        "otb", "siamrpn_r50_l234_dwxcorr_otb", Self(mean, penaltyK: 0.24, windowInfluence: 0.5, learningRate: 0.25)),
      preset(
        "lt", "siamrpn_r50_l234_dwxcorr_lt", longterm, meaning: ": searches far around while the target is lost"),
      preset(
        "mobilenet", "siamrpn_mobilev2_l234_dwxcorr",
        Self(mobile, penaltyK: 0.04, windowInfluence: 0.4, learningRate: 0.5), meaning: ": a smaller network"),
      preset(
        "8gpu", "siamrpn_r50_l234_dwxcorr_8gpu",
        Self(weighted, penaltyK: 0.04, windowInfluence: 0.44, learningRate: 0.33)),
      preset(
        "16gpu", "siamrpn_r50_l234_dwxcorr_16gpu",
        Self(weighted, penaltyK: 0.01, windowInfluence: 0.40, learningRate: 0.38)),
      preset(
        "otb-8gpu", "siamrpn_r50_l234_dwxcorr_otb_8gpu",
        Self(mean, penaltyK: 0.24, windowInfluence: 0.5, learningRate: 0.25)),
      Preset(
        "compact", "a small network, to be trained by Trackers/Training; numbers found here",
        settings: Self(Architecture(.compact), penaltyK: 0.05, windowInfluence: 0.42, learningRate: 0.38)),
    ]
  }

  public static var fields: [SettingField<SiamRPNPlusPlusSettings>] {
    searchFields + [
      .integer("longterm", \.longterm, in: 0...1, "1 searches far around while the target is lost"),
      .integer(
        "lost_instance_size", \.lostInstanceSize, in: 95...1023, "side of the search crop while the target is lost"),
      .number(
        "confidence_low", \.confidenceLow, in: 0...1, "below this score a long-term target counts as lost"),
      .number("confidence_high", \.confidenceHigh, in: 0...1, "above this score it counts as found"),
      .integer(
        "keep_lost", \.keepLost, in: 0...1, "1 begins a sequence as lost where the one before ended so, as the original"
      ),
    ]
  }

  public func check() throws(SettingsFault) {
    try search.check(mapSide: architecture.mapSide)
    if isLongterm { try farSearch.check(key: "lost_instance_size", mapSide: architecture.mapSide) }
  }
}
