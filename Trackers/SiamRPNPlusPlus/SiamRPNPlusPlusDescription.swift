import Siamese
public import Tracking

extension TrackerDescription {
  /// SiamRPN++ as pysot publishes it.
  public static let siamRPNPlusPlus = TrackerDescription(
    SiamRPNPlusPlusModel.self, name: "siamrpn++", title: "SiamRPN++",
    paper: "Li, Wu, Wang, Zhang, Xing, Yan: SiamRPN++: Evolution of Siamese Visual Tracking with Very Deep Networks, "
      + "CVPR 2019",
    convention: .pysot,
    publishedWeights: "model.pth of the preset's experiment, linked from MODEL_ZOO.md of github.com/STVIR/pysot; "
      + "CC BY-SA 3.0",
    publishedScores: PublishedScore.table(
      [
        ("vot", "vot2016", [("EAO", 0.464), ("accuracy", 0.642), ("robustness", 0.196)]),
        ("vot", "vot2018", [("EAO", 0.415), ("accuracy", 0.601), ("robustness", 0.234)]),
        ("vot", "vot2019", [("EAO", 0.287), ("accuracy", 0.595), ("robustness", 0.467)]),
        ("otb", "otb100", [("success", 0.696), ("precision", 0.914)]),
        ("mobilenet", "vot2016", [("EAO", 0.455), ("accuracy", 0.624), ("robustness", 0.214)]),
        ("mobilenet", "vot2018", [("EAO", 0.410), ("accuracy", 0.586), ("robustness", 0.229)]),
        ("mobilenet", "vot2019", [("EAO", 0.292), ("accuracy", 0.580), ("robustness", 0.446)]),
        ("lt", "vot2018-lt", [("F1", 0.629)]),
      ], source: "MODEL_ZOO.md of github.com/STVIR/pysot"))
}
