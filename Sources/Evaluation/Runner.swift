public import Datasets
import Synchronization
public import Tracking

/// Drives one tracker over many sequences, several side by side, and hands over each trajectory as soon as it is whole.
///
/// A sequence that fails is reported and the rest go on. Results do not depend on the number of jobs.
public struct Runner: Sendable {
  public enum Event: Sendable {
    case started(sequence: String, frames: Int)
    /// Frames done in a sequence under way; seconds the tracker has spent on it.
    case frame(sequence: String, done: Int)
    case finished(Trajectory)
    case failed(SequenceFailure)
  }

  public struct Outcome: Sendable {
    public var finished = 0
    public var failures: [SequenceFailure] = []
    public var interrupted = false
  }

  public let model: any TrackerModel
  public let evaluation: OnePass
  /// Sequences side by side, at least 1.
  public let jobs: Int

  public init(model: any TrackerModel, evaluation: OnePass, jobs: Int) {
    self.model = model
    self.evaluation = evaluation
    self.jobs = max(1, jobs)
  }

  /// Runs the sequences, longest first, so that the last job does not begin when the others are done.
  ///
  /// - Parameters:
  ///   - stop: once true, sequences under way are given up at their next frame.
  ///   - record: called with each whole trajectory, from any job, one call at a time.
  ///   - onEvent: progress, from any job.
  /// - Throws: what `record` throws; no further sequence is begun then.
  public func run(
    _ sequences: [Sequence], stop: StopFlag, record: @escaping @Sendable (Trajectory, Sequence) throws -> Void,
    onEvent: @escaping @Sendable (Event) -> Void = { _ in }
  ) async throws -> Outcome {
    let queue = WorkQueue(sequences.sorted { evaluation.frameCount(of: $0) < evaluation.frameCount(of: $1) })
    return try await withThrowingTaskGroup(of: Outcome.self) { group in
      for _ in 0..<min(jobs, max(sequences.count, 1)) {
        group.addTask {
          var outcome = Outcome()
          while !Task.isCancelled, !stop.isSet, let sequence = queue.next() {
            var tracker = model.makeTracker()
            onEvent(.started(sequence: sequence.name, frames: evaluation.frameCount(of: sequence)))
            do {
              let trajectory = try evaluation.run(
                &tracker, over: sequence, shouldStop: { stop.isSet || Task.isCancelled },
                onFrame: { onEvent(.frame(sequence: sequence.name, done: $0)) })
              try queue.oneAtATime { try record(trajectory, sequence) }
              outcome.finished += 1
              onEvent(.finished(trajectory))
            } catch is Interrupted {
              break
            } catch let failure as SequenceFailure {
              outcome.failures.append(failure)
              onEvent(.failed(failure))
            }
          }
          return outcome
        }
      }
      var total = Outcome()
      for try await part in group {
        total.finished += part.finished
        total.failures += part.failures
      }
      total.interrupted = stop.isSet
      return total
    }
  }
}

/// What the jobs share: the sequences still to be done, and the right to record.
private final class WorkQueue: Sendable {
  private let waiting: Mutex<[Sequence]>
  private let recording = Mutex(())

  init(_ sequences: [Sequence]) { waiting = Mutex(sequences) }

  func next() -> Sequence? { waiting.withLock { $0.popLast() } }

  func oneAtATime(_ body: () throws -> Void) throws { try recording.withLock { _ in try body() } }
}

/// Set from a signal handler or another thread, read before every frame.
public final class StopFlag: Sendable {
  private let flag = Atomic<Bool>(false)

  public init() {}

  public var isSet: Bool { flag.load(ordering: .relaxed) }

  public func set() { flag.store(true, ordering: .relaxed) }
}
