public import Siamese
public import Tracking

/// SiamBAN's numbers. Source of all: `hqucv/siamban: experiments/*/config.yaml` and, for what those leave out,
/// `siamban/core/config.py`; section 4.1 of the model reference.
public struct SiamBANSettings: SearchingSettings {
  public var search: SearchSettings
  /// How wide and deep the network is; no setting changes it, the weights must fit.
  public var width = NetworkWidth.published

  /// Those of `siamban_r50_l234`.
  public init() {
    self.init(penaltyK: 0.08513642556896711, windowInfluence: 0.4632532824922313, learningRate: 0.44418184746462425)
  }

  private init(penaltyK: Double, windowInfluence: Double, learningRate: Double) {
    // TRACK.INSTANCE_SIZE and TRACK.BASE_SIZE of both files.
    search = SearchSettings(
      instanceSize: 255, baseSize: 8, penaltyK: penaltyK, windowInfluence: windowInfluence, learningRate: learningRate)
  }

  public static var presets: [Preset<SiamBANSettings>] {
    var compact = SiamBANSettings()
    compact.width = .compact
    compact.search.windowInfluence = 0.25
    return [
      Preset("vot", "VOT2018, experiments/siamban_r50_l234/config.yaml", settings: SiamBANSettings()),
      Preset(
        "vot2019", "VOT2019, the commented lines of the same file",
        settings: SiamBANSettings(
          penaltyK: 0.0012159181005195463, windowInfluence: 0.334450048565355, learningRate: 0.46386814967815493)),
      Preset(
        "otb", "OTB100, experiments/siamban_r50_l234_otb/config.yaml",
        settings: SiamBANSettings(
          penaltyK: 0.020530504470126613, windowInfluence: 0.3850733326567302, learningRate: 0.4730770315643308)),
      Preset(
        "compact", "a small network, to be trained by Trackers/Training; numbers found here",
        settings: compact),
    ]
  }

  public static var fields: [SettingField<SiamBANSettings>] { searchFields }

  public func check() throws(SettingsFault) {
    try search.check(mapSide: SiamBANNetwork.mapSide)
  }
}
