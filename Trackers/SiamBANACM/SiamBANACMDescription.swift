import Siamese
public import Tracking

extension TrackerDescription {
  /// SiamBAN-ACM with the constants of SiamBAN, which are the only ones published.
  public static let siamBANACM = TrackerDescription(
    SiamBANACMModel.self, name: "siamban-acm", title: "SiamBAN-ACM",
    paper: "Han, Dong, Khan, Shao, Shen: Learning to Fuse Asymmetric Feature Maps in Siamese Trackers, CVPR 2021",
    // Quirk Q2.21: half a pixel is added to annotations.
    convention: .pysot,
    // No scores: the repository's MODEL_ZOO.md is SiamBAN's (quirk Q5.1).
    publishedWeights:
      "the archives for VOT2019 and LaSOT, linked from the README of github.com/wencheng256/SiamBAN-ACM")
}
