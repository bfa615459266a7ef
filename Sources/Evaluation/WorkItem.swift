public import Datasets

/// One pass over one sequence: what a job does at a time.
public struct WorkItem: Sendable {
  public let sequence: Sequence
  public let pass: Pass
  /// Frames of the pass, by which work is measured.
  public let frames: Int

  public init(sequence: Sequence, pass: Pass, frames: Int) {
    self.sequence = sequence
    self.pass = pass
    self.frames = frames
  }
}

extension EvaluationProtocol {
  /// Everything there is to do over `sequences`, in their order, and the sequences that allow no run.
  public func work(over sequences: [Sequence]) -> (items: [WorkItem], failures: [SequenceFailure]) {
    var items: [WorkItem] = []
    var failures: [SequenceFailure] = []
    for sequence in sequences {
      do throws(SequenceFailure) {
        items += try passes(of: sequence).map {
          WorkItem(sequence: sequence, pass: $0, frames: frameCount(of: sequence, pass: $0))
        }
      } catch {
        failures.append(error)
      }
    }
    return (items, failures)
  }
}
