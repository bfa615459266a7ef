import Dispatch
import Imaging
import Synchronization

extension Frames {
  /// The same pictures, each opened on another thread while the one before is still being looked at.
  ///
  /// Meant for one pass in order: asking for frame i begins frame i + `step`. Pictures and errors are those of plain reading, and an error
  /// comes when its frame is asked for, not before. At most one picture is held that nobody has asked for. Frames asked for in another
  /// order are opened then and there. When the last copy of these frames goes, what is being opened is waited for and dropped.
  ///
  /// - Parameter step: 1 to read forwards, -1 backwards.
  public func readingAhead(step: Int = 1, within range: Range<Int>? = nil) -> Frames {
    let reader = AheadReader(self, step: step, range: (range ?? 0..<count).clamped(to: 0..<count))
    return replacingOpen { try reader.image(at: $0) }
  }
}

/// Keeps one frame in hand, or in the making.
private final class AheadReader: Sendable {
  private let frames: Frames
  private let step: Int
  private let range: Range<Int>
  private let queue = DispatchQueue(label: "trackbench.frames.ahead")
  private let next = Mutex<AheadFrame?>(nil)

  init(_ frames: Frames, step: Int, range: Range<Int>) {
    self.frames = frames
    self.step = step
    self.range = range
  }

  deinit { next.withLock { $0 }?.drop() }

  func image(at index: Int) throws -> Image {
    let ready = next.withLock { next in
      defer { next = nil }
      return next
    }
    let image: Image
    if let ready, ready.index == index {
      image = try ready.image()
    } else {
      ready?.drop()
      image = try frames.image(at: index)
    }
    begin(index + step)
    return image
  }

  private func begin(_ index: Int) {
    guard range.contains(index) else { return }
    let frame = AheadFrame(index) { [frames] in try frames.image(at: index) }
    next.withLock { $0 = frame }
    queue.async { frame.open() }
  }
}

/// A frame that is opened once: by the reader's thread, or by whoever wants it before that thread has come to it.
private final class AheadFrame: Sendable {
  private enum State {
    case waiting
    case opening
    case opened(Result<Image, any Error>)
    /// Nobody wants it any more, or somebody opens it himself.
    case dropped
  }

  let index: Int
  private let read: @Sendable () throws -> Image
  private let state = Mutex(State.waiting)
  /// Signalled once, when the reader's thread is done with it.
  private let done = DispatchSemaphore(value: 0)

  init(_ index: Int, read: @escaping @Sendable () throws -> Image) {
    self.index = index
    self.read = read
  }

  /// The reader's thread's part.
  func open() {
    let isWanted = state.withLock { state in
      guard case .waiting = state else { return false }
      state = .opening
      return true
    }
    guard isWanted else { return }
    let result = Result { try read() }
    state.withLock { $0 = .opened(result) }
    done.signal()
  }

  /// The picture, opened here where the reader's thread has not begun with it.
  func image() throws -> Image {
    if isBegun() { done.wait() } else { return try read() }
    return try state.withLock { state in
      guard case .opened(let result) = state else { preconditionFailure("a frame that was waited for is open") }
      return try result.get()
    }
  }

  /// Nobody wants it: returns when nothing is read for it any more.
  func drop() { if isBegun() { done.wait() } }

  /// Whether the reader's thread has begun; if not, it never will.
  private func isBegun() -> Bool {
    state.withLock { state in
      guard case .waiting = state else { return true }
      state = .dropped
      return false
    }
  }
}
