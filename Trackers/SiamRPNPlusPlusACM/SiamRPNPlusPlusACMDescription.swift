import Siamese
public import Tracking

extension TrackerDescription {
  /// SiamRPN++ with asymmetric convolutions: the paper's idea, put together by us.
  public static let siamRPNPlusPlusACM = TrackerDescription(
    SiamRPNPlusPlusACMModel.self, name: "siamrpn++-acm", title: "SiamRPN++-ACM",
    paper: "Han, Dong, Khan, Shao, Shen: Learning to Fuse Asymmetric Feature Maps in Siamese Trackers, CVPR 2021; "
      + "its SiamRPN++ variant, of which no code was published, as we put it together",
    convention: .pysot,
    publishedWeights: "the authors published none; a training of one's own must use the keys that "
      + "`trackbench trackers show siamrpn++-acm` lists")
}
