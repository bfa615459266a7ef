import Foundation
import Geometry
import Scoring
import TestSupport
import Testing

private let folder = "golden/eval/OTB100"

/// A golden file of a profile we have: `MDNet.otb.json`.
private struct GoldenFile {
  let tracker: String
  let profile: Profile

  var path: String { "\(folder)/\(title).json" }
  var title: String { "\(tracker).\(profile.name)" }

  static let all: [GoldenFile] = Shared.list(folder).compactMap { file in
    guard file.hasSuffix(".json") else { return nil }
    let stem = file.dropLast(5)
    guard let dot = stem.lastIndex(of: "."), let profile = Profile.named(String(stem[stem.index(after: dot)...]))
    else { return nil }
    return GoldenFile(tracker: String(stem[..<dot]), profile: profile)
  }
}

private struct Golden: Decodable {
  struct Counted: Decodable {
    let count: Int
    let scores: GoldenScores

    init(from decoder: any Decoder) throws {
      count = try decoder.container(keyedBy: Key.self).decode(Int.self, forKey: .count)
      scores = try GoldenScores(from: decoder)
    }
    enum Key: CodingKey { case count }
  }
  struct Stop: Decodable {}

  let overall: Counted
  let sequences: [String: GoldenScores]
  let attributes: [String: Counted]?
  let subsets: [String: Counted]?
  let failed: [String: Stop]?
}

@Suite("Scores of published results on OTB-100", .enabled(if: Shared.has(folder), "needs ../shared/golden/eval/OTB100"))
struct OTB100GoldenTests {
  @Test(
    "Curves and scores equal those of the original toolkits",
    .enabled(if: OTB100Material.isThere, "needs ../shared/data/annotations/OTB100"),
    arguments: Set(GoldenFile.all.map(\.tracker)).sorted().filter { Shared.has("data/results/OTB100/\($0)") })
  func equalsToolkits(_ tracker: String) throws {
    let material = try OTB100Material.loaded.get()
    let records = try material.records(of: tracker)
    for file in GoldenFile.all where file.tracker == tracker {
      try compare(records, material, with: file)
    }
  }

  private func compare(_ all: [SequenceRecord], _ material: OTB100Material, with file: GoldenFile) throws {
    let golden: Golden = try Shared.json(file.path)
    let profile = file.profile
    let wantedNames = Set(golden.sequences.keys).union((golden.failed ?? [:]).keys)
    let records = all.filter { wantedNames.contains($0.name) }
    let scores = DatasetScores(
      records, profile: profile, attributes: golden.attributes?.keys.sorted() ?? [],
      subsets: material.subsets.filter { golden.subsets?.keys.contains($0.key) ?? false })

    var tally = Tally("eval/OTB100 \(file.title)")
    func compare(_ group: GroupScores?, _ wanted: Golden.Counted, _ place: String) {
      guard let group else { return tally.expect(false, "\(place) is not scored") }
      tally.expect(group.sequences == wanted.count, "\(place): \(group.sequences) sequences, golden \(wanted.count)")
      tally.expect(group.scores, equals: wanted.scores, profile: profile.name, isMean: true, place)
    }

    let withoutFile = wantedNames.subtracting(records.map(\.name))
    if withoutFile.isEmpty {
      compare(scores.overall, golden.overall, "overall")
      for (name, wanted) in (golden.attributes ?? [:]).sorted(by: { $0.key < $1.key }) {
        compare(scores.attributes.first { $0.name == name }, wanted, "attribute \(name)")
      }
      for (name, wanted) in (golden.subsets ?? [:]).sorted(by: { $0.key < $1.key }) {
        if material.subsets[name] == nil {
          tally.excuse("no list \(name).txt")
        } else {
          compare(scores.subsets.first { $0.name == name }, wanted, "subset \(name)")
        }
      }
    } else {
      tally.excuse("all means, as \(withoutFile.count) result files are not there")
    }
    let ours = Dictionary(uniqueKeysWithValues: scores.sequences.map { ($0.name, $0.scores) })
    for (name, wanted) in golden.sequences.sorted(by: { $0.key < $1.key }) {
      if let found = ours[name] {
        tally.expect(found, equals: wanted, profile: profile.name, name)
      } else if !withoutFile.contains(name) {
        tally.expect(false, "\(name): the toolkit has scores, we stop")
      }
    }
    let failed = scores.failed.map(\.sequence).sorted()
    let wantedFailed = (golden.failed ?? [:]).keys.filter { !withoutFile.contains($0) }.sorted()
    tally.expect(failed == wantedFailed, "failed: \(failed), golden \(wantedFailed)")
    tally.finish()
  }

  @Test(
    "All trackers are scored in a fraction of a second under each profile",
    .enabled(if: OTB100Material.isThere, "needs ../shared/data/annotations/OTB100"))
  func speed() throws {
    let material = try OTB100Material.loaded.get()
    let trackers = Set(GoldenFile.all.map(\.tracker)).sorted()
    let records = try trackers.map { try material.records(of: $0) }
    let frames = records.joined().reduce(0) { $0 + $1.truth.count }
    for profile in Profile.all {
      let time = ContinuousClock().measure {
        for tracker in records {
          let scores = DatasetScores(tracker, profile: profile, subsets: material.subsets)
          #expect(scores.overall != nil || tracker.isEmpty)
        }
      }
      print("scoring \(trackers.count) trackers, \(frames) frames, profile \(profile.name): \(time)")
      // Ten times what a release build takes on a slow machine; a debug build stays below too.
      #expect(time < .seconds(10))
    }
  }
}
