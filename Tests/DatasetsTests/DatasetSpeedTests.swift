import Datasets
import Foundation
import TestSupport
import Testing

// Debug builds are many times slower and say nothing about what users meet.
#if !DEBUG
  /// Bounds that leave a slow, busy machine room; a parser or a listing that went wrong is off by far more.
  @Suite("Speed of opening and checking", .serialized)
  struct DatasetSpeedTests {
    private static func seconds(_ work: () throws -> Void) rethrows -> Double {
      let clock = ContinuousClock()
      let elapsed = try clock.measure(work)
      return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    }

    @Test("60,000 lines of boxes or polygons are read in well under 100 ms")
    func parsing() throws {
      for line in ["123,45,67,89", "291.827,203.603,396.382,264.289,442.173,185.397,337.618,124.711"] {
        let bytes = Array(lines(60_000, line).utf8)
        var count = 0
        // The best of five: other tests share the machine.
        var time = Double.infinity
        for _ in 0..<5 {
          time = min(time, try Self.seconds { count = try RegionFile.parse(bytes, name: "g.txt").regions.count })
        }
        print("speed: 60,000 lines of \(line.split(separator: ",").count) numbers in \(Int(time * 1000)) ms")
        #expect(count == 60_000 && time < 0.1)
      }
    }

    @Test(
      "The list of all boxes is read in well under a second",
      .enabled(if: Shared.has("data/annotations/OTB100/OTB100.json"), "needs ../shared/data/annotations/OTB100"))
    func list() throws {
      var dataset: Dataset?
      let opening = try Self.seconds { dataset = try DatasetCatalog.open("otb100", root: Shared.path("data")) }
      let hashing = Self.seconds { _ = dataset?.sequences.map(\.annotation.sha256) }
      print("speed: otb100 opened in \(Int(opening * 1000)) ms, its digests made in \(Int(hashing * 1000)) ms")
      #expect(opening < 1 && hashing < 2)
    }

    @Test("60,000 pictures are opened as a data set in 2 s and checked in 10 s")
    func manyPictures() throws {
      let folder = try TemporaryFolder()
      try folder.write(tinyPNG(width: 40, height: 30), to: "picture")
      for target in OTBList.targets {
        try folder.write(lines(target.count, "10\t12\t8\t6\r"), to: "OTB100/\(target.folder)/\(target.annotationFile)")
        try folder.makeFolder("OTB100/\(target.folder)/img")
        for name in pictureNames(target.range, digits: target.digits) {
          symlink("\(folder.path)/picture", "\(folder.path)/OTB100/\(target.folder)/img/\(name)")
        }
      }
      var dataset: Dataset?
      let opening = try Self.seconds { dataset = try DatasetCatalog.open("otb100", root: folder.path) }
      let whole = try #require(dataset)
      #expect(whole.sequences.count == 100 && !whole.sequences.contains { !$0.runnable })
      var report: DatasetCheck.Report?
      let checking = Self.seconds { report = DatasetCheck.run(whole) }
      #expect(report?.isFine == true && report?.fine.regions == 59_035)
      print(
        "speed: otb100 with all pictures opened in \(Int(opening * 1000)) ms, checked in \(Int(checking * 1000)) ms")
      #expect(opening < 2 && checking < 10)
    }
  }
#endif
