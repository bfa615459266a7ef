import Dispatch
import Faults
import Imaging
import Synchronization

/// Opens every picture of some sequences, several side by side, and remembers what could not be opened and all sizes.
struct PictureProbe {
  /// Width and height in pixels.
  struct Size: Hashable, Sendable, CustomStringConvertible {
    let width: Int
    let height: Int

    var description: String { "\(width)x\(height)" }
  }

  /// How many pictures were as they should be.
  private(set) var fine = 0
  private(set) var faults: [DatasetError] = []
  private var jobs: [Job] = []
  private var results: [[Outcome]] = []
  /// By job, the size that every picture has.
  private var commonSize: [Size?] = []
  /// By sequence, the job that opens its pictures, and whether each picture stands for the frame of its index.
  private var places: [(job: Int, pairs: Bool)?] = []

  /// The pictures of one folder, or drawn frames; several targets may share them.
  private struct Job: Sendable {
    let frames: Frames
    var sequences: [String]
  }

  private struct Share: Sendable {
    let job: Int
    let frames: Range<Int>
  }

  private enum Outcome: Sendable {
    case size(Size)
    case damaged(cause: String)

    var size: Size? {
      if case .size(let size) = self { size } else { nil }
    }
  }

  /// The size of the picture of a frame; nil where it is not known. Where pictures and frames do not pair (some are
  /// missing), the size that all pictures have.
  func size(ofFrame frame: Int, ofSequence index: Int) -> Size? {
    guard let place = places[index] else { return nil }
    guard place.pairs else { return commonSize[place.job] }
    return results[place.job].indices.contains(frame) ? results[place.job][frame].size : nil
  }

  static func run(_ sequences: [Sequence], deep: Bool, workers: Int) -> PictureProbe {
    var probe = PictureProbe()
    probe.distribute(sequences, deep: deep)
    probe.open(deep: deep, workers: workers)
    for job in probe.jobs.indices { probe.judge(job) }
    return probe
  }

  private struct Pictures: Hashable {
    let folder: String
    let first: String
    let count: Int
  }

  /// Sequences with the same pictures share a job.
  private mutating func distribute(_ sequences: [Sequence], deep: Bool) {
    var known: [Pictures: Int] = [:]
    for sequence in sequences {
      let frames = sequence.frames
      // Drawn frames have no header to read; a deep check draws them.
      guard frames.count > 0, frames.files != nil || deep else {
        places.append(nil)
        continue
      }
      let pictures = frames.files.map { Pictures(folder: $0.folder, first: $0.names[0], count: $0.count) }
      let job = pictures.flatMap { known[$0] } ?? jobs.count
      if job == jobs.count { jobs.append(Job(frames: frames, sequences: [])) }
      jobs[job].sequences.append(sequence.name)
      if let pictures { known[pictures] = job }
      places.append((job, sequence.runnable))
    }
  }

  private mutating func open(deep: Bool, workers: Int) {
    let jobs = self.jobs
    let shares = jobs.indices.flatMap { job in
      stride(from: 0, to: jobs[job].frames.count, by: 256).map { start in
        Share(job: job, frames: start..<min(start + 256, jobs[job].frames.count))
      }
    }
    let next = Atomic(0)
    let outcomes = Mutex([[Outcome]](repeating: [], count: shares.count))
    DispatchQueue.concurrentPerform(iterations: max(1, min(workers, shares.count))) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < shares.count else { return }
        let share = shares[index]
        let opened = share.frames.map { Self.outcome(jobs[share.job].frames, $0, deep: deep) }
        outcomes.withLock { $0[index] = opened }
      }
    }
    results = Array(repeating: [], count: jobs.count)
    let all = outcomes.withLock { $0 }
    for (share, opened) in zip(shares, all) { results[share.job] += opened }
  }

  private static func outcome(_ frames: Frames, _ index: Int, deep: Bool) -> Outcome {
    do {
      if deep {
        let image = try frames.image(at: index)
        return .size(Size(width: image.width, height: image.height))
      }
      let header = try ImageHeader.read(frames.label(index))
      return .size(Size(width: header.width, height: header.height))
    } catch {
      return .damaged(cause: (error as? any Fault)?.cause ?? "\(error)")
    }
  }

  /// What is wrong with the pictures of one job. A run of pictures of one other size is one fault.
  private mutating func judge(_ job: Int) {
    let names = jobs[job].sequences.joined(separator: ",")
    let expected = results[job].lazy.compactMap(\.size).first
    commonSize.append(results[job].allSatisfy { $0.size == nil || $0.size == expected } ? expected : nil)
    var at = 0
    while at < results[job].count {
      let start = at
      at += 1
      switch results[job][start] {
      case .damaged(let cause):
        report(job, start, cause, Wording.orExclude("fetch the picture again", names))
      case .size(let size) where size == expected: fine += 1
      case .size(let size):
        while at < results[job].count, results[job][at].size == size { at += 1 }
        let also = at - start == 1 ? "" : ", and the \(Wording.count(at - start - 1, "picture")) after it"
        report(
          job, start, "expected \(expected?.description ?? "one size") as in the first picture, found \(size)\(also)",
          Wording.orExclude("fetch the pictures again", names))
      }
    }
  }

  private mutating func report(_ job: Int, _ frame: Int, _ cause: String, _ remedy: String) {
    let frames = jobs[job].frames
    let file = frames.files.map { "\($0.shown)/\($0.names[frame])" } ?? frames.label(frame)
    faults.append(
      DatasetError(.picture, sequence: jobs[job].sequences.first, file: file, cause: cause, remedy: remedy))
  }
}

extension Sequence.VideoInfo {
  /// The size of the pictures that the data set's own files declare.
  var pictureSize: PictureProbe.Size? {
    guard let width, let height else { return nil }
    return PictureProbe.Size(width: width, height: height)
  }
}
