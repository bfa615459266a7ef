import Datasets
import Evaluation
import Foundation
import Geometry
import Scoring
import Store
import TestSupport
import Testing

private let provenance = Provenance(
  version: "test", cpu: "cpu", kernels: "avx2", blas: "blas", jobs: 1, threads: 1, command: "test")

private func sequence(_ name: String, regions: [Region], attributes: [String] = []) -> Sequence {
  Sequence(
    name: name, frames: Frames(count: 0, label: { "\($0)" }, open: { _ in throw CocoaError(.fileReadNoSuchFile) }),
    annotation: Annotation(regions: regions, source: "\(name).txt"), attributes: attributes)
}

private func boxes(_ count: Int, shift: Double = 0) -> [Box] {
  (0..<count).map { Box(x: Double($0) + shift, y: 2.5, width: 10, height: Double.pi) }
}

@Suite("Result store")
struct ResultStoreTests {
  let folder: TemporaryFolder
  let dataset = Dataset(
    name: "made",
    sequences: [
      sequence("b", regions: boxes(3).map(Region.box), attributes: ["SV", "OCC"]),
      sequence(
        "a",
        regions: [
          .box(Box(x: .nan, y: .nan, width: .nan, height: .nan)),
          .polygon(Polygon(vertices: (0..<4).map { Point(x: Double($0), y: 0.1) })),
        ]),
    ], subsets: ["part": ["a"]])
  let identity = RunIdentity(tracker: "t", dataset: "made", origin: .run, settings: ["k": "1"])

  init() throws { folder = try TemporaryFolder() }

  private func open(_ name: String = "s.sqlite") throws -> ResultStore {
    try ResultStore(path: folder.file(name), create: true)
  }

  @Test("What is stored is read back to the bit, in the data set's order")
  func roundTrip() throws {
    let store = try open()
    let run = try store.run(for: identity)
    let session = try store.beginSession(run: run, provenance)
    let known = try store.register(dataset)
    for sequence in dataset.sequences.reversed() {
      let trajectory = Trajectory(
        sequence: sequence.name, boxes: boxes(sequence.count, shift: 0.1), scores: [.nan, 0.5, 1],
        seconds: [0.1, 0.25, 0.5])
      try store.record(trajectory, in: known, run: run, session: session)
    }
    let read = try store.trajectories(run: run)
    #expect(read.map(\.trajectory.sequence) == ["b", "a"])
    #expect(read[0].trajectory.boxes == boxes(3, shift: 0.1))
    #expect(read[0].trajectory.seconds == [0.1, 0.25, 0.5])
    #expect(read[0].trajectory.scores.dropFirst() == [0.5, 1])
    let stored = try store.sequences(dataset: "made")
    #expect(stored.map(\.id) == read.map(\.sequence))
    #expect(stored[0].attributes == ["SV", "OCC"])
    #expect(stored[0].truth == dataset.sequences[0].annotation.regions)
    #expect(stored[1].truth[1] == dataset.sequences[1].annotation.regions[1])
    #expect(try store.subsets(dataset: "made") == ["part": ["a"]])
    #expect(try store.sequences(dataset: "made").map(\.name) == ["b", "a"])
  }

  @Test("The same identity is the same run, another setting another one")
  func identityDecides() throws {
    let store = try open()
    let run = try store.run(for: identity)
    #expect(try store.run(for: identity) == run)
    var renamed = identity
    renamed.weightsName = "renamed.pth"
    #expect(try store.run(for: renamed) == run)
    var other = identity
    other.settings["k"] = "2"
    #expect(try store.run(for: other) != run)
    #expect(try store.runs(tracker: ["t"]).map(\.identity.settings) == [["k": "1"], ["k": "2"]])
    #expect(try store.runs(tracker: ["u"]).isEmpty)
  }

