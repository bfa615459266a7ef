import Geometry
import Scoring
import TestSupport
import Testing

private let truth = (0..<10).map { Box(x: 10 + Double($0), y: 10, width: 20, height: 20) }
private let away = Box(x: 900, y: 900, width: 20, height: 20)

private func record(_ name: String, _ prediction: [Box]) -> SequenceRecord {
  SequenceRecord(name: name, truth: truth, prediction: prediction)
}

extension ProfileDifference {
  /// What must hold of any difference.
  fileprivate func check(_ records: [SequenceRecord], from: Profile, to: Profile, tally: inout Tally) {
    let place = "\(from.name) to \(to.name)"
    for (title, steps) in [("", self.steps), (", reverse", reverseSteps)] {
      let sum = steps.reduce(0) { $0 + $1.share }
      tally.expect(abs(sum - difference) < 1e-9, "\(place)\(title): shares \(sum), difference \(difference)")
      // Each step begins where the one before it ends, and the first and last are the profiles' own numbers.
      let ends = [fromValue] + steps.map(\.after)
      tally.expect(
        zip(steps, ends).allSatisfy { $0.before == $1 } && ends.last == toValue, "\(place)\(title): a gap between steps"
      )
      for step in steps {
        let moved = step.moves.reduce(0) { $0 + $1.change }
        tally.expect(
          abs(moved - step.share) < 1e-9, "\(place)\(title) \(step.rule): sequences \(moved), share \(step.share)")
      }
    }
    tally.expect(steps.map(\.rule) == reverseSteps.reversed().map(\.rule), "\(place): the reverse has other rules")
    tally.expect(abs(moves.reduce(0) { $0 + $1.change } - difference) < 1e-9, "\(place): sequences")
  }
}

@Suite("Why profiles disagree")
struct ProfileDifferenceTests {
  @Test("A wrong first box is the first frame's doing, and the sequence it stands in is named")
  func firstFrame() throws {
    var wrong = truth
    wrong[0] = away
    let difference = try ProfileDifference(
      [record("a", truth), record("b", wrong)], from: .pysot, to: .got10k)
    #expect(difference.movingSteps.map(\.rule) == ["first frame"])
    // One of ten frames of one of two sequences, worth 20 of 21 thresholds.
    #expect(abs(difference.difference - 20.0 / 21 / 10 / 2) < 1e-12)
    #expect(difference.largestMove?.sequence == "b")
    #expect(difference.steps.count == difference.reverseSteps.count)
    #expect(
      difference.movingSteps.first?.explanation
        == "first frame: pysot scores the first frame as predicted; "
        + "got10k puts the annotation in place of the first predicted box")
  }

  @Test("A short result is refused on one side: the rule about it moves the number and names the sequence")
  func shortResult() throws {
    let records = [record("a", truth), record("b", Array(repeating: away, count: 8))]
    let difference = try ProfileDifference(records, from: .pysot, to: .got10k)
    let step = try #require(difference.steps.first { $0.rule == "result too short" })
    #expect(step.gained.map(\.sequence) == ["b"] && step.lost.isEmpty)
    #expect(
      step.membership
        == "1 sequence counts only after it (b: 8 predicted boxes for 10 annotated frames, "
        + "where profile pysot needs as many)")
    #expect(abs(step.share - (10.0 / 21 - 20.0 / 21)) < 1e-12)
    #expect(step.moves.map(\.sequence) == ["b"])
    #expect(difference.largestMove?.sequence == "b")
    let back = try ProfileDifference(records, from: .got10k, to: .pysot)
    #expect(back.steps.first { $0.rule == "result too short" }?.lost.map(\.sequence) == ["b"])
    #expect(abs(back.difference + difference.difference) < 1e-12)
  }

  @Test("A sequence left out of the mean moves it by its distance to the mean (Q1)")
  func droppedSequence() throws {
    var lost = record("lost", Array(repeating: away, count: 10))
    lost.truth[0] = Box(x: 0, y: 0, width: 9, height: 9)
    let difference = try ProfileDifference([record("a", truth), lost], from: .pytracking, to: .otb)
    #expect(difference.movingSteps.map(\.rule) == ["sequences without a hit"])
    #expect(abs(difference.difference - 10.0 / 21) < 1e-12)
    #expect(difference.largestMove?.after == nil)
  }

  @Test("Where a profile has no such number there is nothing to explain, and the error says so")
  func nothingToExplain() {
    func reason(_ records: [SequenceRecord], _ from: Profile, _ to: Profile, _ metric: Metric) -> ExplanationError
      .Reason?
    {
      do {
        _ = try ProfileDifference(records, from: from, to: to, metric: metric)
        return nil
      } catch {
        #expect(!error.cause.isEmpty && error.remedy != nil)
        return error.reason
      }
    }
    let records = [record("a", truth)]
    #expect(reason(records, .pysot, .otb, .normPrecision) == .noSuchMetric)
    #expect(reason(records, .pysot, .otb, .success) == nil)
    #expect(reason(records, .pysot, .vot, .success) == .nothingScored)
    #expect(reason([], .pysot, .otb, .success) == .nothingScored)
    let lost = SequenceRecord(
      name: "lost", truth: [Box(x: 0, y: 0, width: 9, height: 9)] + truth.dropFirst(),
      prediction: Array(repeating: away, count: 10))
    #expect(reason([lost], .pysot, .otb, .success) == .notANumber)
  }

  @Test("A profile and itself differ in nothing")
  func itself() throws {
    let difference = try ProfileDifference([record("a", truth)], from: .otb, to: .otb)
    #expect(difference.steps.isEmpty && difference.moves.isEmpty && difference.difference == 0)
  }
}

