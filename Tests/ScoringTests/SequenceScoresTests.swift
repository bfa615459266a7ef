import Geometry
import Scoring
import Testing

private func walk(_ frames: Int, seed: UInt64 = 3) -> [Box] {
  var generator = SplitMix(state: seed)
  var box = Box(x: 100, y: 80, width: 40, height: 30)
  return (0..<frames).map { _ in
    box = box.offsetBy(
      dx: Double(Int.random(in: -2...2, using: &generator)), dy: Double(Int.random(in: -2...2, using: &generator)))
    return box
  }
}

private func scores(_ truth: [Box], _ prediction: [Box], _ profile: Profile) throws -> Scores {
  try SequenceScores(SequenceRecord(name: "walk", truth: truth, prediction: prediction), profile: profile).scores
}

@Suite("Scores of one sequence")
struct SequenceScoresTests {
  @Test("Ground truth against itself reaches 20 of 21 thresholds, as the comparison is strict", arguments: Profile.all)
  func perfect(_ profile: Profile) throws {
    let truth = walk(60)
    let scores = try scores(truth, truth, profile)
    #expect(abs(scores.auc - 20.0 / 21) < 1e-12)
    #expect(scores.success[19] == 1)
    #expect(scores.success[20] == 0)
    #expect(scores.success50 == 1)
    #expect(scores.precision.allSatisfy { $0 == 1 })
    #expect(scores.normPrecision?.allSatisfy { $0 == 1 } ?? true)
    #expect(scores.ao == 1)
  }

  @Test("A box that stays while the target moves away pixel by pixel has the overlap geometry says")
  func staticBox() throws {
    // Shift d of a box of width 20: overlap (20 - d) / (20 + d), above 0.5 for d < 20/3.
    let truth = (0..<40).map { Box(x: 50 + Double($0), y: 50, width: 20, height: 20) }
    let scores = try scores(truth, Array(repeating: truth[0], count: 40), .pysot)
    #expect(scores.success50 == 7.0 / 40)
    #expect(scores.success[0] == 20.0 / 40)
    #expect(scores.precision20 == 21.0 / 40)
    // Normalised by the width 20: distance d / 20 <= 0.2 for d <= 4.
    #expect(scores.normPrecision20 == 5.0 / 40)
    let overlaps = (0..<20).map { Double(20 - $0) / Double(20 + $0) }
    #expect(abs(scores.ao - overlaps.reduce(0, +) / 40) < 1e-12)
  }

  @Test("Curves never rise for success, never fall for precision, and stay in 0...1", arguments: Profile.all)
  func monotone(_ profile: Profile) throws {
    for seed in 0..<20 {
      let scores = try scores(walk(50, seed: UInt64(seed)), walk(50, seed: UInt64(seed + 100)), profile)
      #expect(zip(scores.success, scores.success.dropFirst()).allSatisfy { $0 >= $1 })
      for curve in [scores.precision, scores.normPrecision ?? []] {
        #expect(zip(curve, curve.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(curve.allSatisfy { (0...1).contains($0) })
      }
    }
  }

  @Test("Moving truth and prediction together changes nothing", arguments: Profile.all)
  func translation(_ profile: Profile) throws {
    let truth = walk(50)
    let prediction = walk(50, seed: 4)
    let here = try scores(truth, prediction, profile)
    let there = try scores(
      truth.map { $0.offsetBy(dx: 64, dy: 32) }, prediction.map { $0.offsetBy(dx: 64, dy: 32) }, profile)
    #expect(here.success == there.success)
    #expect(here.precision == there.precision)
  }

  @Test("A tracker never asked about frame 0 wins or loses it as the profile says")
  func firstFrame() throws {
    let truth = walk(10)
    var prediction = truth
    prediction[0] = Box(x: 900, y: 900, width: 1, height: 1)
    for profile in Profile.all {
      let scores = try scores(truth, prediction, profile)
      #expect(scores.success50 == (profile.firstFrame == .truth ? 1 : 0.9))
    }
  }

