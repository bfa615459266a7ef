import Datasets
import Evaluation
import Foundation
import Geometry
import Interchange
import Scoring
import TestSupport
import Testing

/// What `data/results` holds of a data set, and the golden scores of it.
private struct Published {
  let dataset: String
  let results: String
  let golden: String

  static let onePass = [
    Published(dataset: "OTB100", results: "data/results/OTB100", golden: "golden/eval/OTB100"),
    Published(dataset: "LaSOT", results: "data/results/LaSOT", golden: "golden/eval/LaSOT"),
  ].filter { Shared.has($0.results) && SharedDataset.isThere($0.dataset) }

  static let supervised = [
    Published(dataset: "VOT2018", results: "data/results/VOT2018", golden: "golden/eval/VOT2018"),
    Published(dataset: "VOT2019", results: "data/results/VOT2019", golden: "golden/eval/VOT2019"),
  ].filter { Shared.has($0.results) && SharedDataset.isThere($0.dataset) }
}

/// The overall scores of a golden file, under each toolkit's own names.
private struct Overall: Decodable {
  let scores: [String: Double]
  let failed: [String]

  private enum CodingKeys: String, CodingKey { case overall, failed }
  private struct Anything: Decodable {}
  private struct Number: Decodable {
    let value: Double?
    init(from decoder: any Decoder) throws { value = try? decoder.singleValueContainer().decode(Double.self) }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    scores = try container.decode([String: Number].self, forKey: .overall).compactMapValues(\.value)
    failed = try container.decodeIfPresent([String: Anything].self, forKey: .failed)?.keys.sorted() ?? []
  }

  func value(_ keys: String...) -> Double? { keys.compactMap { scores[$0] }.first }
}

@Suite("Published result folders")
struct PublishedResultsTests {
  @Test(
    "Every file of boxes is taken whole or refused with a line, and nothing is lost",
    .enabled(if: !Published.onePass.isEmpty, "needs ../shared/data/results and annotations"))
  func onePass() throws {
    for published in Published.onePass {
      let dataset = try SharedDataset.named(published.dataset)
      for tracker in Shared.list(published.results) {
        let files = Shared.list("\(published.results)/\(tracker)").filter { $0.hasSuffix(".txt") }
        let found = try read(Shared.path("\(published.results)/\(tracker)"), dataset)
        var tally = Tally("\(published.results)/\(tracker)")
        tally.expect(found.tracker == tracker && found.protocolName == "ope", "\(found.tracker), \(found.protocolName)")
        tally.expect(
          found.trajectories.count + found.refused.count + found.ignored.count == files.count,
          "\(files.count) files, \(found.trajectories.count) read")
        let noted = Set(found.notes.map(\.sequence))
        for trajectory in found.trajectories {
          let wanted = dataset.sequence(trajectory.sequence)?.count
          tally.expect(
            (trajectory.boxes.count == wanted) != noted.contains(trajectory.sequence), "\(trajectory.sequence): length")
        }
        for fault in found.refused {
          tally.expect(fault.line != nil && fault.sequence != nil, "\(fault.place): \(fault.cause)")
        }
        for note in found.notes { print("\(tracker)/\(note)") }
        tally.finish()
      }
    }
  }

  @Test(
    "Imported boxes have the overall scores of every original toolkit, and stop on the sequences it stops on",
    .enabled(if: !Published.onePass.isEmpty, "needs ../shared/data/results and annotations"))
  func onePassScores() throws {
    for published in Published.onePass {
      let dataset = try SharedDataset.named(published.dataset)
      var outcomes: [String: ImportOutcome] = [:]
      for file in Shared.list(published.golden) where file.hasSuffix(".json") {
        let stem = file.dropLast(5)
        guard let dot = stem.lastIndex(of: ".") else { continue }
        let tracker = String(stem[..<dot])
        let name = String(stem[stem.index(after: dot)...])
        let isLaSOT = published.dataset == "LaSOT"
        guard let profile = (isLaSOT ? Profile.named("\(name).lasot") : nil) ?? Profile.named(name),
          Shared.has("\(published.results)/\(tracker)")
        else { continue }
        let golden: Overall = try Shared.json("\(published.golden)/\(file)")
        let outcome = try outcomes[tracker] ?? read(Shared.path("\(published.results)/\(tracker)"), dataset)
        outcomes[tracker] = outcome
        var tally = Tally("\(published.golden)/\(stem) imported")
        let records = outcome.trajectories.compactMap { trajectory in
          dataset.sequence(trajectory.sequence).map {
            SequenceRecord(
              name: $0.name, truth: $0.annotation.boxes, prediction: trajectory.boxes, visible: $0.visible)
          }
        }
        for (sequence, layout) in outcome.layouts { try profile.check(layout: layout, sequence: sequence) }
        let scores = DatasetScores(records, profile: profile)
        tally.expect(scores.failed.map(\.sequence).sorted() == golden.failed, "stopped: \(scores.failed)")
        let found = try #require(scores.overall).scores
        let unit = name == "pytracking" ? 100.0 : 1
        let tolerance = name == "pytracking" ? 5e-5 : 1e-9
        for (wanted, value) in [
          (golden.value("success_auc", "success_score", "AUC"), found.auc),
          (golden.value("precision20", "precision_score", "precision"), found.precision20),
        ] {
          let wanted = wanted ?? .nan
          tally.expect(abs(value * unit - wanted) <= tolerance, "\(value * unit), golden \(wanted)")
        }
        tally.finish()
      }
    }
  }

