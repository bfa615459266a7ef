import Checkpoints
import Foundation
import TestSupport
import Testing

/// Tensors are read from the file when they are asked for: what another program does to it meanwhile is noticed, not believed.
@Suite("Weights left in their file")
struct OpenFileTests {
  private let folder: TemporaryFolder
  private let path: String
  private let checkpoint: Checkpoint
  private static let values = (0..<300_000).map(Float.init)

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("net.safetensors")
    try Safetensors.write([("small", [2], [1, 2]), ("large", [300, 1000], Self.values)], to: path)
    checkpoint = try Checkpoint.read(path: path)
  }

  /// What the file is not any more, in each of the ways of reading it.
  private func expectRefusal(_ words: String) {
    func check(_ way: String, _ body: () throws -> Void) {
      do {
        try body()
        Issue.record("\(way) was believed")
      } catch { #expect("\(error)".contains(words), "\(way): \(error)") }
    }
    check("floats") { _ = try checkpoint.tensors[1].floats() }
    check("summary") { _ = try CheckpointSummary(checkpoint) }
    check("conversion") { try Safetensors.write(checkpoint.tensors, to: folder.file("copy.safetensors")) }
    check("network") {
      _ = try Weights(checkpoint: checkpoint).read { reader throws(WeightsError) in
        try reader.tensor("large", shape: [300, 1000])
      }
    }
    let left = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    #expect(left == ["net.safetensors"], "a broken conversion leaves \(left)")
  }

  @Test("Tensors longer than a piece arrive whole, as often as they are asked for")
  func whole() throws {
    for _ in 0..<2 {
      #expect(try checkpoint.tensors[1].floats() == Self.values)
      #expect(try checkpoint.tensors[0].floats() == [1, 2])
    }
    let copy = folder.file("copy.safetensors")
    try Safetensors.write(checkpoint.tensors, to: copy)
    #expect(try Checkpoint.read(path: copy).sha256 == checkpoint.sha256)
  }

  @Test("A file that was cut short is refused")
  func cut() throws {
    #expect(truncate(path, off_t(checkpoint.byteCount - 5000)) == 0)
    expectRefusal("was written to while it was read")
  }

  @Test("A file that was written into is refused")
  func overwritten() throws {
    let file = try #require(fopen(path, "r+b"))
    #expect(fseek(file, -8, SEEK_END) == 0 && fputc(1, file) == 1 && fclose(file) == 0)
    // Clocks of file systems tick slowly: the two writes may fall into one tick.
    var times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)]
    #expect(utimensat(AT_FDCWD, path, &times, 0) == 0)
    expectRefusal("was written to while it was read")
  }

  @Test("A file moved over it is not seen, and it may be replaced by its own conversion")
  func replaced() throws {
    try Safetensors.write([("other", [1], [9])], to: path)
    #expect(try checkpoint.tensors[1].floats() == Self.values)
    try Safetensors.write(checkpoint.tensors, to: path)
    #expect(try Checkpoint.read(path: path).sha256 == checkpoint.sha256)
  }

  @Test("A pipe is refused at once, without waiting for a writer")
  func pipe() throws {
    let pipe = folder.file("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(throws: CheckpointError.self) { try Checkpoint.read(path: pipe) }
  }
}
