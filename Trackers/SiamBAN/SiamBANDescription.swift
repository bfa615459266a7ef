import Siamese
public import Tracking

extension TrackerDescription {
  /// SiamBAN with the constants of siamban.
  public static let siamBAN = TrackerDescription(
    SiamBANModel.self, name: "siamban", title: "SiamBAN",
    paper: "Chen, Zhong, Li, Zhang, Ji: Siamese Box Adaptive Network for Visual Tracking, CVPR 2020",
    // Quirk Q2.21: half a pixel is added to annotations.
    convention: .pysot,
    publishedWeights: "model.pth of siamban_r50_l234 or siamban_r50_l234_otb, linked from MODEL_ZOO.md of "
      + "github.com/hqucv/siamban",
    publishedScores: PublishedScore.table(
      [
        ("vot", "vot2018", [("EAO", 0.452), ("accuracy", 0.597), ("robustness", 0.178)]),
        ("otb", "otb100", [("success", 0.696), ("precision", 0.910)]),
      ], source: "MODEL_ZOO.md of github.com/hqucv/siamban"))
}
