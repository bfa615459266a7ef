import Faults
import Foundation
import Imaging
import Testing

@Suite struct ImageFileTests {
  /// The folder of one test, removed after it.
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("imaging-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func refusals(_ path: String) -> [ImageError] {
    var found: [ImageError] = []
    do throws(ImageError) { _ = try Image(contentsOf: path) } catch { found.append(error) }
    do throws(ImageError) { _ = try ImageHeader.read(path) } catch { found.append(error) }
    return found
  }

  @Test("What is no picture gets one clear sentence, from the decoder and from the header probe")
  func sentences() throws {
    try withFolder { folder in
      let cases: [(name: String, content: [UInt8]?, cause: String)] = [
        ("missing.jpg", nil, "expected a JPEG or PNG picture, found no such file"),
        ("empty.jpg", [], "expected a JPEG or PNG picture, found an empty file"),
        (
          "pointer.jpg", Array("version https://git-lfs.github.com/spec/v1\noid sha256:00\n".utf8),
          "expected a JPEG or PNG picture, found a Git LFS pointer"
        ),
        (
          "page.jpg", Array("\n <!DOCTYPE html><html>".utf8),
          "expected a JPEG or PNG picture, found a web page or another text with tags"
        ),
        (
          "text.png", Array("404: not found\n".utf8),
          "expected a JPEG or PNG picture, found text that begins with \"404: not found\""
        ),
        ("a.gif", Array("GIF89a....".utf8), "expected a JPEG or PNG picture, found a GIF file"),
        ("a.webp", Array("RIFF1234WEBPVP8 ".utf8), "expected a JPEG or PNG picture, found a WebP picture"),
        (
          "a.dat", [1, 2, 3, 0xfe],
          "expected a JPEG or PNG picture, found a file that begins with the bytes 01 02 03 fe"
        ),
        ("start.jpg", [0xff, 0xd8], "ends inside the signature, after 2 bytes"),
        ("one.jpg", [0xff], "ends inside the signature, after 1 bytes"),
        ("cut.jpg", Array(TinyJPEG.baseline.prefix(60)), "JPEG data end inside the header, after 60 bytes"),
      ]
      for row in cases {
        let path = folder.appendingPathComponent(row.name).path
        if let content = row.content { try Data(content).write(to: URL(fileURLWithPath: path)) }
        let errors = refusals(path)
        #expect(errors.count == 2, "\(row.name)")
        for error in errors {
          #expect(error.place == path && error.cause == row.cause)
          #expect(error.description.hasPrefix("\(path): \(row.cause)"))
        }
      }
      #expect(
        refusals(folder.path).map(\.cause)
          == Array(repeating: "expected a JPEG or PNG picture, found a folder", count: 2))
      #expect(refusals("a\0b").count == 2)
      #expect(refusals(folder.appendingPathComponent("missing.jpg/0001.jpg").path).first?.code == .unreadable)
    }
  }

  @Test("A named pipe is refused instead of waited for")
  func pipe() throws {
    try withFolder { folder in
      let path = folder.appendingPathComponent("pipe.jpg").path
      #expect(mkfifo(path, 0o600) == 0)
      #expect(refusals(path).map(\.code) == [.unreadable, .unreadable])
    }
  }

  @Test("Files beyond the size limit are refused unread")
  func hugeFile() throws {
    try withFolder { folder in
      let path = folder.appendingPathComponent("huge.jpg").path
      try Data([0xff, 0xd8, 0xff]).write(to: URL(fileURLWithPath: path))
      #expect(truncate(path, 1 << 40) == 0)
      #expect(refusals(path).map(\.code) == [.tooLarge, .tooLarge])
    }
  }

  @Test("The signature decides the format, not the name's ending")
  func misnamed() throws {
    try withFolder { folder in
      let path = folder.appendingPathComponent("frame.png").path
      try Data(TinyJPEG.baseline).write(to: URL(fileURLWithPath: path))
      #expect(try ImageHeader.read(path).format == .jpeg)
      #expect(try Image(contentsOf: path).width == 20)
    }
  }

  @Test("The header is found behind long metadata and does not depend on the picture's data")
  func longMetadata() throws {
    try withFolder { folder in
      let path = folder.appendingPathComponent("frame.jpg").path
      let comment: [UInt8] = [0xff, 0xfe, 0xff, 0xff] + [UInt8](repeating: 0xff, count: 65533)
      let start = TinyJPEG.oriented(TinyJPEG.baseline, 6)
      let bytes = Array(start.prefix(2)) + comment + comment + start.dropFirst(2)
      let padding = [UInt8](repeating: 0, count: 3_000_000)
      try Data(bytes + padding).write(to: URL(fileURLWithPath: path))
      let header = try ImageHeader.read(path)
      #expect(header.width == 12 && header.height == 20)
      #expect(try Image(contentsOf: path).width == 12)
    }
  }
}
