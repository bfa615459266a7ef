import Datasets
import Evaluation
import Foundation
import Geometry
import Imaging
import Scoring

extension Export {
  private static let configuration = "config.yaml"
  private static let registry = "trackers.ini"
  private static let list = "sequences/list.txt"

  /// A workspace of the VOT toolkit: `results/<tracker>/<experiment>`, and around it what the toolkit needs to analyse them.
  ///
  /// In an empty place that is `config.yaml` with the experiments, `trackers.ini`, and for each sequence its annotation,
  /// tags and size; pictures are not copied, and the analyses open none. In a workspace that is there already only the
  /// results are added, and the tracker to its `trackers.ini`.
  func workspace(_ path: String) throws(InterchangeError) -> ExportPlan {
    guard tracker.wholeMatch(of: /[A-Za-z0-9_-]+/) != nil else {
      throw InterchangeError(
        file: path, cause: "the VOT toolkit takes letters, digits, - and _ in a tracker's name, found \"\(tracker)\"",
        remedy: "export it under another name")
    }
    var plan = ExportPlan()
    let folder = "results/\(tracker)/\(resultProtocol.experiment ?? resultProtocol.name)"
    for (sequence, runs) in sequences {
      try addRuns(runs, of: sequence.name, in: folder, to: &plan)
    }
    if ResultListing.isTaken("\(path)/\(Self.configuration)") {
      try join(path, &plan)
    } else {
      plan.add(Self.configuration, configurationText)
      plan.add(Self.registry, section)
      plan.add(Self.list, Self.lines(sequences.map(\.sequence.name)), in: "sequences")
      for (sequence, _) in sequences { try add(sequence, to: &plan) }
    }
    return plan
  }

  /// Adds to a workspace that is there.
  private func join(_ path: String, _ plan: inout ExportPlan) throws(InterchangeError) {
    let names: Set<Substring>
    let registered: String
    do {
      names = Set(
        String(decoding: try TextFile.read("\(path)/\(Self.list)", name: Self.list), as: UTF8.self)
          .split(whereSeparator: \.isNewline))
      registered =
        ResultListing.isTaken("\(path)/\(Self.registry)")
        ? String(decoding: try TextFile.read("\(path)/\(Self.registry)", name: Self.registry), as: UTF8.self) : ""
    } catch {
      throw InterchangeError(
        file: "\(path)/\(error.file)", line: error.line, cause: error.cause,
        remedy: "export to a folder that is not there yet")
    }
    if let other = sequences.first(where: { !names.contains($0.sequence.name[...]) }) {
      throw refusal(
        other.sequence.name, "\(path)/\(Self.list)", "the workspace has no sequence \(other.sequence.name)",
        "export to a folder that is not there yet")
    }
    let isRegistered = registered.split(whereSeparator: \.isNewline).contains {
      $0.trimmingCharacters(in: .whitespaces) == "[\(tracker)]"
    }
    if !isRegistered {
      let gap = registered.isEmpty ? "" : registered.hasSuffix("\n") ? "\n" : "\n\n"
      plan.replacements.append((Self.registry, registered + gap + section))
    }
  }

  private var section: String {
    Self.lines([
      "[\(tracker)]", "label = \(tracker)", "protocol = trax", "command = trackbench serve --tracker \(tracker)",
    ])
  }

  /// Annotation, size and tags of a sequence. The length and the size are what the toolkit would open pictures for.
  private func add(_ sequence: Datasets.Sequence, to plan: inout ExportPlan) throws(InterchangeError) {
    let folder = "sequences/\(sequence.name)"
    let size = try size(of: sequence)
    var properties = [
      "channels.color=color/%08d.jpg", "format=default", "height=\(size.height)", "length=\(sequence.count)",
      "name=\(sequence.name)", "width=\(size.width)",
    ]
    if let rate = sequence.video?.frameRate, let frames = Int(exactly: rate.rounded()), frames > 0 {
      properties.insert("fps=\(frames)", at: 2)
    }
    plan.add("\(folder)/sequence", Self.lines(properties), in: "sequences")
    plan.add(
      "\(folder)/groundtruth.txt", Self.lines(sequence.annotation.regions.map(\.text)), in: "sequences")
    for (tag, flags) in sequence.frameTags.sorted(by: { $0.key < $1.key })
    where ResultListing.isPlainName(tag) && flags.contains(true) {
      plan.add("\(folder)/\(tag).tag", Self.lines(flags.map { $0 ? "1" : "0" }), in: "sequences")
    }
    if let anchors = sequence.anchors {
      plan.add("\(folder)/anchor.value", Self.lines(anchors.map(String.init)), in: "sequences")
    }
  }

