/// Two percentiles of some numbers, as numpy's default has them: linear between the two nearest in order. NaN are left out;
/// nil where fewer than two numbers are left.
///
/// The numbers are counted in bins first, and only the bins that hold an answer are sorted: a tenth of the time of sorting all.
package func percentiles(_ low: Double, _ high: Double, of numbers: ArraySlice<Float>) -> (Double, Double)? {
  numbers.withUnsafeBufferPointer { numbers in
    var least = Float.infinity
    var most = -Float.infinity
    var count = 0
    for number in numbers where !number.isNaN {
      least = min(least, number)
      most = max(most, number)
      count += 1
    }
    guard count >= 2 else { return nil }
    guard least < most else { return (Double(least), Double(least)) }
    let places = [low, high].map { min(max($0, 0), 1) * Double(count - 1) }
    let ranks = places.flatMap { [Int($0), min(Int($0) + 1, count - 1)] }
    let found = Bins(least: least, most: most).numbers(at: ranks, of: numbers)
    func between(_ index: Int) -> Double {
      let below = Double(found[2 * index])
      let above = Double(found[2 * index + 1])
      let share = places[index] - Double(ranks[2 * index])
      // Also of two infinite numbers.
      return share == 0 || below == above ? below : below + (above - below) * share
    }
    return (between(0), between(1))
  }
}

/// Equal ranges of numbers, ascending.
private struct Bins {
  private static let count = 1024

  private let least: Float
  /// Bins a unit; 0 where the numbers are too far apart or too near for bins: then all are in one.
  private let scale: Float

  init(least: Float, most: Float) {
    let scale = Float(Self.count) / (most - least)
    self.least = least
    self.scale = scale.isFinite && least.isFinite ? scale : 0
  }

  /// Ascending with the number, as each step of the arithmetic is.
  @inline(__always)
  private func bin(of number: Float) -> Int {
    let place = (number - least) * scale
    return place < Float(Self.count - 1) ? Int(place) : place.isNaN ? 0 : Self.count - 1
  }

  /// The numbers at some places in order, NaN not counted.
  func numbers(at ranks: [Int], of numbers: UnsafeBufferPointer<Float>) -> [Float] {
    var counts = [Int](repeating: 0, count: Self.count)
    counts.withUnsafeMutableBufferPointer { counts in
      for number in numbers where !number.isNaN { counts[bin(of: number)] += 1 }
    }
    var firsts = [Int](repeating: 0, count: Self.count)
    for bin in 1..<Self.count { firsts[bin] = firsts[bin - 1] + counts[bin - 1] }
    // The last bin that begins at or before the rank and is not empty.
    let homes = ranks.map { rank in firsts.indices.last { firsts[$0] <= rank && counts[$0] > 0 } ?? 0 }
    var isWanted = [Bool](repeating: false, count: Self.count)
    for home in homes { isWanted[home] = true }
    var members: [Int: [Float]] = [:]
    isWanted.withUnsafeBufferPointer { isWanted in
      for number in numbers where !number.isNaN && isWanted[bin(of: number)] {
        members[bin(of: number), default: []].append(number)
      }
    }
    members = members.mapValues { $0.sorted() }
    return zip(ranks, homes).map { rank, home in members[home]?[rank - firsts[home]] ?? .nan }
  }
}
