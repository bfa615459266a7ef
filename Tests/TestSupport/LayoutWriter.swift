/// Writes small data sets, each in the layout its makers publish, pictures included and quirks too.
///
///     let layout = try LayoutWriter.nfs(rate: 30)
///     let dataset = try DatasetCatalog.open(layout.dataset, root: layout.root)
///
/// Every picture is 60x40; every target moves by half a pixel a frame and is inside the picture throughout.
public struct LayoutWriter: Sendable {
  /// The data root; gone with this value.
  public let folder: TemporaryFolder
  /// The name the data set is known by: `nfs`.
  public let dataset: String
  /// The data set's folder below the root: `NFS`.
  public let place: String
  /// What was written, in the data set's order.
  public private(set) var sequences: [Sequence] = []

  /// A sequence as it should be read back.
  public struct Sequence: Sendable {
    public let name: String
    /// Left, top, width, height (or corners) a frame; NaN where the target is absent.
    public let truth: [[Double]]
  }

  public var root: String { folder.path }
  /// The data set's folder.
  public var path: String { "\(folder.path)/\(place)" }

  public static let width = 60
  public static let height = 40

  init(_ dataset: String, place: String) throws {
    folder = try TemporaryFolder()
    self.dataset = dataset
    self.place = place
  }

  /// `count` boxes of 12x9 pixels, the first at (4, 5).
  public static func boxes(_ count: Int) -> [[Double]] {
    (0..<count).map { (frame: Int) -> [Double] in
      let x = 4 + Double(frame % 60) / 2
      let y = 5 + Double(frame % 40) / 4
      return [x, y, 12, 9]
    }
  }

  /// The corners of `boxes`, turned by nothing.
  public static func corners(_ boxes: [[Double]]) -> [[Double]] {
    boxes.map { (box: [Double]) -> [Double] in
      let (left, top) = (box[0], box[1])
      let (right, bottom) = (left + box[2], top + box[3])
      return [left, top, right, top, right, bottom, left, bottom]
    }
  }

  /// Lines of numbers, whole ones without a point.
  public static func text(_ rows: [[Double]], separator: String = ",") -> String {
    rows.map { row in row.map(number).joined(separator: separator) + "\n" }.joined()
  }

  static func number(_ value: Double) -> String {
    value.isNaN ? "NaN" : value == value.rounded() ? "\(Int(value))" : "\(value)"
  }

  mutating func keep(_ name: String, _ truth: [[Double]]) { sequences.append(Sequence(name: name, truth: truth)) }

  /// Writes a file below the data set's folder.
  public func write(_ text: String, to file: String) throws { try folder.write(text, to: "\(place)/\(file)") }

  public func remove(_ file: String) throws { try folder.remove("\(place)/\(file)") }

  /// Pictures with these numbers. They are PNG files whatever they are called: readers go by the signature.
  func pictures(_ numbers: ClosedRange<Int>, in inside: String, digits: Int) throws {
    for number in numbers {
      let text = String(number)
      let padded = String(repeating: "0", count: max(0, digits - text.count)) + text
      try folder.write(Self.picture, to: "\(place)/\(inside)/\(padded).jpg")
    }
  }

  private static let picture = tinyPNG(width: width, height: height)
}