  @Test(
    "An annotation at the border is valid for pysot and invalid for pysot-toolkit (Q5), a precision hit for otb (Q3)")
  func border() throws {
    var truth = walk(10)
    truth[5] = Box(x: 0, y: 10, width: 20, height: 20)
    var prediction = truth
    #expect(try scores(truth, prediction, .pysot).success50 == 1)
    #expect(try scores(truth, prediction, .pysotToolkit).success50 == 0.9)
    prediction[5] = Box(x: 500, y: 500, width: 20, height: 20)
    #expect(try scores(truth, prediction, .otb).precision[0] == 1)
    #expect(try scores(truth, prediction, .pysot).precision[0] == 0.9)
    #expect(try scores(truth, prediction, .pytracking).precision[0] == 0.9)
  }

  @Test("Where lengths differ, each profile stops, cuts or pads, and the message counts")
  func lengths() throws {
    let truth = walk(20)
    let short = Array(truth.dropLast(5))
    for profile in [Profile.otb, .pysot, .pysotToolkit] {
      let error = #expect(throws: ScoringError.self) { try scores(truth, short, profile) }
      #expect(error?.reason == .lengthMismatch(truth: 20, predicted: 15))
      #expect(
        error?.cause
          == "15 predicted boxes for 20 annotated frames, where profile \(profile.name) needs as many")
    }
    #expect(try scores(truth, short, .got10k).success50 == 1)
    #expect(try scores(truth, short, .pytracking).success50 == 0.75)
    let long = truth + [truth[0]]
    #expect(throws: ScoringError.self) { try scores(truth, long, .pysot) }
    #expect(try scores(truth, long, .otb).success50 == 1)
  }

  @Test("Empty annotations, empty results and lonely rows stop with a reason", arguments: Profile.all)
  func empty(_ profile: Profile) throws {
    #expect(throws: ScoringError.self) { try scores([], [], profile) }
    #expect(throws: ScoringError.self) { try scores(walk(3), [], profile) }
    if profile.minimumRows == 1 {
      // otb divides by 1 + 2^-52.
      #expect(try abs(scores(walk(1), walk(1), profile).success50 - 1) < 1e-15)
    } else {
      #expect(throws: ScoringError.self) { try scores(walk(1), walk(1), profile) }
    }
  }

  @Test("otb repairs a row without size from the row before it; pysot scores it as it is")
  func repair() throws {
    let truth = walk(10)
    var prediction = truth
    prediction[4] = Box(x: 1, y: 1, width: 0, height: 0)
    prediction[5] = Box(x: .nan, y: .nan, width: .nan, height: .nan)
    #expect(try scores(truth, prediction, .otb).success50 == 1)
    #expect(try scores(truth, prediction, .pysot).success50 == 0.8)
    let error = #expect(throws: ScoringError.self) { try scores(truth, prediction, .pytracking) }
    #expect(error?.reason == .invalidPrediction(frame: 5))
  }

  @Test("Average overlap leaves out frames without a valid annotation, and is NaN where there are none")
  func averageOverlap() throws {
    var truth = walk(4)
    truth[2] = Box(x: 0, y: 0, width: 0, height: 0)
    #expect(try scores(truth, truth, .pysot).ao == 1)
    let absent = Array(repeating: Box(x: .nan, y: .nan, width: .nan, height: .nan), count: 3)
    #expect(try scores(absent, walk(3), .pysot).ao.isNaN)
  }

  @Test("Visibility flags of another length are refused")
  func flags() {
    let record = SequenceRecord(name: "s", truth: walk(3), prediction: walk(3), visible: [true])
    let error = #expect(throws: ScoringError.self) { try SequenceScores(record, profile: .pysot) }
    #expect(error?.reason == .visibilityMismatch(truth: 3, flags: 1))
  }
}
