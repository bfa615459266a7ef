import Siamese
import Tensors
public import Tracking

extension TrackerDescription {
  /// SiamFC-ACM: SiamFC with exemplar, search crops and the first box's size fused by one asymmetric convolution instead of
  /// compared by a correlation.
  ///
  /// The paper evaluates it, but neither code nor weights were published: this is our own combination of SiamBAN-ACM's unit, with
  /// kernels of the exemplar's 6 x 6 and one output, and SiamFC's network and tracker (section 5.7 of the model reference).
  public static let siamFCACM = TrackerDescription(
    name: "siamfc-acm", title: "SiamFC-ACM",
    paper: "Han, Dong, Khan, Shao, Shen: Learning to Fuse Asymmetric Feature Maps in Siamese Trackers, CVPR 2021; "
      + "its SiamFC variant, of which no code was published, as we put it together",
    convention: .oneBased,
    publishedWeights: "the authors published none; a training of one's own must use the keys that "
      + "`trackbench trackers show siamfc-acm` lists",
    settings: SiamFCSettings.self, shapes: { SiamFCNetwork.shapes(.fusion, width: $0.width) },
    load: { weights, settings in
      let side = AlexNetV1.outputSide(for: settings.exemplarSize)
      guard side == SiamFCNetwork.fusionSide else {
        throw SettingsFault(
          key: "exemplar_sz",
          cause:
            "exemplars of \(settings.exemplarSize) give features of \(side) x \(side), the fusion's kernels want 6 x 6",
          remedy: "leave exemplar_sz at 127")
      }
      return try SiamFCModel(weights: weights, matching: .fusion, settings: settings, engine: .ofThisProcess())
    })
}