  @Test("A failure is remembered until the sequence succeeds, a stored trajectory is not replaced")
  func failuresGo() throws {
    let store = try open()
    let run = try store.run(for: identity)
    let session = try store.beginSession(run: run, provenance)
    let known = try store.register(dataset)
    try store.recordFailure(SequenceFailure(sequence: "b", pass: .whole, frame: 1, message: "gone"), run: run)
    #expect(try store.failures(run: run) == [StoredFailure(sequence: "b", message: "frame 2: gone")])
    let sequence = dataset.sequences[0]
    let first = try store.record(
      Trajectory(sequence: "b", boxes: boxes(3)), in: known, run: run, session: session)
    let again = try store.record(
      Trajectory(sequence: "b", boxes: boxes(3, shift: 9)), in: known, run: run, session: session)
    #expect(first == again)
    #expect(try store.failures(run: run).isEmpty)
    #expect(try store.trajectories(run: run)[0].trajectory.boxes == boxes(3))
    #expect(
      try store.finished(run: run) == [FinishedPass(sequence: "b", annotation: sequence.annotation.sha256)])
    try store.clear(run: run)
    #expect(try store.finished(run: run).isEmpty)
  }

  @Test("A changed annotation is not taken for the stored one")
  func changedAnnotation() throws {
    let store = try open()
    let run = try store.run(for: identity)
    let session = try store.beginSession(run: run, provenance)
    let changed = Dataset(name: "made", sequences: [sequence("b", regions: boxes(3, shift: 1).map(Region.box))])
    for version in [dataset, changed] {
      let known = try store.register(version)
      try store.record(Trajectory(sequence: "b", boxes: boxes(3)), in: known, run: run, session: session)
    }
    #expect(try store.finished(run: run).count == 2)
    let read = try store.trajectories(run: run)
    #expect(read.count == 1)
    let truth = try store.sequences(dataset: "made").first { $0.id == read.first?.sequence }?.truth
    #expect(truth == changed.sequences[0].annotation.regions)
  }

  @Test("Passes of one sequence stand side by side, and frames may be codes, polygons and masks")
  func passes() throws {
    let store = try open()
    let run = try store.run(for: identity)
    let session = try store.beginSession(run: run, provenance)
    let known = try store.register(dataset)
    let mask = try #require(Mask(x: 3, y: 4, width: 2, height: 2, runs: [1, 2]))
    let outcomes: [FrameOutcome] = [
      .initialized, .failed, .skipped, .region(.mask(mask)), .region(.box(boxes(1)[0])),
      .region(dataset.sequences[1].annotation.regions[1]),
    ]
    let stored = [
      Trajectory(sequence: "a", pass: Pass(repetition: 2), outcomes: outcomes),
      Trajectory(sequence: "a", pass: Pass(start: 7, isReversed: true), boxes: boxes(2)),
      Trajectory(sequence: "a", pass: Pass(shift: .scale9), boxes: boxes(2)),
      Trajectory(sequence: "a", boxes: boxes(2)),
    ]
    for trajectory in stored {
      try store.record(trajectory, in: known, run: run, session: session)
    }
    let read = try store.trajectories(run: run).map(\.trajectory)
    #expect(read.map(\.pass).sorted() == stored.map(\.pass).sorted())
    #expect(read.first { $0.pass.repetition == 2 }?.outcomes == outcomes)
    #expect(Set(try store.finished(run: run).map(\.pass)) == Set(stored.map(\.pass)))
  }

  @Test("What stands beside an annotation is kept, and brought up to date")
  func besides() throws {
    let store = try open()
    func version(_ tag: [Bool]) -> Dataset {
      Dataset(
        name: "made",
        sequences: [
          Sequence(
            name: "b", frames: .none, annotation: Annotation(regions: boxes(2).map(Region.box), source: "b.txt"),
            frameTags: ["occlusion": tag], visible: [true, false], cover: [8, 0], anchors: [1, -1],
            video: Sequence.VideoInfo(width: 320, height: 240))
        ])
    }
    try store.register(version([false, false]))
    try store.register(version([false, true]))
    let known = try store.sequences(dataset: "made")
    #expect(known.count == 1)
    #expect(known[0].tags == ["occlusion": [false, true]])
    #expect(known[0].visible == [true, false])
    #expect(known[0].cover == [8, 0])
    #expect(known[0].anchors == [1, -1])
    #expect(known[0].size?.width == 320 && known[0].size?.height == 240)
  }

  @Test("Files that are no store are refused and left as they were")
  func foreignFiles() throws {
    #expect(throws: StoreError.noSuchStore(folder.file("none.sqlite"))) {
      _ = try ResultStore(path: folder.file("none.sqlite"), create: false)
    }
    try folder.write("not a database, but long enough to be read as the header of one. \n", to: "text.sqlite")
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.file("text.sqlite")))
    #expect(throws: StoreError.self) { _ = try ResultStore(path: folder.file("text.sqlite"), create: true) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file("text.sqlite"))) == before)
    #expect(throws: StoreError.self) { _ = try ResultStore(path: folder.path, create: true) }
    #expect(throws: StoreError.self) { _ = try ResultStore(path: folder.file("no/such/folder.sqlite"), create: true) }
  }

  @Test("Two processes' worth of writers do not lose anything")
  func twoWriters() async throws {
    let stores = [try open(), try open()]
    let run = try stores[0].run(for: identity)
    let many = Dataset(
      name: "made", sequences: (0..<40).map { sequence("s\($0)", regions: boxes(2).map(Region.box)) })
    let known = try stores[0].register(many)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, store) in stores.enumerated() {
        group.addTask {
          let session = try store.beginSession(run: run, provenance)
          for sequence in many.sequences[(index * 20)..<(index * 20 + 20)] {
            try store.record(
              Trajectory(sequence: sequence.name, boxes: boxes(2)), in: known, run: run,
              session: session)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try stores[1].finished(run: run).count == 40)
  }
}
