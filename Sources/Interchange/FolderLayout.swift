import Datasets
import Evaluation

/// Whose layout results are written in.
public enum FolderLayout: String, Hashable, Sendable, CaseIterable {
  /// `<Sequence>.txt`, and `<Sequence>_<k>.txt` with `meta.json` for TRE and SRE.
  case otb
  /// `<Sequence>.txt`; GOT-10k's and VOT's in a folder a sequence.
  case pysot
  /// `<Sequence>.txt` and `times/`; GOT-10k's and VOT's in a folder a sequence.
  case got10k
  /// A workspace of the VOT toolkit.
  case vot
  /// `<Sequence>.txt` with tabs, and `<Sequence>_time.txt`.
  case pytracking

  /// The protocols it has files for.
  var kinds: [ResultProtocol.Kind] {
    switch self {
    case .otb: [.ope, .tre, .sre]
    case .pysot: [.ope, .supervised, .unsupervised, .longterm]
    case .got10k: [.ope, .supervised, .unsupervised]
    case .vot: [.supervised, .unsupervised, .multistart, .longterm]
    case .pytracking: [.ope]
    }
  }

  /// What the toolkit calls a target that others call otherwise (metric reference, 1.5), or prefixes with the data set.
  func name(of sequence: String, in dataset: Dataset) -> String {
    let names = Self.severalTargets
    switch self {
    case .otb, .pysot, .vot: return sequence
    case .got10k:
      // Human4 has one target there.
      if sequence == "Human4-2", names.isSubset(of: dataset.sequences.map(\.name)) { return "Human4" }
      return names.contains(sequence) ? sequence.replacing("-", with: ".") : sequence
    case .pytracking:
      if names.contains(sequence) { return sequence.replacing("-", with: "_") }
      switch dataset.name {
      case "uav123": return "uav_\(sequence)"
      case "nfs": return "nfs_\(sequence)"
      default: return sequence
      }
    }
  }

  /// OTB's folders with more than one target.
  private static let severalTargets: Set = ["Jogging-1", "Jogging-2", "Skating2-1", "Skating2-2", "Human4-2"]
}
