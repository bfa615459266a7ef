public import Siamese
public import Tracking

/// SiamBAN-ACM's numbers.
///
/// The authors publish no configuration files (quirk Q5.1), so the penalty, the window's influence and the learning rate are those
/// that `hqucv/siamban: experiments/*/config.yaml` has for SiamBAN; sections 4.1 and 5.1 of the model reference.
public struct SiamBANACMSettings: SearchingSettings {
  public var search: SearchSettings
  /// How wide and deep the network is; no setting changes it, the weights must fit.
  public var width = NetworkWidth.published
  /// Side of the search crop in pixels once the target has moved fast: twice the usual one (section 5.4).
  public var enlargedSize = 510

  /// Those of `siamban_r50_l234`.
  public init() {
    self.init(penaltyK: 0.08513642556896711, windowInfluence: 0.4632532824922313, learningRate: 0.44418184746462425)
  }

  private init(penaltyK: Double, windowInfluence: Double, learningRate: Double) {
    // TRACK.INSTANCE_SIZE and TRACK.BASE_SIZE of SiamBAN's files, which `core/config.py` repeats for the response of 25 x 25.
    search = SearchSettings(
      instanceSize: 255, baseSize: 8, penaltyK: penaltyK, windowInfluence: windowInfluence, learningRate: learningRate)
  }

  public static var presets: [Preset<SiamBANACMSettings>] {
    var compact = SiamBANACMSettings()
    compact.width = .compact
    // Found on drawn scenes set apart for it (Trackers/Training): a small network takes too much for a target to search further.
    compact.search.windowInfluence = 0.25
    compact.search.learningRate = 0.33
    compact.enlargedSize = 255
    return [
      Preset("vot", "VOT2018, numbers of SiamBAN's siamban_r50_l234", settings: SiamBANACMSettings()),
      Preset(
        "otb", "OTB100, numbers of SiamBAN's siamban_r50_l234_otb",
        settings: SiamBANACMSettings(
          penaltyK: 0.020530504470126613, windowInfluence: 0.3850733326567302, learningRate: 0.4730770315643308)),
      Preset(
        "compact", "a small network, for the weights that come with this program; numbers found here",
        settings: compact),
    ]
  }

  public static var fields: [SettingField<SiamBANACMSettings>] {
    searchFields + [
      .integer(
        "enlarged_size", \.enlargedSize, in: 95...1023, "side of the search crop in pixels after a fast motion")
    ]
  }

  /// The search after a fast motion.
  var enlargedSearch: SearchSettings {
    var enlarged = search
    enlarged.instanceSize = enlargedSize
    return enlarged
  }

  public func check() throws(SettingsFault) {
    try search.check(mapSide: SiamBANACMNetwork.mapSide)
    try enlargedSearch.check(key: "enlarged_size", mapSide: SiamBANACMNetwork.mapSide)
  }
}
