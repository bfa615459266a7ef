/// Something about a file that was read which decides what toolkits make of it, or which of its neighbours were not read.
///
/// A file with too few or too many lines is read as it is: some toolkits stop at it, some cut, some fill up, and that is
/// the profile's business. Whoever imports it should know.
public struct ImportNote: Hashable, Sendable, CustomStringConvertible {
  public let sequence: String
  /// The file's name within the folder.
  public let file: String
  /// From 1; nil where it has no line.
  public let line: Int?
  /// One clause: `ends after 697 lines, the annotation has 698`.
  public let remark: String

  public init(sequence: String, file: String, line: Int? = nil, remark: String) {
    self.sequence = sequence
    self.file = file
    self.line = line
    self.remark = remark
  }

  /// `Board.txt:698`
  public var place: String { line.map { "\(file):\($0)" } ?? file }

  /// `Board.txt:698: ends after 697 lines, the annotation has 698`
  public var description: String { "\(place): \(remark)" }
}

extension ImportNote {
  /// What there is to say about a file of `rows` rows where `frames` were wanted; nil where they agree.
  /// - Parameter line: of a row, from 0.
  static func length(
    rows: Int, frames: Int, sequence: String, file: String, line: (Int) -> Int
  ) -> ImportNote? {
    if rows < frames {
      ImportNote(
        sequence: sequence, file: file, line: line(rows - 1) + 1,
        remark: "ends after \(Wording.lines(rows)), the annotation has \(frames)")
    } else if rows > frames {
      ImportNote(
        sequence: sequence, file: file, line: line(frames),
        remark: "goes on to \(Wording.lines(rows)), the annotation has \(frames)")
    } else {
      nil
    }
  }
}

/// Words that several messages share.
enum Wording {
  /// `1 line`, `698 lines`
  static func lines(_ count: Int) -> String { "\(count) line\(count == 1 ? "" : "s")" }

  static func again(_ sequence: String) -> String {
    "run the tracker on \(sequence) again, or correct the file, and import it; the other sequences are not affected"
  }
}
