public import Datasets
import Synchronization
public import Tracking

/// Drives one tracker over many sequences, several passes side by side, and hands over each trajectory as soon as it is whole.
///
/// A pass that fails is reported and the rest go on, those over the same sequence too. Results do not depend on the number
/// of jobs.
public struct Runner: Sendable {
  public enum Event: Sendable {
    case started(sequence: String, pass: Pass, frames: Int)
    /// Frames done in a pass under way.
    case frame(sequence: String, pass: Pass, done: Int)
    case finished(Trajectory)
    case failed(SequenceFailure)
    /// A job ended because no pass is left to begin; so many of the jobs are still at work.
    case idle(busyJobs: Int)
  }

  public struct Outcome: Sendable {
    /// Passes recorded.
    public var finished = 0
    /// By sequence and pass.
    public var failures: [SequenceFailure] = []
    public var interrupted = false
  }

  public let model: any TrackerModel
  public let evaluation: any EvaluationProtocol
  /// Passes side by side, at least 1.
  public let jobs: Int
  /// Whether each pass has its next frame opened by another thread while the tracker works. Of use while there are cores without a
  /// job; what a pass gives, its times included, does not depend on it, because opening a frame never counts.
  public let readsAhead: Bool

  /// - Parameter readsAhead: has no effect in real time, where a frame that the tracker misses is not opened.
  public init(model: any TrackerModel, evaluation: any EvaluationProtocol, jobs: Int, readsAhead: Bool = false) {
    self.model = model
    self.evaluation = evaluation
    self.jobs = max(1, jobs)
    self.readsAhead = readsAhead && evaluation.conditions.realTime == nil
  }

  /// Runs every pass over the sequences; see ``run(_:stop:record:onEvent:)-([WorkItem],_,_,_)``. Sequences that allow no pass
  /// are failures too.
  public func run(
    _ sequences: [Sequence], stop: StopFlag, record: @escaping @Sendable (Trajectory, Sequence) throws -> Void,
    onEvent: @escaping @Sendable (Event) -> Void = { _ in }
  ) async throws -> Outcome {
    let (items, failures) = evaluation.work(over: sequences)
    for failure in failures { onEvent(.failed(failure)) }
    var outcome = try await run(items, stop: stop, record: record, onEvent: onEvent)
    outcome.failures = Self.inOrder(failures + outcome.failures)
    return outcome
  }

  /// Runs the passes, longest first, so that the last job does not begin when the others are done.
  ///
  /// - Parameters:
  ///   - items: what ``EvaluationProtocol/work(over:)`` lists, or the part of it that is still to be done.
  ///   - stop: once true, passes under way are given up at their next frame.
  ///   - record: called with each whole trajectory, from any job, one call at a time.
  ///   - onEvent: progress, from any job.
  /// - Throws: what `record` throws; no further pass is begun then.
  public func run(
    _ items: [WorkItem], stop: StopFlag, record: @escaping @Sendable (Trajectory, Sequence) throws -> Void,
    onEvent: @escaping @Sendable (Event) -> Void = { _ in }
  ) async throws -> Outcome {
    let jobs = min(jobs, max(items.count, 1))
    let queue = WorkQueue(items.reversed().sorted { $0.frames < $1.frames }, jobs: jobs)
    return try await withThrowingTaskGroup(of: Outcome.self) { group in
      for _ in 0..<jobs {
        group.addTask {
          defer { onEvent(.idle(busyJobs: queue.endJob())) }
          var outcome = Outcome()
          while !Task.isCancelled, !stop.isSet, let item = queue.next() {
            var tracker = model.makeTracker()
            let name = item.sequence.name
            let sequence =
              readsAhead ? item.sequence.readingAhead(step: item.pass.isReversed ? -1 : 1) : item.sequence
            onEvent(.started(sequence: name, pass: item.pass, frames: item.frames))
            do {
              let trajectory = try evaluation.run(
                &tracker, over: sequence, pass: item.pass, shouldStop: { stop.isSet || Task.isCancelled },
                onFrame: { onEvent(.frame(sequence: name, pass: item.pass, done: $0)) })
              try queue.oneAtATime { try record(trajectory, item.sequence) }
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
      total.failures = Self.inOrder(total.failures)
      total.interrupted = stop.isSet
      return total
    }
  }

  private static func inOrder(_ failures: [SequenceFailure]) -> [SequenceFailure] {
    failures.sorted { ($0.sequence, $0.pass ?? .whole) < ($1.sequence, $1.pass ?? .whole) }
  }
}

/// What the jobs share: the passes still to be done, and the right to record.
private final class WorkQueue: Sendable {
  /// The next one last.
  private let waiting: Mutex<[WorkItem]>
  private let recording = Mutex(())
  private let busyJobs: Mutex<Int>

  init(_ items: [WorkItem], jobs: Int) {
    waiting = Mutex(items)
    busyJobs = Mutex(jobs)
  }

  /// - Returns: the jobs that have not ended.
  func endJob() -> Int {
    busyJobs.withLock { jobs in
      jobs -= 1
      return jobs
    }
  }

  func next() -> WorkItem? { waiting.withLock { $0.popLast() } }

  func oneAtATime(_ body: () throws -> Void) throws { try recording.withLock { _ in try body() } }
}