private struct Golden: Decodable {
  let overall: GoldenScores
}

private let results = "data/results/OTB100"
private let goldens = "golden/eval/OTB100"

@Suite(
  "Why toolkits disagree about published results on OTB-100",
  .enabled(if: OTB100Material.isThere && Shared.has(goldens), "needs ../shared/golden/eval/OTB100"))
struct PublishedDifferenceTests {
  private static let trackers = Shared.list(results).filter { tracker in
    !Shared.list("\(results)/\(tracker)").isEmpty
  }

  @Test("The rules add up to the whole difference, between every two profiles", arguments: trackers)
  func addUp(_ tracker: String) throws {
    var tally = Tally("explain OTB100 \(tracker)")
    defer { tally.finish() }
    let records = try OTB100Material.loaded.get().records(of: tracker)
    let profiles = Profile.applicable(to: "ope", dataset: "otb100") + [.lasot]
    for (index, one) in profiles.enumerated() {
      for other in profiles[(index + 1)...] {
        for metric in [Metric.success, .precision] {
          let difference = try ProfileDifference(records, from: one, to: other, metric: metric)
          difference.check(records, from: one, to: other, tally: &tally)
        }
        #if DEBUG
          return  // One pair: a debug build takes twenty times as long.
        #endif
      }
    }
  }

  @Test("Each share is that of a run with only this rule changed, in the order printed", arguments: trackers.prefix(2))
  func shares(_ tracker: String) throws {
    let records = try OTB100Material.loaded.get().records(of: tracker)
    let difference = try ProfileDifference(records, from: .pysot, to: .pytracking)
    for (steps, rules) in [(difference.steps, Profile.rules), (difference.reverseSteps, Profile.rules.reversed())] {
      var mixture = Profile.pysot
      var before = try #require(DatasetScores(records, profile: mixture).overall).scores.auc
      var steps = steps[...]
      // Every rule is switched, also those that are said not to matter.
      for rule in rules {
        mixture = rule.taken(from: .pytracking, into: mixture)
        let after = try #require(DatasetScores(records, profile: mixture).overall).scores.auc
        if steps.first?.rule == rule.name {
          #expect(steps.removeFirst().share == after - before, "\(rule.name)")
        } else {
          #expect(after == before, "\(rule.name) is not explained")
        }
        before = after
      }
      #expect(steps.isEmpty)
    }
  }

  @Test("The ends are the toolkits' own numbers", arguments: trackers)
  func ends(_ tracker: String) throws {
    var tally = Tally("explain OTB100 \(tracker), ends")
    defer { tally.finish() }
    let records = try OTB100Material.loaded.get().records(of: tracker)
    for (from, to) in [(Profile.pysot, Profile.got10k), (.otb, .pysotToolkit)] {
      let difference = try ProfileDifference(records, from: from, to: to)
      for (profile, value) in [(from, difference.fromValue), (to, difference.toValue)] {
        let path = "\(goldens)/\(tracker).\(profile.name).json"
        guard Shared.has(path) else {
          tally.excuse("no \(path)")
          continue
        }
        let entries = (try Shared.json(path, as: Golden.self)).overall.entries
        guard case .number(let wanted)? = entries["success_auc"] ?? entries["success_score"] else {
          tally.expect(false, "\(path) has no success")
          continue
        }
        tally.expect(isClose(value, wanted, 1e-9), "\(profile.name): \(value), golden \(wanted)")
      }
    }
  }

  @Test(
    "SiamRPN's is the first frame, and nothing else",
    .enabled(if: trackers.contains("SiamRPN"), "needs ../shared/data/results/OTB100/SiamRPN"))
  func firstFrame() throws {
    let records = try OTB100Material.loaded.get().records(of: "SiamRPN")
    let difference = try ProfileDifference(records, from: .pysot, to: .got10k)
    let largest = try #require(difference.movingSteps.max { abs($0.share) < abs($1.share) })
    #expect(largest.rule == "first frame")
    #expect(difference.reverseSteps.max { abs($0.share) < abs($1.share) }?.rule == "first frame")
    let first = try #require(difference.largestMove)
    print(
      "explain SiamRPN: \(difference.fromValue) to \(difference.toValue), first frame \(largest.share), "
        + "most of all \(first.sequence) \(first.change)")
  }

  @Test(
    "MDNet's are the two short files, by name",
    .enabled(if: trackers.contains("MDNet"), "needs ../shared/data/results/OTB100/MDNet"))
  func shortFiles() throws {
    let records = try OTB100Material.loaded.get().records(of: "MDNet")
    let short = records.filter { $0.prediction.count < $0.truth.count }.map(\.name)
    let difference = try ProfileDifference(records, from: .pysot, to: .got10k)
    for steps in [difference.steps, difference.reverseSteps] {
      let largest = try #require(steps.max { abs($0.share) < abs($1.share) })
      #expect(largest.rule == "result too short")
      #expect(largest.gained.map(\.sequence) == short && !short.isEmpty)
      #expect(short.allSatisfy { largest.membership?.contains($0) ?? false })
    }
    #expect(difference.largestMove.map { short.contains($0.sequence) } ?? false)
    print("explain MDNet: \(difference.fromValue) to \(difference.toValue), short \(short)")
  }
}
