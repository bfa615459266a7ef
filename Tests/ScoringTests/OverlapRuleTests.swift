import Geometry
import Scoring
import Testing

/// A small generator with a fixed seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension Box {
  /// Integer coordinates around the origin, sizes from 1.
  static func random(using generator: inout SplitMix) -> Box {
    Box(
      x: Double(Int.random(in: -40...40, using: &generator)), y: Double(Int.random(in: -40...40, using: &generator)),
      width: Double(Int.random(in: 1...60, using: &generator)),
      height: Double(Int.random(in: 1...60, using: &generator)))
  }
}

@Suite("The overlap of two boxes")
struct OverlapRuleTests {
  static let profiles = Profile.all

  @Test("It is symmetric, between 0 and 1, and does not move with the boxes", arguments: profiles)
  func properties(_ profile: Profile) {
    let rule = profile.overlap
    var generator = SplitMix(state: 7)
    for _ in 0..<2000 {
      let a = Box.random(using: &generator)
      let b = Box.random(using: &generator)
      let overlap = rule.overlap(of: a, with: b)
      #expect(overlap == rule.overlap(of: b, with: a))
      #expect((0...1).contains(overlap))
      // Sums of integers are exact, so shifting by integers changes no bit.
      #expect(overlap == rule.overlap(of: a.offsetBy(dx: 311, dy: -17), with: b.offsetBy(dx: 311, dy: -17)))
    }
  }

  @Test("A box with itself has 1, two apart have 0, half covered has its share", arguments: profiles)
  func byHand(_ profile: Profile) {
    let rule = profile.overlap
    let box = Box(x: 10, y: 20, width: 30, height: 40)
    #expect(rule.overlap(of: box, with: box) == 1)
    #expect(rule.overlap(of: box, with: box.offsetBy(dx: 30, dy: 0)) == 0)
    #expect(rule.overlap(of: box, with: box.offsetBy(dx: 0, dy: 500)) == 0)
    #expect(rule.overlap(of: box, with: box.offsetBy(dx: 15, dy: 0)) == 1.0 / 3)
    #expect(rule.overlap(of: box, with: Box(x: 10, y: 20, width: 30, height: 20)) == 0.5)
  }

  @Test("Two boxes without area have no overlap but in got10k, whose union is never zero", arguments: profiles)
  func noArea(_ profile: Profile) {
    let point = Box(x: 3, y: 3, width: 0, height: 0)
    let overlap = profile.overlap.overlap(of: point, with: point)
    #expect(profile.name == "got10k" ? overlap == 0 : overlap.isNaN)
  }

  @Test("A NaN position makes the overlap NaN, except in MATLAB, whose minimum passes it over")
  func notANumber() {
    let box = Box(x: 10, y: 10, width: 20, height: 20)
    let broken = Box(x: .nan, y: 10, width: 20, height: 20)
    for profile in [Profile.pysot, .pysotToolkit, .got10k, .pytracking] {
      #expect(profile.overlap.overlap(of: broken, with: box).isNaN)
      #expect(profile.overlap.overlap(of: box, with: broken).isNaN)
    }
    #expect(Profile.otb.overlap.overlap(of: broken, with: box) == 1)
    let noWidth = Box(x: 10, y: 10, width: .nan, height: 20)
    #expect(Profile.otb.overlap.overlap(of: noWidth, with: box).isNaN)
  }

  @Test("Infinite and huge boxes give a number or NaN, and end", arguments: profiles)
  func extremes(_ profile: Profile) throws {
    let values: [Double] = [0, -1, 1, 1e300, -1e300, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, 1e7]
    let truth = Box(x: 10, y: 10, width: 20, height: 20)
    for x in values {
      for width in values {
        let box = Box(x: x, y: 10, width: width, height: 20)
        let overlap = profile.overlap.overlap(of: box, with: truth)
        if profile.overlap.quotient != .plain { #expect(overlap.isNaN || (0...1).contains(overlap)) }
        let record = SequenceRecord(name: "s", truth: [truth, truth], prediction: [box, box])
        guard let scores = try? SequenceScores(record, profile: profile).scores else { continue }
        #expect(scores.success.allSatisfy { (0...1).contains($0) })
        #expect(scores.precision.allSatisfy { (0...1).contains($0) })
      }
    }
  }
}
