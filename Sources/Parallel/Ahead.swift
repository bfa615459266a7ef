import Dispatch
import Synchronization

/// Makes items on another thread while the caller is still busy with the ones before: each is asked for once, in order.
///
/// At most two are made that nobody has asked for, so that a slow caller does not pile them up.
package final class Ahead<Output: Sendable>: Sendable {
  private struct State {
    /// In order; the first of them is the next one asked for.
    var begun: [Slot] = []
    /// Index of the item to begin next.
    var next = 0
  }

  private let count: Int
  private let make: @Sendable (Int) -> Output
  private let queue = DispatchQueue(label: "trackbench.ahead", qos: .userInitiated)
  private let state = Mutex(State())

  /// Begins at once.
  package init<Item: Sendable>(_ items: [Item], _ transform: @escaping @Sendable (Item) -> Output) {
    count = items.count
    make = { transform(items[$0]) }
    begin()
    begin()
  }

  /// The next one; waits for it. nil after the last.
  package func next() -> Output? {
    let slot = state.withLock { $0.begun.isEmpty ? nil : $0.begun.removeFirst() }
    guard let slot else { return nil }
    begin()
    return slot.take()
  }

  private func begin() {
    let slot = Slot()
    let index: Int? = state.withLock { state in
      guard state.next < count else { return nil }
      defer { state.next += 1 }
      state.begun.append(slot)
      return state.next
    }
    guard let index else { return }
    queue.async { [make] in slot.put(make(index)) }
  }

  /// Where one item will lie.
  private final class Slot: Sendable {
    private let output = Mutex<Output?>(nil)
    private let isThere = DispatchSemaphore(value: 0)

    func put(_ made: Output) {
      output.withLock { $0 = made }
      isThere.signal()
    }

    func take() -> Output? {
      isThere.wait()
      return output.withLock { output in
        defer { output = nil }
        return output
      }
    }
  }
}