  private func size(of sequence: Datasets.Sequence) throws(InterchangeError) -> (width: Int, height: Int) {
    if let width = sequence.video?.width, let height = sequence.video?.height { return (width, height) }
    if sequence.frames.count > 0 {
      if let files = sequence.frames.files, let header = try? ImageHeader.read(files.path(at: 0)) {
        return (header.width, header.height)
      }
      if let image = try? sequence.frames.image(at: 0) { return (image.width, image.height) }
    }
    throw refusal(
      sequence.name, sequence.name, "nothing says how large its pictures are, and the VOT toolkit has to know",
      "name the folder of the data set's pictures: --data-root")
  }

  /// The registry, and a stack of the experiments that results of this kind belong to.
  private var configurationText: String {
    var lines = [
      "registry:", "- ./\(Self.registry)", "sequences: ./sequences", "stack:",
      "  title: \(title)", "  experiments:",
    ]
    for other in family {
      lines += ["    \(other.experiment ?? other.name):"] + experimentLines(other).map { "      \($0)" }
    }
    return Self.lines(lines)
  }

  /// Protocols that are published together.
  private var family: [ResultProtocol] {
    let kind = resultProtocol.kind
    if kind == .longterm { return [false, true].map { ResultProtocol(.longterm, isRealTime: $0) } }
    let main: ResultProtocol.Kind =
      kind == .multistart || kind == .unsupervised && sequences.contains { $0.sequence.anchors != nil }
      ? .multistart : .supervised
    return [main, .unsupervised].flatMap { kind in [false, true].map { ResultProtocol(kind, isRealTime: $0) } }
  }

  private func experimentLines(_ other: ResultProtocol) -> [String] {
    // Data sets without an interval of their own get that of VOT2016, or VOT2020's for runs from anchors.
    let isAnchored = other.kind == .multistart
    let interval =
      Profile.vot.eaoInterval(of: dataset.name) ?? Profile.vot.eaoInterval(of: isAnchored ? "VOT2020" : "VOT2016")
      ?? EAOInterval(low: 0, high: 0)
    let repetitions = sequences.flatMap(\.runs).map(\.pass.repetition).max() ?? 1
    let bounds = ["  low: \(interval.low)", "  high: \(interval.high)"]
    let grace = other.isRealTime ? ["realtime:", "  grace: 3"] : []
    switch other.kind {
    case .supervised:
      return ["type: supervised"] + grace
        + ["repetitions: \(other.isRealTime ? repetitions : max(15, repetitions))", "skip_initialize: 5", "analyses:"]
        + ["- type: supervised_average_ar", "  sensitivity: 30", "- type: supervised_eao_score"] + bounds
        + ["- type: supervised_eao_curve"]
    case .multistart:
      return ["type: multistart"] + grace + ["analyses:", "- type: multistart_eao_score"] + bounds
        + ["- type: multistart_eao_curve", "  high: \(interval.high)", "- type: multistart_average_ar"]
    case .longterm:
      return ["type: unsupervised"] + grace
        + ["repetitions: \(repetitions)", "analyses:", "- type: pr_curve", "- type: f_curve"]
    default:
      return ["type: unsupervised"] + grace
        + ["repetitions: \(repetitions)", "analyses:", "- type: average_accuracy"]
        + (family[0].kind == .multistart ? ["  burnin: 1"] : [])
    }
  }

  /// In quotation marks, as YAML has them.
  private var title: String {
    let name = String(String.UnicodeScalarView(dataset.name.unicodeScalars.filter { $0.value >= 0x20 }))
    return "'results of trackbench on \(name.replacing("'", with: "''"))'"
  }
}
