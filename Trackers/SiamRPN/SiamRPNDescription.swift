import Siamese
public import Tracking

extension TrackerDescription {
  /// SiamRPN as pysot publishes it.
  public static let siamRPN = TrackerDescription(
    SiamRPNModel.self, name: "siamrpn", title: "SiamRPN",
    paper: "Li, Yan, Wu, Zhu, Hu: High Performance Visual Tracking with Siamese Region Proposal Network, CVPR 2018; "
      + "with the depth-wise head of SiamRPN++",
    convention: .pysot,
    publishedWeights: "model.pth of siamrpn_alex_dwxcorr (VOT) or siamrpn_alex_dwxcorr_otb (OTB), linked from "
      + "MODEL_ZOO.md of github.com/STVIR/pysot; CC BY-SA 3.0",
    publishedScores: PublishedScore.table(
      [
        ("vot", "vot2016", [("EAO", 0.393), ("accuracy", 0.618), ("robustness", 0.238)]),
        ("vot", "vot2018", [("EAO", 0.352), ("accuracy", 0.576), ("robustness", 0.290)]),
        ("vot", "vot2019", [("EAO", 0.260), ("accuracy", 0.573), ("robustness", 0.547)]),
        ("otb", "otb100", [("success", 0.666), ("precision", 0.876)]),
      ], source: "MODEL_ZOO.md of github.com/STVIR/pysot"))
}
