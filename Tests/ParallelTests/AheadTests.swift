import Parallel
import Synchronization
import TestSupport
import Testing

@Suite("Work made ahead")
struct AheadTests {
  @Test("Every item once, in order, whatever their number", arguments: 0...9)
  func order(count: Int) {
    let ahead = Ahead(Array(0..<count)) { $0 * $0 }
    var found: [Int] = []
    while let next = ahead.next() { found.append(next) }
    #expect(found == (0..<count).map { $0 * $0 })
    #expect(ahead.next() == nil)
  }

  @Test("A caller that stands still finds no more than two items made")
  func atMostTwo() {
    let begun = Mutex(0)
    let ahead = Ahead(Array(0..<50)) { item in
      begun.withLock { $0 += 1 }
      return item
    }
    for taken in 1...40 {
      #expect(ahead.next() == taken - 1)
      #expect(begun.withLock { $0 } <= taken + 2)
    }
  }

  @Test("Work that nobody asks for any more does not keep its maker from going away")
  func abandoned() {
    for _ in 0..<200 {
      let ahead = Ahead(Array(0..<5)) { $0 }
      _ = ahead.next()
    }
  }
}

@Suite("Side by side")
struct ParallelTests {
  @Test("Results keep the order of their items", arguments: [0, 1, 2, 3, 1000])
  func order(count: Int) {
    #expect(Parallel.map(Array(0..<count)) { $0 + 1 } == Array(1..<(count + 1)))
  }

  @Test("Two pieces of work give their own results")
  func both() {
    let found = Parallel.both {
      1
    } _: {
      "a"
    }
    #expect(found == (1, "a"))
  }
}