  @Test(
    "Runs from later frames and shifted boxes are read with their starts, and have the toolkit's scores",
    .enabled(
      if: Shared.has("golden/eval/TRE_SRE") && SharedDataset.isThere("OTB100"), "needs ../shared/golden/eval/TRE_SRE"),
    arguments: ["tre", "sre"])
  func perturbed(_ kind: String) throws {
    let dataset = try SharedDataset.named("OTB100")
    for tracker in Shared.list("data/results/OTB100-\(kind.uppercased())") {
      let folder = "data/results/OTB100-\(kind.uppercased())/\(tracker)"
      let files = Shared.list(folder).filter { $0.hasSuffix(".txt") }
      let found = try read(Shared.path(folder), dataset)
      var tally = Tally("\(folder) imported")
      defer { tally.finish() }
      tally.expect(found.protocolName == kind, found.protocolName)
      tally.expect(found.trajectories.count == files.count, "\(found.trajectories.count) of \(files.count) files")
      tally.expect(found.refused.isEmpty && found.notes.isEmpty, "\(found.refused) \(found.notes)")
      let records = Dictionary(grouping: found.trajectories, by: \.sequence).sorted { $0.key < $1.key }.map {
        name, runs in
        PerturbedRecord(
          name: name, truth: dataset.sequence(name)?.annotation.boxes ?? [],
          runs: runs.map { PerturbedRun(start: $0.pass.start, shift: $0.pass.shift, boxes: $0.boxes) })
      }
      guard Shared.has("golden/eval/TRE_SRE/\(tracker).\(kind.uppercased()).otb.json") else { continue }
      let golden: Overall = try Shared.json("golden/eval/TRE_SRE/\(tracker).\(kind.uppercased()).otb.json")
      let scores = try #require(DatasetScores(perturbed: records, profile: .otb).overall).scores
      tally.expect(
        abs(scores.auc - (golden.value("success_auc") ?? .nan)) < 1e-9
          && abs(scores.precision20 - (golden.value("precision20") ?? .nan)) < 1e-9, "\(scores.auc)")

      // The same folder without its meta.json.
      let copy = try TemporaryFolder()
      for file in files { try copy.copy(Shared.path("\(folder)/\(file)"), to: file) }
      let guessed = try read(copy.path, dataset, kind)
      tally.expect(
        guessed.refused.isEmpty && guessed.trajectories.map(\.pass) == found.trajectories.map(\.pass),
        "without meta.json: \(guessed.refused.first.map { "\($0)" } ?? "other starts")")
    }
  }

