public import Siamese
public import Tracking

/// SiamRPN++-ACM's numbers: those of SiamRPN++, as the paper keeps its tracker; no others are published.
public struct SiamRPNPlusPlusACMSettings: SearchingSettings {
  /// Source: `STVIR/pysot: experiments/siamrpn_r50_l234_dwxcorr/config.yaml`; section 3.1 of the model reference.
  public var search = SearchSettings(
    instanceSize: 255, baseSize: 8, penaltyK: 0.05, windowInfluence: 0.42, learningRate: 0.38)

  public init() {}

  public static var presets: [Preset<SiamRPNPlusPlusACMSettings>] {
    var otb = SiamRPNPlusPlusACMSettings()
    // experiments/siamrpn_r50_l234_dwxcorr_otb/config.yaml
    (otb.search.penaltyK, otb.search.windowInfluence, otb.search.learningRate) = (0.24, 0.5, 0.25)
    return [
      Preset("vot", "VOT2018, numbers of pysot's siamrpn_r50_l234_dwxcorr", settings: SiamRPNPlusPlusACMSettings()),
      Preset("otb", "OTB100, numbers of pysot's siamrpn_r50_l234_dwxcorr_otb", settings: otb),
    ]
  }

  public static var fields: [SettingField<SiamRPNPlusPlusACMSettings>] { searchFields }

  public func check() throws(SettingsFault) {
    try search.check(mapSide: SiamRPNPlusPlusACMModel.architecture.mapSide)
  }
}
