import Evaluation
import Foundation
import Synchronization

/// Shows a run on standard error: one rewritten line with a bar on a terminal, one plain line a sequence elsewhere.
final class Progress: Sendable {
  private struct State {
    var passes = 0
    var framesDone = 0
    var underWay: [Work: (done: Int, frames: Int)] = [:]
    var lastDrawn = ContinuousClock.now - .seconds(1)
    var latest: Work?
  }

  private struct Work: Hashable {
    let sequence: String
    let pass: Pass

    /// `Crossing`, `Crossing, repetition 2`.
    var label: String { [sequence, pass.label].compactMap(\.self).joined(separator: ", ") }
  }

  private let totalPasses: Int
  private let totalFrames: Int
  private let began = ContinuousClock.now
  private let isLive = Console.canRewriteLines
  private let state = Mutex(State())

  init(passes: Int, frames: Int) {
    totalPasses = passes
    totalFrames = frames
  }

  func handle(_ event: Runner.Event) {
    state.withLock { state in
      switch event {
      case .started(let sequence, let pass, let frames):
        state.underWay[Work(sequence: sequence, pass: pass)] = (0, frames)
      case .frame(let sequence, let pass, let done):
        let work = Work(sequence: sequence, pass: pass)
        let frames = state.underWay[work]?.frames ?? done
        state.framesDone += done - (state.underWay[work]?.done ?? 0)
        state.underWay[work] = (done, frames)
        state.latest = work
        draw(&state)
      case .finished(let trajectory):
        let work = Work(sequence: trajectory.sequence, pass: trajectory.pass)
        state.passes += 1
        state.underWay[work] = nil
        let rate = trajectory.trackingSeconds.map { Double(trajectory.trackedFrames) / $0 }
        let speed = rate.map { $0.isFinite ? ", \(Console.fixed($0, 1)) fps" : "" } ?? ""
        line("\(count(state)) \(work.label)  \(trajectory.boxes.count) frames\(speed)")
        draw(&state, force: true)
      case .failed(let failure):
        state.passes += 1
        if let pass = failure.pass { state.underWay[Work(sequence: failure.sequence, pass: pass)] = nil }
        erase()
        Console.note("\(count(state)) \(failure.sequence) failed: \(failure)")
        draw(&state, force: true)
      case .idle: break
      }
    }
  }

  /// Leaves the terminal clean for what follows.
  func finish() { state.withLock { _ in erase() } }

  private func count(_ state: State) -> String { "[\(state.passes)/\(totalPasses)]" }

  private func line(_ text: String) {
    if !isLive { Console.note(text) }
  }

  private func erase() {
    if isLive { Console.note("\r\u{1B}[2K", terminator: "") }
  }

  /// Ten times a second is enough for the eye and free for the run.
  private func draw(_ state: inout State, force: Bool = false) {
    guard isLive else { return }
    let now = ContinuousClock.now
    guard force || now - state.lastDrawn > .milliseconds(100) else { return }
    state.lastDrawn = now
    let elapsed = (now - began) / .seconds(1)
    let rate = Double(state.framesDone) / max(elapsed, 1e-9)
    let left = Double(totalFrames - state.framesDone) / max(rate, 1e-9)
    let width = 14
    let filled = totalFrames == 0 ? width : state.framesDone * width / totalFrames
    let bar = String(repeating: "█", count: filled) + String(repeating: " ", count: width - filled)
    var text = "▕\(bar)▏ \(state.passes)/\(totalPasses)"
    if let latest = state.latest, let current = state.underWay[latest] {
      text += "  \(latest.label)  frame \(current.done)/\(current.frames)"
    }
    text += "  \(Console.fixed(rate, 1)) fps  ETA \(Console.clock(left))"
    erase()
    Console.note(String(text.prefix(Console.columns - 1)), terminator: "")
  }
}
