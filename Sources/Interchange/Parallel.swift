import Dispatch

/// Independent pieces of work, side by side.
enum Parallel {
  /// `transform` of every item, in their order.
  static func map<Item: Sendable, Result: Sendable>(
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
}
