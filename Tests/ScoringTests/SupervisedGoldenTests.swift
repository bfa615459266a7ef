import Foundation
import Geometry
import Scoring
import TestSupport
import Testing

private let evaluations = "golden/eval"

/// A golden file of runs with resets: `VOT2018/SiamRPN.pysot.json`.
struct SupervisedGolden: Sendable, CustomTestStringConvertible {
  /// `VOT2018-20`.
  let folder: String
  let tracker: String
  let profile: String

  var title: String { "\(folder)/\(tracker).\(profile)" }
  var testDescription: String { title }
  /// The data set whose annotations and results it is about.
  var dataset: String { folder.split(separator: "-").first.map(String.init) ?? folder }

  static let all: [SupervisedGolden] = Shared.list(evaluations).filter { $0.hasPrefix("VOT") }.flatMap { folder in
    Shared.list("\(evaluations)/\(folder)").compactMap { file -> SupervisedGolden? in
      guard file.hasSuffix(".json"), let dot = file.dropLast(5).lastIndex(of: ".") else { return nil }
      return SupervisedGolden(
        folder: folder, tracker: String(file[..<dot]),
        profile: String(file.dropLast(5)[file.index(after: dot)...]))
    }
  }
}

private let accuracyTolerance = 1e-6
private let exact = 1e-9

extension Ours {
  static func pysot(_ scores: SupervisedScores) -> Ours {
    var tags: [String: Ours] = [:]
    for tag in scores.tags { tags[tag.name] = .number(tag.eao, accuracyTolerance) }
    var object: [String: Ours] = [
      "accuracy": .number(scores.accuracy, accuracyTolerance), "lost_number": .number(scores.failures, exact),
      "robustness": .number(scores.robustness, exact), "length": .number(Double(scores.frames), 0),
      "eao": .number(scores.eao?.value, accuracyTolerance), "eao_error": .number(scores.eao?.value, 0),
      "eao_curve": .curve(scores.eao?.curve, accuracyTolerance), "eao_tags": .object(tags),
      "eao_interval": .interval(scores.eao?.interval),
      "sequences": .object(
        Dictionary(
          uniqueKeysWithValues: scores.sequences.map {
            (
              $0.name,
              .object([
                "accuracy": .number($0.accuracy, accuracyTolerance), "lost": .number($0.failures, exact),
                "repetitions": .number(Double($0.repetitions), 0),
              ])
            )
          })),
    ]
    for key in ["tracker", "dataset", "profile"] { object[key] = .passed }
    return .object(object)
  }

  static func vot(_ scores: SupervisedScores) -> Ours {
    guard scores.isComplete else { return .stopped }
    return .object([
      "accuracy": .number(scores.accuracy, accuracyTolerance), "robustness": .number(scores.robustness, exact),
      "ar": .curve([scores.arRobustness, scores.accuracy], accuracyTolerance),
      "mean_length": .number(scores.meanLength, exact), "cumulative_failures": .number(scores.failures, exact),
      "eao": .number(scores.eao?.value, accuracyTolerance),
      "eao_curve": .curve(scores.eao?.curve, accuracyTolerance),
      "eao_interval": .interval(scores.eao?.interval),
      "sequences": .object(
        Dictionary(
          uniqueKeysWithValues: scores.sequences.map {
            (
              $0.name,
              .object([
                "accuracy": .number($0.accuracy, accuracyTolerance), "failures": .number($0.failures, exact),
                "ar_robustness": .number($0.arRobustness, exact), "length": .number(Double($0.frames), 0),
              ])
            )
          })),
    ])
  }

  static func unsupervised(_ scores: UnsupervisedScores) -> Ours {
    .object([
      "accuracy_weighted": .number(scores.averageOverlap, accuracyTolerance),
      "accuracy_unweighted": .number(scores.unweightedOverlap, accuracyTolerance),
      "sequences": .object(
        Dictionary(
          uniqueKeysWithValues: scores.sequences.map { ($0.name, .number($0.averageOverlap, accuracyTolerance)) })),
    ])
  }

