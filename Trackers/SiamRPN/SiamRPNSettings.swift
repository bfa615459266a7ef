public import Siamese
public import Tracking

/// SiamRPN's numbers. Source of all: `STVIR/pysot: experiments/siamrpn_alex_dwxcorr/config.yaml` and its neighbours `_otb` and
/// `_16gpu`, which hold the same (quirk Q2.1); what they leave out from `pysot/core/config.py`. Section 2.1 of the model
/// reference.
public struct SiamRPNSettings: SearchingSettings {
  // Quirk Q2.2: 287 while tracking; training used 255.
  public var search = SearchSettings(
    instanceSize: 287, baseSize: 0, penaltyK: 0.16, windowInfluence: 0.40, learningRate: 0.30)
  /// Factor on the network's channels; no setting changes it, the weights must fit.
  public var width = 1.0

  public init() {}

  public static var presets: [Preset<SiamRPNSettings>] {
    var compact = SiamRPNSettings()
    compact.width = 1.0 / 8
    return [
      Preset(
        "vot", "siamrpn_alex_dwxcorr; also for the weights of siamrpn_alex_dwxcorr_16gpu",
        weights: "experiments/siamrpn_alex_dwxcorr/model.pth", settings: SiamRPNSettings()),
      Preset(
        "otb", "siamrpn_alex_dwxcorr_otb: the same numbers, other weights (quirk Q2.1)",
        weights: "experiments/siamrpn_alex_dwxcorr_otb/model.pth", settings: SiamRPNSettings()),
      Preset(
        "compact", "an eighth of the channels, to be trained by Trackers/Training",
        settings: compact),
    ]
  }

  public static var fields: [SettingField<SiamRPNSettings>] { searchFields }

  public func check() throws(SettingsFault) {
    try search.check(mapSide: SiamRPNNetwork.mapSide)
  }
}
