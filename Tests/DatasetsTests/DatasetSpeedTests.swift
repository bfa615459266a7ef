import Datasets
import Foundation
import TestSupport
import Testing

// Debug builds are many times slower and say nothing about what users meet.
#if !DEBUG
  /// Bounds that leave a slow machine room; a parser or a listing that went wrong is off by far more.
  @Suite("Speed of opening and checking", .serialized)
  struct DatasetSpeedTests {
    /// On the clock of the wall: for work that several threads share.
    private static func seconds(_ work: () throws -> Void) rethrows -> Double {
      let clock = ContinuousClock()
      let elapsed = try clock.measure(work)
      return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    }

    /// Of processor for this thread, so that whatever else the machine does counts for nothing.
    private static func processorSeconds(_ work: () throws -> Void) rethrows -> Double {
      func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
      }
      let start = now()
      try work()
      return now() - start
    }

    @Test("60,000 lines of boxes or polygons are read in well under 100 ms")
    func parsing() throws {
      for line in ["123,45,67,89", "291.827,203.603,396.382,264.289,442.173,185.397,337.618,124.711"] {
        let bytes = Array(lines(60_000, line).utf8)
        var count = 0
        // The best of five: other tests share the caches.
        var time = Double.infinity
        for _ in 0..<5 {
          time = min(
            time, try Self.processorSeconds { count = try RegionFile.parse(bytes, name: "g.txt").regions.count })
        }
        print("speed: 60,000 lines of \(line.split(separator: ",").count) numbers in \(Int(time * 1000)) ms")
        #expect(count == 60_000 && time < 0.1)
      }
    }

    @Test(
      "The lists of OTB and VOT are read in well under 60 ms, their digests made in less, and made once",
      arguments: ["otb100", "vot2018"])
    func list(name: String) throws {
      let list = name == "otb100" ? "OTB100/OTB100.json" : "VOT2018/VOT2018.json"
      guard Shared.has("data/annotations/\(list)") else {
        return print("skipped: needs ../shared/data/annotations/\(list)")
      }
      // The best of five: other tests share the caches.
      var opening = Double.infinity
      var hashing = Double.infinity
      for _ in 0..<5 {
        var dataset: Dataset?
        opening = min(
          opening, try Self.processorSeconds { dataset = try DatasetCatalog.survey(name, root: Shared.path("data")) })
        hashing = min(hashing, Self.processorSeconds { _ = dataset?.sequences.map(\.annotation.sha256) })
        #expect(Self.processorSeconds { _ = dataset?.sequences.map(\.annotation.sha256) } < 0.005)
      }
      print("speed: \(name) opened in \(Int(opening * 1e6)) µs, its digests made in \(Int(hashing * 1e6)) µs")
      #expect(opening < 0.06 && hashing < 0.06)
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