  static func interval(_ interval: EAOInterval?) -> Ours {
    .curve(interval.map { [Double($0.low), Double($0.high)] }, 0)
  }
}

@Suite("Scores of runs with resets, as the toolkits have them")
struct SupervisedGoldenTests {
  @Test(
    "Published results on VOT2018 and VOT2019",
    .enabled(if: !SupervisedGolden.all.isEmpty, "needs ../shared/golden/eval/VOT2018"),
    arguments: SupervisedGolden.all)
  func published(_ file: SupervisedGolden) throws {
    let golden: GoldenTree = try Shared.json("\(evaluations)/\(file.title).json")
    guard file.profile != "vot-matlab7" else { return compareLoosely(golden, with: file) }
    var tally = Tally("eval/\(file.title)")
    defer { tally.finish() }
    guard let profile = Profile.named(file.profile), profile.supervised != nil else {
      return tally.expect(false, "no profile \(file.profile) for such runs")
    }
    guard let material = try VOTMaterial.named(file.dataset) else {
      return tally.expect(false, "no annotation of \(file.dataset)")
    }
    let interval = profile.eaoInterval(of: file.dataset)
    let names = Self.sequenceNames(golden) ?? material.sequences.map(\.name)
    func records(_ experiment: String) throws -> [SupervisedRecord] {
      try material.records("data/results/\(file.dataset)/\(file.tracker)/\(experiment)", only: Set(names))
    }

    switch file.profile {
    case "vot":
      for experiment in golden.keys where golden[experiment]?.keys.isEmpty == false {
        guard let wanted = golden[experiment] else { continue }
        let all = try records(experiment)
        tally.expect(all.count == names.count, "\(experiment): results of \(all.count) of \(names.count) sequences")
        if experiment == "unsupervised" {
          try compareUnsupervised(all, wanted, profile, &tally)
        } else if let scores = SupervisedScores(all, profile: profile, interval: interval) {
          // The toolkit's error stands in an object of its own.
          tally.expect(.vot(scores), equals: wanted["error"] ?? wanted, experiment)
        }
      }
    case "got10k":
      let scores = try #require(SupervisedScores(try records("baseline"), profile: profile, interval: nil))
      tally.expect(scores.isComplete, "stopped: \(scores.failed)")
      tally.expect(
        .object([
          "accuracy": .number(scores.accuracy, exact), "robustness": .number(scores.robustness, exact),
          "tracker": .passed, "dataset": .passed, "profile": .passed,
        ]), equals: golden, "")
    default:
      let scores = try #require(SupervisedScores(try records("baseline"), profile: profile, interval: interval))
      tally.expect(scores.isComplete, "stopped: \(scores.failed)")
      tally.expect(.pysot(scores), equals: golden, "")
    }
  }

  @Test(
    "Failures at awkward places, codes without failure, short results, everything lost",
    .enabled(if: Shared.has("\(evaluations)/edge/vot"), "needs ../shared/golden/eval/edge/vot"),
    arguments: Shared.list("\(evaluations)/edge/vot"))
  func edges(_ name: String) throws {
    let folder = "\(evaluations)/edge/vot/\(name)"
    let golden: GoldenTree = try Shared.json("\(folder)/expected.json")
    let material = try VOTMaterial("\(folder)/VOT2018.json")
    let records = try material.records("\(folder)/results/T/baseline", only: Set(material.sequences.map(\.name)))
    for key in golden.keys {
      var tally = Tally("eval/edge/vot/\(name) \(key)")
      defer { tally.finish() }
      guard let profile = Profile.named(key), let wanted = golden[key],
        let scores = SupervisedScores(records, profile: profile, interval: profile.eaoInterval(of: "VOT2018"))
      else {
        tally.expect(false, "no profile \(key) for such runs")
        continue
      }
      if key == "vot" {
        let baseline = wanted["baseline"]
        tally.expect(.vot(scores), equals: baseline?["error"] ?? baseline ?? .null, "baseline")
      } else {
        tally.expect(scores.isComplete, "stopped: \(scores.failed)")
        tally.expect(.pysot(scores), equals: wanted, "")
      }
    }
  }

