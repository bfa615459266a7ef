import SiamRPNPlusPlus
import Siamese
import SiameseGoldens
import Tracking

/// The goldens' folders, and which of our presets pysot's names stand for.
enum Original {
  /// Presets by folder; there may be fewer folders.
  static let presets = [
    "siamrpnpp-resnet50/vot": "vot", "siamrpnpp-resnet50/otb": "otb", "siamrpnpp-resnet50/lt": "lt",
    "siamrpnpp-mobilenetv2": "mobilenet",
  ]

  static let folders = ModelGoldens.present(presets.keys.sorted())

  static let postprocessing = ModelGoldens.present(
    ["siamrpnpp-resnet50/postproc.json", "siamrpnpp-resnet50/lt/postproc.json"])

  static func settings(folder: String) throws -> SiamRPNPlusPlusSettings {
    try SiamRPNPlusPlusSettings(preset: presets[folder])
  }

  /// The settings of one of pysot's experiments, as the presets' descriptions begin; nil for one that we do not have.
  static func settings(experiment: String) -> SiamRPNPlusPlusSettings? {
    SiamRPNPlusPlusSettings.presets.first { $0.weights == "experiments/\(experiment)/model.pth" }?.settings
  }
}
