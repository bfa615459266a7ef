import CKernels
import Geometry
import Scoring
import Testing

/// The kernels of one-pass scoring against plain Swift, bit by bit, on every instruction set this processor has.
@Suite("The kernels of one-pass scoring")
struct CurveKernelTests {
  static let isas = [TB_ISA_PLAIN, TB_ISA_AVX2, TB_ISA_AVX512].filter { tb_isa_available($0) != 0 }.map(\.rawValue)
  static let truths: [Profile.TruthRule] = [.any, .positiveSize, .positiveNumbers, .positiveCentre]
  static let lengths = Array(0...70) + [255, 256]

  @Test("A box is x, y, width and height, four doubles without a gap, as the kernels read it")
  func layout() {
    #expect(MemoryLayout<Box>.stride == 4 * MemoryLayout<Double>.stride)
    #expect(MemoryLayout<Box>.offset(of: \.x) == 0)
    #expect(MemoryLayout<Box>.offset(of: \.y) == 8)
    #expect(MemoryLayout<Box>.offset(of: \.width) == 16)
    #expect(MemoryLayout<Box>.offset(of: \.height) == 24)
  }

  @Test("Overlaps, their sum in the order of the frames, and how many count", arguments: isas, truths)
  func overlaps(isa: UInt32, truthRule: Profile.TruthRule) {
    var generator = SplitMix(state: 21)
    for lastPixel in [false, true] {
      for quotient in [OverlapRule.Quotient.plain, .clipped, .epsilonThenClipped] {
        for nan in [OverlapRule.NaNRule.propagates, .ignoredByMinMax] {
          let rule = OverlapRule(lastPixel: lastPixel, quotient: quotient, nan: nan)
          for length in Self.lengths {
            let (truth, predicted) = Self.boxes(length, using: &generator)
            var sum = 0.25
            var frames = 3
            var expected: [Double] = []
            for (gt, box) in zip(truth, predicted) {
              guard truthRule.counts(gt, centre: nil) else {
                expected.append(-1)
                continue
              }
              let value = rule.overlap(of: box, with: gt)
              expected.append(value)
              frames += 1
              if !value.isNaN { sum += value }
            }
            var total = tb_overlap_total(sum: 0.25, frames: 3)
            let found = Self.values(of: truth, predicted) { truth, predicted, values in
              tb_overlaps_f64(
                tb_isa(rawValue: isa), truth, predicted, length, rule.kernel(counting: truthRule), values, &total)
            }
            #expect(same(found, expected), "\(rule) \(length)")
            #expect(same([total.sum], [sum]) && total.frames == frames, "\(rule) \(length)")
          }
        }
      }
    }
  }

  @Test("Distances of centres", arguments: isas, truths)
  func centres(isa: UInt32, truthRule: Profile.TruthRule) {
    var generator = SplitMix(state: 22)
    for invalid in [-1, Double.infinity] {
      for length in Self.lengths {
        let (truth, predicted) = Self.boxes(length, using: &generator)
        let expected = zip(truth, predicted).map { gt, box in
          truthRule.counts(gt, centre: gt.centre)
            ? distance(gt.centre.x - box.centre.x, gt.centre.y - box.centre.y) : invalid
        }
        let rule = tb_error_rule(truth: truthRule.kernel, invalid: invalid)
        let found = Self.values(of: truth, predicted) { truth, predicted, values in
          tb_centre_errors_f64(tb_isa(rawValue: isa), truth, predicted, length, rule, values)
        }
        #expect(same(found, expected), "\(length)")
      }
    }
  }

  @Test("Distances of centres divided by the size, each centre or their difference", arguments: isas, truths)
  func normalised(isa: UInt32, truthRule: Profile.TruthRule) {
    var generator = SplitMix(state: 23)
    for (offset, ofDifference) in [(0.0, false), (1e-16, false), (0, true)] {
      for length in Self.lengths {
        let (truth, predicted) = Self.boxes(length, using: &generator)
        let expected = zip(truth, predicted).map { gt, box in
          if ofDifference {
            return truthRule.counts(gt, centre: gt.centre)
              ? distance(
                (gt.centre.x - box.centre.x) / (gt.width < 1 ? 1 : gt.width),
                (gt.centre.y - box.centre.y) / (gt.height < 1 ? 1 : gt.height)) : -1
          }
          let (width, height) = (gt.width + offset, gt.height + offset)
          let centre = Point(x: gt.centre.x / width, y: gt.centre.y / height)
          return truthRule.counts(gt, centre: centre)
            ? distance(centre.x - box.centre.x / width, centre.y - box.centre.y / height) : -1
        }
        let rule = tb_normalised_rule(
          error: tb_error_rule(truth: truthRule.kernel, invalid: -1), divides_difference: ofDifference,
          size_offset: offset)
        let found = Self.values(of: truth, predicted) { truth, predicted, values in
          tb_normalised_errors_f64(tb_isa(rawValue: isa), truth, predicted, length, rule, values)
        }
        #expect(same(found, expected), "\(offset) \(ofDifference) \(length)")
      }
    }
  }