  @Test(
    "Every run of VOT is read, under the protocol its folder names",
    .enabled(if: !Published.supervised.isEmpty, "needs ../shared/data/results and annotations"))
  func supervised() throws {
    for published in Published.supervised {
      let dataset = try SharedDataset.named(published.dataset)
      for tracker in Shared.list(published.results) {
        let folder = "\(published.results)/\(tracker)"
        let experiments = Shared.list(folder)
        let outcomes = try ResultFolder.read(path: Shared.path(folder), dataset: dataset)
        var tally = Tally("\(folder) imported")
        let protocols = ["baseline": "supervised", "realtime": "supervised@realtime"]
        tally.expect(
          outcomes.map(\.protocolName) == experiments.map { protocols[$0] ?? $0 }, "\(outcomes.map(\.protocolName))")
        for (outcome, experiment) in zip(outcomes, experiments) {
          var files = 0
          for sequence in Shared.list("\(folder)/\(experiment)") {
            files += Shared.list("\(folder)/\(experiment)/\(sequence)").count
          }
          tally.expect(
            outcome.trajectories.count == files && outcome.refused.isEmpty && outcome.ignored.isEmpty,
            "\(experiment): \(outcome.trajectories.count) of \(files) files, refused \(outcome.refused)")
          let noted = Set(outcome.notes.map(\.sequence))
          for trajectory in outcome.trajectories {
            let wanted = dataset.sequence(trajectory.sequence)?.count
            tally.expect(
              (trajectory.outcomes.count == wanted) != noted.contains(trajectory.sequence),
              "\(experiment)/\(trajectory.sequence): length")
          }
          for note in outcome.notes { print("\(tracker)/\(experiment)/\(note)") }
        }
        tally.finish()
      }
    }
  }

  @Test(
    "Imported runs of VOT have the accuracy, failures and EAO of the original toolkits",
    .enabled(if: !Published.supervised.isEmpty, "needs ../shared/data/results and annotations"),
    arguments: ["pysot", "vot"])
  func supervisedScores(_ name: String) throws {
    let profile = try #require(Profile.named(name))
    for published in Published.supervised {
      let dataset = try SharedDataset.named(published.dataset)
      let interval = profile.eaoInterval(of: published.dataset)
      var tally = Tally("\(published.golden) \(name) imported")
      for tracker in Shared.list(published.results) where Shared.has("\(published.golden)/\(tracker).\(name).json") {
        let golden: VOTScores = try Shared.json("\(published.golden)/\(tracker).\(name).json")
        let outcome = try read(Shared.path("\(published.results)/\(tracker)"), dataset, "supervised")
        let scores = try #require(
          SupervisedScores(supervisedRecords(outcome, dataset), profile: profile, interval: interval))
        guard let accuracy = golden.accuracy ?? golden.baseline?.accuracy, let eao = golden.eao ?? golden.baseline?.eao
        else {
          tally.expect(!scores.isComplete, "\(tracker): the toolkit stops, we do not")
          continue
        }
        tally.expect(scores.isComplete, "\(tracker): \(scores.failed)")
        tally.expect(abs(scores.accuracy - accuracy) < 1e-6, "\(tracker): \(scores.accuracy), golden \(accuracy)")
        tally.expect(
          abs((scores.eao?.value ?? .nan) - eao) < 1e-6, "\(tracker): EAO \(scores.eao?.value ?? .nan), golden \(eao)")
      }
      tally.finish()
    }
  }

  @Test(
    "Fifteen repetitions over twenty of sixty sequences, which alone are missed where one is not there",
    .enabled(
      if: Shared.has("data/results/VOT2018/RAnet") && Shared.has("golden/eval/VOT2018-20"),
      "needs ../shared/data/results/VOT2018/RAnet"))
  func repetitions() throws {
    let dataset = try SharedDataset.named("VOT2018")
    let names = Set(
      String(decoding: try Shared.bytes("data/annotations/VOT2018/VOT2018-20.txt"), as: UTF8.self)
        .split(whereSeparator: \.isNewline).map(String.init))
    var tally = Tally("data/results/VOT2018/RAnet, \(names.count) sequences")
    defer { tally.finish() }
    let outcome = try read(Shared.path("data/results/VOT2018/RAnet"), dataset, sequences: names)
    tally.expect(outcome.isComplete && outcome.notes.isEmpty, "\(outcome.missing) \(outcome.refused) \(outcome.notes)")
    for (sequence, runs) in Dictionary(grouping: outcome.trajectories, by: \.sequence) {
      tally.expect(runs.map(\.pass.repetition) == Array(1...15), "\(sequence): \(runs.map(\.pass.repetition))")
    }
    let golden: VOTScores = try Shared.json("golden/eval/VOT2018-20/RAnet.pysot.json")
    let scores = try #require(
      SupervisedScores(
        supervisedRecords(outcome, dataset), profile: .pysot, interval: Profile.pysot.eaoInterval(of: "VOT2018")))
    tally.expect(abs(scores.accuracy - (golden.accuracy ?? .nan)) < 1e-6, "\(scores.accuracy)")
    tally.expect(abs((scores.eao?.value ?? .nan) - (golden.eao ?? .nan)) < 1e-6, "\(scores.eao?.value ?? .nan)")
  }
}
