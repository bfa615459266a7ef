import Files
import Foundation
import TestSupport
import Testing

@Suite("Regular files")
struct RegularFileTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    try folder.write([1, 2, 3, 4, 5], to: "five")
    path = folder.file("five")
  }

  private func failure(_ path: String) -> RegularFile.Failure? {
    do throws(RegularFile.Failure) {
      _ = try RegularFile(path)
      return nil
    } catch { return error }
  }

  @Test("Bytes come from where they are asked for, fewer only at the end")
  func bytes() throws {
    let file = try RegularFile(path)
    let (whole, two, more) = (try file.first(file.count), try file.first(2), try file.first(9))
    #expect(whole == [1, 2, 3, 4, 5] && two == [1, 2] && more == whole)
    var room: [UInt8] = [0, 0, 0]
    for (start, count, expected) in [(1, 3, [2, 3, 4]), (4, 1, [5, 3, 4]), (5, 0, [5, 3, 4]), (99, 0, [5, 3, 4])] {
      let got = try room.withUnsafeMutableBytes { try file.read(at: start, into: $0) }
      #expect(got == count && room.map(Int.init) == expected, "from \(start)")
    }
  }

  @Test("What is no regular file, or not there, is told apart, and a pipe is not waited for")
  func refused() {
    #expect(failure(folder.path) == .notRegular(isFolder: true))
    #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
    #expect(failure(folder.file("pipe")) == .notRegular(isFolder: false))
    #expect(failure("/dev/null") == .notRegular(isFolder: false))
    #expect(failure(folder.file("absent")) == .system(ENOENT, doing: "opened"))
    #expect(failure("\(path)/below") == .system(ENOTDIR, doing: "opened"))
  }

  @Test("A file that grew or was cut is not unchanged; one moved over it is not seen")
  func changed() throws {
    let file = try RegularFile(path)
    try folder.write([9], to: "other")
    #expect(rename(folder.file("other"), path) == 0)
    var (isUnchanged, first) = (file.isUnchanged(), try file.first(1))
    #expect(isUnchanged && first == [1])
    let next = try RegularFile(path)
    #expect(truncate(path, 7) == 0)
    (isUnchanged, first) = (next.isUnchanged(), try next.first(9))
    #expect(!isUnchanged && first == [9, 0, 0, 0, 0, 0, 0] && next.count == 1)
  }
}
