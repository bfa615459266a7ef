import CKernels
import Parallel

/// Numbers of every sequence, laid out for summing drawn sequences: tiles of columns, the sequences one after the other in a
/// tile.
struct Resampling {
  /// A drawn sequence and how often it was drawn.
  typealias Draw = tb_pick

  let rows: Int
  /// Of ``tileColumns`` each; the last is filled up with zeros.
  let tiles: Int
  private let cells: [Float]

  /// - Parameter columns: as many numbers each as there are rows.
  init(columns: [[Double]], rows: Int) {
    self.rows = rows
    tiles = (columns.count + Self.tileColumns - 1) / Self.tileColumns
    var cells = [Float](repeating: 0, count: tiles * rows * Self.tileColumns)
    for (column, numbers) in columns.enumerated() {
      let first = column / Self.tileColumns * rows * Self.tileColumns + column % Self.tileColumns
      for row in 0..<rows { cells[first + row * Self.tileColumns] = Float(numbers[row]) }
    }
    self.cells = cells
  }

  /// As many as the kernel sums at a time.
  static let tileColumns = Int(TB_RESAMPLE_COLUMNS)
  /// Resamples that are drawn before they are summed, so that a tile stays in the fastest cache.
  private static let block = 64

  /// Draws as many sequences as there are, with replacement, and hands on the sums of all columns over them; again and again.
  ///
  /// - Parameters:
  ///   - resamples: which ones; the draw of each depends on its number, not on those before.
  ///   - body: takes the number of the resample, the sums, one a column, and the draw.
  func forEachResample(
    _ resamples: Range<Int>, seed: UInt64,
    _ body: (Int, UnsafePointer<Float>, UnsafeBufferPointer<Draw>) -> Void
  ) {
    var urn = Urn(seed: seed, rows: rows, drawn: resamples.lowerBound)
    let width = tiles * Self.tileColumns
    let block = Self.block
    withUnsafeTemporaryAllocation(of: Draw.self, capacity: block * rows) { draws in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: block * width) { sums in
        withUnsafeTemporaryAllocation(of: Int.self, capacity: block) { counts in
          guard let drawn = draws.baseAddress, let sum = sums.baseAddress else { return }
          for first in stride(from: resamples.lowerBound, to: resamples.upperBound, by: block) {
            let size = min(block, resamples.upperBound - first)
            for index in 0..<size { counts[index] = urn.draw(into: drawn + index * rows) }
            add(drawn, counts: counts[..<size], into: sum)
            for index in 0..<size {
              body(
                first + index, sum + index * width,
                UnsafeBufferPointer(start: drawn + index * rows, count: counts[index]))
            }
          }
        }
      }
    }
  }

  /// The sums of some resamples, tile by tile.
  private func add(
    _ drawn: UnsafePointer<Draw>, counts: Slice<UnsafeMutableBufferPointer<Int>>, into sums: UnsafeMutablePointer<Float>
  ) {
    let isa = tb_isa_best()
    cells.withUnsafeBufferPointer { cells in
      guard let cell = cells.baseAddress else { return }
      for tile in 0..<tiles {
        for (index, count) in counts.enumerated() {
          tb_sum_picks_f32(
            isa, cell + tile * rows * Self.tileColumns, drawn + index * rows, count,
            sums + (index * tiles + tile) * Self.tileColumns)
        }
      }
    }
  }
}

/// Draws rows with replacement, as many as there are.
private struct Urn {
  private var generator: SplitMix64
  private var times: [UInt32]

  /// - Parameter drawn: how many draws came before.
  init(seed: UInt64, rows: Int, drawn: Int) {
    generator = SplitMix64(seed: seed)
    generator.skip(UInt64((rows + 1) / 2) &* UInt64(drawn))
    times = [UInt32](repeating: 0, count: rows)
  }

  /// Writes the rows drawn, each once and ascending, and says how many they are.
  mutating func draw(into draws: UnsafeMutablePointer<Resampling.Draw>) -> Int {
    times.withUnsafeMutableBufferPointer { times in
      let rows = times.count
      for index in 0..<rows { times[index] = 0 }
      var left = rows
      while left > 0 {
        // Two rows a number: the high half of a 32-bit fraction times the count, biased by less than count / 2^32.
        let bits = generator.next()
        times[Int(((bits >> 32) &* UInt64(rows)) >> 32)] += 1
        if left > 1 { times[Int(((bits & 0xffff_ffff) &* UInt64(rows)) >> 32)] += 1 }
        left -= 2
      }
      var found = 0
      for row in 0..<rows {
        draws[found] = Resampling.Draw(row: Int32(row), times: Float(times[row]))
        found += times[row] > 0 ? 1 : 0
      }
      return found
    }
  }
}

extension Bootstrap {
  /// How often each of some rows is in each resample: for tests, which score the resamples the long way.
  package func draws(rows: Int) -> [[Int]] {
    var all: [[Int]] = []
    Resampling(columns: [], rows: rows).forEachResample(0..<resamples, seed: seed) { _, _, draws in
      var times = [Int](repeating: 0, count: rows)
      for draw in draws { times[Int(draw.row)] = Int(draw.times) }
      all.append(times)
    }
    return all
  }

  /// Several statistics of each resample; one slice a statistic.
  ///
  /// - Parameter statistic: takes the sums of all columns and what was drawn, and writes the statistics.
  func statistics(
    _ count: Int, of resampling: Resampling,
    _ statistic:
      @Sendable (
        UnsafePointer<Float>, UnsafeBufferPointer<Resampling.Draw>, UnsafeMutablePointer<Float>
      ) -> Void
  ) -> [ArraySlice<Float>] {
    // One after the other in memory, so that the values of a statistic are neighbours when their ends are looked for.
    var all = [Float](repeating: .nan, count: count * resamples)
    all.withUnsafeMutableBufferPointer { all in
      // Each resample has places of its own.
      nonisolated(unsafe) let places = all
      _ = Parallel.map(parts) { part in
        withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { results in
          guard let result = results.baseAddress else { return }
          resampling.forEachResample(part, seed: seed) { resample, sums, draws in
            statistic(sums, draws, result)
            for index in 0..<count { places[index * resamples + resample] = result[index] }
          }
        }
      }
    }
    return (0..<count).map { all[$0 * resamples..<($0 + 1) * resamples] }
  }

  /// The resamples in parts of some size, to be drawn side by side.
  private var parts: [Range<Int>] {
    let size = 2_048
    return stride(from: 0, to: resamples, by: size).map { $0..<min($0 + size, resamples) }
  }
}
