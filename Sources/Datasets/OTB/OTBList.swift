/// The targets of the Object Tracking Benchmark (OTB-2015, "TB-100") and of its two smaller lists, known without any file.
///
/// 98 folders hold 100 targets: Jogging and Skating2 have two each, and Human4 has its only one in the second annotation
/// file (the first is empty). "OTB-50" is TB-50, the harder half of 2015; papers before 2015 mean OTB-2013 by it.
public enum OTBList: String, Sendable, CaseIterable {
  case otb100
  case otb50
  case otb2013

  /// One target of the benchmark.
  public struct Target: Sendable, Hashable {
    /// As pysot and most result lists write it: `Jogging-1`, `Human4-2`.
    public let name: String
    /// The folder its pictures lie in: `Jogging`.
    public let folder: String
    /// `groundtruth_rect.txt`, or `groundtruth_rect.1.txt`, `.2.txt`.
    public let annotationFile: String
    /// Numbers of the first and the last picture; each between is annotated.
    public let range: ClosedRange<Int>
    /// Digits of the picture's file name: 4, for Board 5. The MATLAB list says 4 there too (quirk Q9).
    public let digits: Int
    /// In the order of ``Attribute``.
    public let attributes: [Attribute]
    public let lists: [OTBList]

    /// How many frames are annotated.
    public var count: Int { range.count }

    /// Annotated rows before the first frame of the range that some copies have and the benchmark leaves out.
    ///
    /// Tiger1: its original file has 354 rows from image 1 on; the benchmark starts it at image 6 (quirk Q8).
    var leadingRows: Int { name == "Tiger1" ? range.lowerBound - 1 : 0 }

    /// Whether the benchmark's own annotation of frame `index` is known to be 0,0,0,0: the last frames of Board and of
    /// Twinnings (metrics reference, 1.5).
    func isKnownEmpty(_ index: Int) -> Bool { (name == "Board" || name == "Twinnings") && index == count - 1 }
  }

  /// All 100 targets, in the order of the benchmark's list.
  public static let targets: [Target] = table.split(separator: "\n").compactMap { line in
    let words = line.split(separator: " ")
    guard words.count > 7, let first = Int(words[3]), let last = Int(words[4]), first <= last,
      let digits = Int(words[5])
    else { return nil }
    let lists = words[6].split(separator: "+").compactMap { OTBList(rawValue: "otb\($0)") }
    return Target(
      name: String(words[0]), folder: String(words[1]), annotationFile: "groundtruth_\(words[2]).txt",
      range: first...last, digits: digits, attributes: words[7...].compactMap { Attribute(rawValue: String($0)) },
      lists: [.otb100] + lists)
  }

  /// The targets of this list, in its order.
  public var targets: [Target] { Self.targets.filter { $0.lists.contains(self) } }

  /// Names of the lists, and of the targets in each.
  static let subsets: [String: [String]] = [
    "otb50": OTBList.otb50.targets.map(\.name), "otb2013": OTBList.otb2013.targets.map(\.name),
  ]

  /// The target of a folder and annotation file that no root vouches for: its name and its number of rows must both be
  /// those of the list.
  static func target(folder: String, annotationFile: String, rows: Int) -> Target? {
    targets.first {
      $0.folder == folder && $0.annotationFile == annotationFile
        && (rows == $0.count || rows == $0.count + $0.leadingRows)
    }
  }
}
