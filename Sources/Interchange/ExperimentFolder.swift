import Datasets
import Evaluation
import Foundation
import Scoring

/// One folder of results under one protocol.
struct ExperimentFolder {
  let path: String
  let resultProtocol: ResultProtocol
  private let content: Content

  /// How the files lie.
  private enum Content {
    case onePass(OnePassFolder)
    case perturbed(PerturbedFolder)
    case sequences(SequenceFolders)
  }

  /// The experiments in a tracker's folder; the folder itself where it has no subfolders of their names.
  /// - Parameter wanted: nil for all.
  static func find(
    _ path: String, wanted: ResultProtocol?, _ selection: Selection
  ) throws(InterchangeError) -> [ExperimentFolder] {
    let listing = try ResultListing(path)
    let experiments = listing.folders.filter { name in
      !ResultProtocol.named(byExperiment: name).isEmpty && !selection.names.contains(name)
    }
    guard !experiments.isEmpty else {
      let own = ResultProtocol.named(byExperiment: URL(fileURLWithPath: path).standardizedFileURL.lastPathComponent)
      return [try ExperimentFolder(listing, wanted: wanted, named: own, selection)]
    }
    var found: [ExperimentFolder] = []
    for name in experiments {
      let own = ResultProtocol.named(byExperiment: name)
      if let wanted, !own.contains(wanted) { continue }
      found.append(
        try ExperimentFolder(ResultListing(listing.path(of: name)), wanted: wanted, named: own, selection))
    }
    guard !found.isEmpty else {
      throw InterchangeError(
        file: path,
        cause: "there is \(experiments.joined(separator: ", ")), and no results of \(wanted?.name ?? "any")",
        remedy: wanted?.experiment.map { "such results lie in a folder \($0)" } ?? "name another protocol")
    }
    return found
  }

  /// - Parameter named: the protocols that the folder's name stands for.
  private init(
    _ listing: ResultListing, wanted: ResultProtocol?, named: [ResultProtocol], _ selection: Selection
  ) throws(InterchangeError) {
    path = listing.path
    let folders = SequenceFolders(listing, selection)
    let flat = OnePassFolder(listing, selection)
    let kinds = wanted.map { [$0] } ?? named

    if kinds.first.map({ $0.kind == .ope }) ?? true, !flat.isEmpty {
      resultProtocol = wanted ?? ResultProtocol(.ope)
      content = .onePass(flat)
    } else if !folders.isEmpty, kinds.first.map({ $0.kind != .tre && $0.kind != .sre }) ?? true {
      resultProtocol = try Self.resultProtocol(of: folders, kinds, selection)
      content = .sequences(folders)
    } else if kinds.first.map({ $0.kind == .tre || $0.kind == .sre }) ?? true,
      case let perturbed = try PerturbedFolder(listing, selection), !perturbed.isEmpty,
      let kind = wanted ?? perturbed.metadata.map({ ResultProtocol($0.hasShifts ? .sre : .tre) })
    {
      resultProtocol = kind
      content = .perturbed(perturbed)
    } else {
      throw Self.nothing(listing, wanted ?? named.first, selection)
    }
  }

  /// What runs in folders of sequences are, by the names of their files.
  private static func resultProtocol(
    of folders: SequenceFolders, _ kinds: [ResultProtocol], _ selection: Selection
  ) throws(InterchangeError) -> ResultProtocol {
    guard let files = folders.firstFiles(selection) else {
      throw InterchangeError(
        file: folders.listing.path, cause: "no folder of a sequence in it holds result files",
        remedy: "they are called <Sequence>/<Sequence>_001.txt, or _00000000.txt for runs from anchors")
    }
    let isAnchored = files.repetitions.isEmpty
    if let kind = kinds.first(where: { ($0.kind == .multistart) == isAnchored }) { return kind }
    if let kind = kinds.first {
      throw InterchangeError(
        file: files.anchored.first?.name ?? files.repetitions[0].name,
        cause: "expected results of \(kind), found \(isAnchored ? "runs from anchors" : "numbered repetitions")",
        remedy: isAnchored ? "import it as multistart" : "import it as supervised, or under the protocol it was run")
    }
    if isAnchored { return ResultProtocol(.multistart) }
    // Boxes from the first line on are GOT-10k's; codes belong to a protocol that only a folder's name tells.
    let first = files.repetitions[0]
    if !first.name.hasSuffix(".bin"), let bytes = try? TextFile.read(first.path),
      bytes.prefix(while: { $0 != UInt8(ascii: "\n") }).contains(where: {
        $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\t")
      })
    {
      return ResultProtocol(.ope)
    }
    throw InterchangeError(
      file: folders.listing.path,
      cause: "these are runs of VOT, and the folder's name does not say whether resets were made",
      remedy: "name the protocol: --protocol supervised, supervised@realtime, unsupervised or longterm")
  }

  private static func nothing(
    _ listing: ResultListing, _ wanted: ResultProtocol?, _ selection: Selection
  ) -> InterchangeError {
    let example = selection.names.first ?? "<Sequence>"
    let name =
      switch wanted?.kind {
      case nil, .ope: "\(example).txt"
      case .tre, .sre: "\(example)_01.txt"
      case .multistart: "\(example)/\(example)_00000000.txt"
      default: "\(example)/\(example)_001.txt"
      }
    if listing.files.contains(where: { $0.hasSuffix(".mat") }) {
      return InterchangeError(
        file: listing.path, cause: "expected text, found the .mat files of MATLAB",
        remedy: "write each as \(name), one box x,y,w,h a line")
    }
    return InterchangeError(
      file: listing.path, cause: "no file is named after a sequence of \(selection.dataset.name)",
      remedy: "name the folder that holds \(name) and the others")
  }

  func read(_ selection: Selection, tracker: String) -> ImportOutcome {
    let kind = resultProtocol.kind
    let (results, ignored) =
      switch content {
      case .onePass(let folder): folder.read(selection)
      case .perturbed(let folder): folder.read(selection, kind)
      case .sequences(let folders):
        folders.read(selection) { sequence, files, result throws(InterchangeError) in
          switch kind {
          case .ope: try GOT10kFolder.read(sequence, files, into: &result)
          case .multistart: try VOTFolder.readAnchored(sequence, files, into: &result)
          default: try VOTFolder.read(sequence, files, kind, into: &result)
          }
          result.ignored += (kind == .multistart ? files.repetitions : files.anchored).map(\.name)
        }
      }
    return ImportOutcome(
      tracker: tracker, protocolName: resultProtocol.name, folder: path,
      trajectories: results.flatMap(\.trajectories),
      layouts: Dictionary(
        results.compactMap { result in result.layout.map { (result.sequence, $0) } },
        uniquingKeysWith: { first, _ in first }),
      notes: results.flatMap(\.notes), refused: results.compactMap(\.refusal),
      missing: results.filter(\.isMissing).map(\.sequence), ignored: (ignored + results.flatMap(\.ignored)).sorted())
  }
}