  @Test(
    "A histogram of ranks counts the comparisons with each threshold, equal values too, and no NaN",
    arguments: isas, [Thresholds.success, .pixels, .normalised, .normalisedProducts, .hundredths])
  func ranks(isa: UInt32, thresholds: Thresholds) {
    var generator = SplitMix(state: 24)
    var special: [Double] = [.nan, .infinity, -.infinity, -1, 0, -0.0, 1e300, .leastNonzeroMagnitude]
    for threshold in thresholds.values { special += [threshold, threshold.nextUp, threshold.nextDown] }
    let top = (thresholds.values.last ?? 1) * 1.1
    for length in Self.lengths {
      let values = (0..<length).map { _ in
        Bool.random(using: &generator)
          ? Double.random(in: -0.1...top, using: &generator) : special.randomElement(using: &generator) ?? 0
      }
      let before = (0...thresholds.count).map { $0 % 3 }
      var histogram = before
      thresholds.count(values, length, into: &histogram, isa: tb_isa(rawValue: isa))
      let added = zip(histogram, before).map { $0 - $1 }
      let numbers = values.filter { !$0.isNaN }
      let expected = (0...thresholds.count).map { rank in
        numbers.count { value in thresholds.values.count { value > $0 } == rank }
      }
      #expect(added == expected, "\(length)")
      #expect(added.reduce(0, +) == numbers.count)
    }
  }
}

// MARK: - Plain Swift

extension Profile.TruthRule {
  fileprivate func counts(_ truth: Box, centre: Point?) -> Bool {
    switch self {
    case .any: return true
    case .positiveSize: return truth.width > 0 && truth.height > 0
    case .positiveNumbers: return truth.x > 0 && truth.y > 0 && truth.width > 0 && truth.height > 0
    case .positiveCentre:
      guard let centre else { return false }
      return centre.x > 0 && centre.y > 0
    }
  }
}

extension Box {
  fileprivate var centre: Point { Point(x: x + (width - 1) / 2, y: y + (height - 1) / 2) }
}

private func distance(_ dx: Double, _ dy: Double) -> Double { (dx * dx + dy * dy).squareRoot() }

/// Equal to the last bit; which NaN it is does not count.
private func same(_ a: [Double], _ b: [Double]) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN }
}

// MARK: - Material

extension CurveKernelTests {
  private static let oddities: [Double] = [
    .nan, 0, -0.0, -1, -17.5, 0.5, 1, .infinity, -.infinity, 1e300, -1e300, .leastNonzeroMagnitude, 1.0 / 3,
  ]

  /// Boxes near each other, some equal, some with numbers that no tracker should give.
  private static func boxes(_ count: Int, using generator: inout SplitMix) -> (truth: [Box], predicted: [Box]) {
    func odd(_ number: Double) -> Double {
      Int.random(in: 0..<12, using: &generator) == 0 ? oddities.randomElement(using: &generator) ?? 0 : number
    }
    var truth: [Box] = []
    var predicted: [Box] = []
    for _ in 0..<count {
      let box = Box.random(using: &generator)
      let gt = Box(x: odd(box.x), y: odd(box.y), width: odd(box.width), height: odd(box.height))
      let other: Box
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: other = gt
      case 1: other = gt.offsetBy(dx: Double(Int.random(in: 0..<30, using: &generator)), dy: 0)
      case 2: other = Box.random(using: &generator)
      default:
        other = Box(
          x: odd(box.x + Double.random(in: -9...9, using: &generator)), y: odd(box.y - 1.25),
          width: odd(box.width * 1.1), height: odd(box.height + 2))
      }
      truth.append(gt)
      predicted.append(other)
    }
    return (truth, predicted)
  }

  /// What a kernel writes; it must leave the number behind the last one alone.
  private static func values(
    of truth: [Box], _ predicted: [Box],
    _ write: (UnsafePointer<Double>, UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Void
  ) -> [Double] {
    let numbers = truth.flatMap { [$0.x, $0.y, $0.width, $0.height] }
    let others = predicted.flatMap { [$0.x, $0.y, $0.width, $0.height] }
    var values = [Double](repeating: 12_345, count: truth.count + 1)
    write(numbers, others, &values)
    #expect(values.last == 12_345)
    return values.dropLast()
  }
}
