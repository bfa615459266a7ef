import Configuration
import SiamBAN
import SiamRPN
import SiamRPNPlusPlus
import Testing
import Tracking

@Suite("Configuration files of pysot")
struct PysotConfigurationTests {
  private let longterm = """
    META_ARC: "siamrpn_r50_l234_dwxcorr"
    BACKBONE:
        TYPE: "resnet50"
        KWARGS:
            used_layers: [2, 3, 4]
    ADJUST:
        ADJUST: true
    TRACK:
        TYPE: 'SiamRPNLTTracker'
        PENALTY_K: 0.05
        WINDOW_INFLUENCE: 0.28
        LR: 0.22
        INSTANCE_SIZE: 255
        CONFIDENCE_LOW: 0.8
    TRAIN:
        EPOCH: 20
    """

  @Test(
    "Tracking keys become settings, the long-term class becomes its setting, the network's keys are left to the preset")
  func settings() throws {
    let read = try PysotConfiguration(yaml: longterm, file: "config.yaml", for: .siamRPNPlusPlus, preset: "lt")
    let settings = try TrackerDescription.siamRPNPlusPlus.settings(preset: "lt", read.overrides)
    let values = Dictionary(uniqueKeysWithValues: settings.map { ($0.key, "\($0.value)") })
    #expect(values["penalty_k"] == "0.05" && values["lr"] == "0.22" && values["instance_size"] == "255")
    #expect(values["longterm"] == "1")
  }

  @Test("A setting that the tracker does not have is named, with those it has")
  func unknownSetting() {
    let error = #expect(throws: ConfigurationError.self) {
      _ = try PysotConfiguration(yaml: longterm, file: "config.yaml", for: .siamBAN)
    }
    #expect(error?.place == "config.yaml: TRACK.CONFIDENCE_LOW")
    #expect(error?.remedy?.contains("PENALTY_K") == true)
  }

  @Test("A file for another network is told apart")
  func otherBackbone() {
    let error = #expect(throws: ConfigurationError.self) {
      _ = try PysotConfiguration(yaml: longterm, file: "config.yaml", for: .siamRPN)
    }
    #expect(error?.place == "config.yaml: BACKBONE.TYPE")
    #expect(error?.remedy?.contains("siamrpn++") == true)
  }

  @Test(
    "Whatever else is in a file is named",
    arguments: [
      ("TRACKS: {LR: 1}", "config.yaml: TRACKS"), ("TRACK: 3", "config.yaml: TRACK"), ("[1, 2]", "config.yaml"),
      ("", "config.yaml"), ("TRACK: {LR: fast}", "config.yaml: TRACK.LR"), ("MASK: {MASK: true}", "config.yaml: MASK"),
      ("TRACK: [}", "config.yaml"),
    ])
  func damaged(yaml: String, place: String) {
    let error = #expect(throws: ConfigurationError.self) {
      _ = try PysotConfiguration(yaml: yaml, file: "config.yaml", for: .siamBAN)
    }
    #expect(error?.place == place)
  }
}