  /// The sequences a golden file is about, nil where it has none: the toolkit stopped, or its file names none.
  private static func sequenceNames(_ golden: GoldenTree) -> [String]? {
    let lists = [golden["sequences"]] + golden.keys.map { golden[$0]?["sequences"] }
    return lists.compactMap { $0?.keys }.first { !$0.isEmpty }
  }

  private func compareUnsupervised(
    _ records: [SupervisedRecord], _ golden: GoldenTree, _ profile: Profile, _ tally: inout Tally
  ) throws {
    for key in golden.keys {
      guard let wanted = golden[key] else { continue }
      if key == "success_plot" {
        let scores = try #require(UnsupervisedScores(records, profile: profile))
        guard case .list(let pairs) = wanted else { return tally.expect(false, "success_plot is no list") }
        tally.expect(pairs.count == scores.success.count, "success_plot has \(pairs.count) points")
        for (index, pair) in pairs.enumerated() where index < scores.success.count {
          tally.expect(
            .curve([scores.thresholds[index], scores.success[index]], exact), equals: pair, "success_plot[\(index)]")
        }
      } else if key.hasPrefix("burnin"), let burnIn = Int(key.dropFirst(6)) {
        let options = UnsupervisedScores.Options(burnIn: burnIn)
        let scores = try #require(UnsupervisedScores(records, profile: profile, options: options))
        tally.expect(scores.isComplete, "stopped: \(scores.failed)")
        tally.expect(.unsupervised(scores), equals: wanted, key)
      } else {
        tally.expect(false, "unsupervised/\(key): not a score this test knows")
      }
    }
  }

  /// Excused by its README: numbers of the VOT MATLAB toolkit, for comparison only. Nothing has to match, but numbers of the
  /// same kind from the same files should be near.
  private func compareLoosely(_ golden: GoldenTree, with file: SupervisedGolden) {
    var tally = Tally("eval/\(file.title), excused, only near (within 0.01)")
    defer { tally.finish() }
    guard let material = try? VOTMaterial.named(file.dataset),
      let records = try? material.records(
        "data/results/\(file.dataset)/\(file.tracker)/baseline", only: Set(material.sequences.map(\.name))),
      let scores = SupervisedScores(records, profile: .pysot, interval: Profile.pysot.eaoInterval(of: file.dataset)),
      let all = scores.tags.first
    else { return tally.expect(false, "no scores of \(file.tracker)") }
    let baseline = golden["baseline"]
    tally.expect(
      .number(all.accuracy, 0.01), equals: baseline?["accuracy"]?["all"] ?? .null, "accuracy, within 0.01")
    tally.expect(.number(all.failures, 0), equals: baseline?["failures"]?["all"] ?? .null, "failures")
    tally.expect(.number(scores.eao?.value, 0.01), equals: baseline?["eao"] ?? .null, "eao, within 0.01")
  }

  @Test(
    "Accuracy, robustness and expected overlap of VOT2018 take a fraction of a second",
    .enabled(if: Shared.has("data/results/VOT2018/SiamRPN"), "needs ../shared/data/results/VOT2018"))
  func speed() throws {
    guard let material = try VOTMaterial.named("VOT2018") else { return }
    let records = try material.records(
      "data/results/VOT2018/SiamRPN/baseline", only: Set(material.sequences.map(\.name)))
    for profile in [Profile.pysot, .pysotToolkit, .vot, .got10k] {
      var fastest = Double.infinity
      for _ in 0..<5 {
        // Processor time of this thread: the other tests run beside it.
        let start = threadSeconds()
        let scores = SupervisedScores(records, profile: profile, interval: profile.eaoInterval(of: "VOT2018"))
        fastest = min(fastest, threadSeconds() - start)
        #expect(scores?.isComplete ?? false)
      }
      print("VOT2018 SiamRPN, profile \(profile.name): \((fastest * 1000).rounded()) ms")
      #if !DEBUG
        #expect(fastest < 0.15)
      #endif
    }
  }
}

/// Processor time of this thread, which no test beside it uses up.
func threadSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
