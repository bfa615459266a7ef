import Dispatch
import Synchronization

/// Independent pieces of work, side by side on as many threads as there are cores.
package enum Parallel {
  /// `transform` of every item, in their order.
  package static func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], _ transform: @Sendable (Item) -> Result
  ) -> [Result] {
    guard items.count > 1 else { return items.map(transform) }
    return [Result](unsafeUninitializedCapacity: items.count) { buffer, count in
      // Each call has a place of its own.
      nonisolated(unsafe) let places = buffer
      DispatchQueue.concurrentPerform(iterations: items.count) { index in
        places.initializeElement(at: index, to: transform(items[index]))
      }
      count = items.count
    }
  }

  /// Two pieces of work side by side.
  package static func both<One: Sendable, Other: Sendable>(
    _ one: @Sendable () -> One, _ other: @Sendable () -> Other
  ) -> (One, Other) {
    let found = Mutex<(One?, Other?)>((nil, nil))
    DispatchQueue.concurrentPerform(iterations: 2) { index in
      if index == 0 {
        let made = one()
        found.withLock { $0.0 = made }
      } else {
        let made = other()
        found.withLock { $0.1 = made }
      }
    }
    return found.withLock { pair in
      guard case (let one?, let other?) = pair else { preconditionFailure("both have returned") }
      return (one, other)
    }
  }
}
