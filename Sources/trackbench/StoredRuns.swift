import Scoreboard
import Store

/// The runs of a store, found by what people call them.
struct StoredRuns {
  let store: ResultStore
  let all: [StoredRun]

  init(_ store: ResultStore) throws {
    self.store = store
    all = try store.runs()
    guard !all.isEmpty else {
      throw CommandFault(
        place: store.path, cause: "the store holds no run yet",
        remedy: "fill it with `trackbench run` or `trackbench import`")
    }
  }

  /// Those that fit; an empty list takes any. A data set may be named by its folder's path, as for `run`. Throws for a name
  /// the store does not hold, and where nothing is left.
  func filtered(
    tracker: [String] = [], dataset: [String] = [], protocolName: String? = nil, numbers: [String] = []
  ) throws -> [StoredRun] {
    let dataset = dataset.map(Self.storedName)
    try refuseUnknown("tracker", tracker, among: all.map(\.identity.tracker))
    try refuseUnknown("dataset", dataset, among: all.map(\.identity.dataset))
    try refuseUnknown("protocol", protocolName.map { [$0] } ?? [], among: all.map(\.identity.protocolName))
    try refuseUnknown("run", numbers, among: all.map { String($0.id) })
    let chosen = all.filter {
      (tracker.isEmpty || tracker.contains($0.identity.tracker))
        && (dataset.isEmpty || dataset.contains($0.identity.dataset))
        && (protocolName == nil || protocolName == $0.identity.protocolName)
        && (numbers.isEmpty || numbers.contains(String($0.id)))
    }
    guard !chosen.isEmpty else {
      let what = [
        tracker.isEmpty ? nil : "of \(tracker.joined(separator: ", "))",
        dataset.isEmpty ? nil : "on \(dataset.joined(separator: ", "))", protocolName.map { "under \($0)" },
      ].compactMap(\.self)
      throw CommandFault(
        place: store.path, cause: "no run \(what.joined(separator: " "))",
        remedy: "`trackbench report` without filters lists what is there")
    }
    return chosen
  }

  /// The one run of a tracker that fits.
  ///
  /// - Parameter tracker: its name, or a run's number where the name does not tell.
  func one(_ tracker: String, dataset: String?, protocolName: String?) throws -> StoredRun {
    let isNumber = all.contains { String($0.id) == tracker }
    let found = try filtered(
      tracker: isNumber ? [] : [tracker], dataset: dataset.map { [$0] } ?? [], protocolName: protocolName,
      numbers: isNumber ? [tracker] : [])
    guard found.count == 1 else {
      let list = found.map { "\($0.id) (\($0.identity.dataset), \($0.identity.protocolName)\(Self.preset($0)))" }
      throw CommandFault(
        place: "\(tracker) in \(store.path)", cause: "\(found.count) runs fit: \(list.joined(separator: ", "))",
        remedy: "say which with --dataset and --protocol, or give the run's number instead of the name")
    }
    return found[0]
  }

  private static func preset(_ run: StoredRun) -> String {
    run.identity.settings["preset"].map { ", preset \($0)" } ?? ""
  }

  /// Runs on a folder are stored under the folder's own name.
  private static func storedName(_ dataset: String) -> String {
    dataset.split(separator: "/").last.map(String.init) ?? dataset
  }

  private func refuseUnknown(_ kind: String, _ names: [String], among known: [String]) throws {
    let known = known.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    for name in names where !known.contains(name) {
      throw CommandFault.unknown("\(kind) in \(store.path):", name, among: known)
    }
  }
}
