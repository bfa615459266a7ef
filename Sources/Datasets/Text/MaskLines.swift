import Geometry

/// Lines of VOT2020 and later that are masks: `m10,20,3,2,1,4`, left, top, width, height and the lengths of runs that are
/// outside and inside by turns.
struct MaskLines {
  /// The file with a line of NaN in place of each mask, which other readers take for a target that is not there.
  private(set) var bytes: [UInt8] = []
  /// By line, from 1.
  private(set) var masks: [Int: Mask] = [:]

  /// Whether a file has such a line; most have none, and one look at the beginning of each line tells.
  static func areIn(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { text in
      var isStart = true
      for byte in text {
        if isStart, byte == letter { return true }
        isStart = Byte.endsLine(byte)
      }
      return false
    }
  }

  private static let letter = UInt8(ascii: "m")

  /// More pixels than the largest picture has are no mask of one.
  private static let pixelLimit = 8192 * 8192

  init(_ text: [UInt8], name: String, sequence: String?, _ faults: inout [DatasetError]) {
    bytes.reserveCapacity(text.count / 4)
    for (index, line) in TextLines(text).enumerated() {
      if line.utf8.first == Self.letter {
        do throws(Trouble) {
          masks[index + 1] = try Self.mask(line.dropFirst())
        } catch {
          faults.append(
            DatasetError(
              .malformed, sequence: sequence, file: name, line: index + 1,
              cause: "\(error.cause) (\(Quote.text(line.utf8)))", remedy: Wording.orExclude("fix the line", sequence)))
        }
        bytes += "NaN,NaN,NaN,NaN".utf8
      } else {
        bytes += line.utf8
      }
      bytes.append(Byte.lineFeed)
    }
  }

  private struct Trouble: Error {
    let cause: String
  }

  private static func mask(_ text: Substring) throws(Trouble) -> Mask {
    var numbers: [Int] = []
    for field in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let number = Int(field.trimmingBlanks()) else {
        throw Trouble(cause: "expected whole numbers of a mask, found \(Quote.text(field.utf8, limit: 24))")
      }
      numbers.append(number)
    }
    guard numbers.count >= 4 else {
      throw Trouble(cause: "expected left, top, width and height of a mask, found \(numbers.count) numbers")
    }
    let (area, isTooLarge) = numbers[2].multipliedReportingOverflow(by: numbers[3])
    guard !isTooLarge, area <= pixelLimit,
      let mask = Mask(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3], runs: Array(numbers[4...]))
    else {
      throw Trouble(cause: "expected runs that fit into a mask of \(numbers[2])x\(numbers[3]) pixels")
    }
    return mask
  }
}
