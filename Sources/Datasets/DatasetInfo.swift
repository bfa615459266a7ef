/// What a known data set is and where its files belong, for `trackbench datasets list`.
public struct DatasetInfo: Sendable, Hashable {
  /// As typed on the command line.
  public let name: String
  public let title: String
  /// Sequences when all are there.
  public let sequences: Int
  /// Annotated frames when all sequences are there; nil where nobody has counted them.
  public let frames: Int?
  /// Who made it, and where to fetch it.
  public let source: String
  /// Under which terms.
  public let licence: String
  /// The folders wanted under the data root; nil for what needs no files.
  public let expectedFolders: String?

  public init(
    name: String, title: String, sequences: Int, frames: Int?, source: String, licence: String, expectedFolders: String?
  ) {
    self.name = name
    self.title = title
    self.sequences = sequences
    self.frames = frames
    self.source = source
    self.licence = licence
    self.expectedFolders = expectedFolders
  }
}

extension OTBList {
  var info: DatasetInfo {
    DatasetInfo(
      name: rawValue, title: title, sequences: targets.count, frames: targets.reduce(0) { $0 + $1.count },
      source: "Wu, Lim, Yang; visual-tracking.net (lists: github.com/jwlim/tracker_benchmark)",
      licence: "published for research use, no licence stated",
      expectedFolders: "\(OTBFolders.folderName)/<Sequence>/img/0001.jpg and groundtruth_rect.txt")
  }

  private var title: String {
    switch self {
    case .otb100: "Object Tracking Benchmark 2015 (TB-100)"
    case .otb50: "Object Tracking Benchmark 2015, the harder half (TB-50)"
    case .otb2013: "Object Tracking Benchmark 2013 (CVPR13)"
    }
  }
}
