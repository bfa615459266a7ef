import Siamese
public import Tracking

extension TrackerDescription {
  /// NanoTrack with the configurations of SiamTrackers.
  public static let nanoTrack = TrackerDescription(
    NanoTrackModel.self, name: "nanotrack", title: "NanoTrack",
    paper:
      "Honglin Chu: SiamTrackers, NanoTrack (github.com/HonglinChu/SiamTrackers), after Chen, Zhong, Li, Zhang, Ji: "
      + "SiamBAN, CVPR 2020, and Yan, Peng, Wu, Wang, Fu, Lu: LightTrack, CVPR 2021",
    // Quirk N13: half a pixel is added to annotations.
    convention: .pysot,
    publishedWeights:
      "nanotrackv1.pth, nanotrackv2.pth and nanotrackv3.pth, one a preset, in NanoTrack/models/pretrained of "
      + "github.com/HonglinChu/SiamTrackers",
    publishedScores: scores)

  private static var scores: [PublishedScore] {
    let columns = [
      ("vot2018", "EAO"), ("vot2019", "EAO"), ("got10k-val", "AO"), ("got10k-val", "SR"), ("dtb70", "success"),
      ("dtb70", "precision"),
    ]
    let rows = [
      ("v1", [0.311, 0.247, 0.604, 0.724, 0.532, 0.727]), ("v2", [0.352, 0.270, 0.680, 0.817, 0.584, 0.753]),
      ("v3", [0.449, 0.296, 0.719, 0.848, 0.628, 0.815]),
    ]
    return rows.flatMap { preset, values in
      PublishedScore.row(
        preset: preset, zip(columns, values).map { ($0.0, $0.1, $1) },
        source: "NanoTrack/README.md of github.com/HonglinChu/SiamTrackers")
    }
  }
}
