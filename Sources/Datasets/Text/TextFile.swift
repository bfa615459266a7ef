internal import Files
import Foundation

/// Whole files of text, read at once.
public enum TextFile {
  /// No annotation or result file comes near this many bytes (60,000 polygons are 6 MB); a file beyond it is something else.
  public static let usualLimit = 32 << 20

  /// All bytes of a plain file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - name: what to call it in messages; the path where nil.
  ///   - sequence: the sequence that needs it, for the message's remedy.
  ///   - limit: more bytes than this are refused unread.
  /// - Throws: ``DatasetError`` of kind `missing` where there is no such file, `unreadable` where it is not a plain file,
  ///   may not be read, or is larger than `limit`.
  public static func read(
    _ path: String, name: String? = nil, sequence: String? = nil, limit: Int = usualLimit
  ) throws(DatasetError) -> [UInt8] {
    let shown = name ?? path
    func unreadable(_ cause: String) -> DatasetError {
      DatasetError(
        .unreadable, sequence: sequence, file: shown, cause: cause,
        remedy: Wording.orExclude("make it a readable text file", sequence))
    }
    func refusal(_ failure: RegularFile.Failure) -> DatasetError {
      switch failure {
      case .system(ENOENT, _), .system(ENOTDIR, _):
        DatasetError(.missing, sequence: sequence, file: shown, cause: "there is no such file")
      case .system(let number, _): unreadable(String(cString: strerror(number)))
      case .notRegular: unreadable("expected a plain file, found something else")
      }
    }
    func opened() throws(DatasetError) -> RegularFile {
      do { return try RegularFile(path) } catch { throw refusal(error) }
    }
    let file = try opened()
    guard file.count <= limit else {
      throw unreadable("the file has \(file.count) bytes, more than the \(limit) that such files can have")
    }
    let bytes: [UInt8]
    do { bytes = try file.first(file.count) } catch { throw refusal(error) }
    guard bytes.count == file.count else {
      throw unreadable("only \(bytes.count) of \(file.count) bytes could be read")
    }
    return bytes
  }
}

/// Text of a file as a message can show it.
enum Quote {
  /// At most `limit` bytes of `bytes`, in quotation marks, with control characters and broken UTF-8 made visible.
  static func text(_ bytes: some Collection<UInt8>, limit: Int = 60) -> String {
    var shown = ""
    for scalar in String(decoding: bytes.prefix(limit), as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\t": shown += "\\t"
      case "\r": shown += "\\r"
      case "\0": shown += "\\0"
      case "\"": shown += "\\\""
      case _ where scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value):
        shown += "\\u{\(String(scalar.value, radix: 16))}"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return "\"\(shown)\(bytes.dropFirst(limit).isEmpty ? "" : "…")\""
  }
}
