public import Faults

/// What can go wrong with a store file.
public enum StoreError: Fault, Hashable {
  /// Nothing there to report from.
  case noSuchStore(String)
  /// Exists, but is not a store, cannot be opened or is locked.
  case unusable(String, reason: String)
  /// Made by a later version.
  case newer(String)

  public var place: String {
    switch self {
    case .noSuchStore(let path), .unusable(let path, _), .newer(let path): path
    }
  }

  public var cause: String {
    switch self {
    case .noSuchStore: "no such store"
    case .unusable(_, let reason): "cannot be used as a store (\(reason))"
    case .newer: "was written by a later version of trackbench"
    }
  }

  public var remedy: String? {
    switch self {
    case .noSuchStore: "name the file with --store, or fill one first: `trackbench run` or `trackbench import`"
    case .unusable: "name another file with --store; this one was left as it is"
    case .newer: "update trackbench, or name another file with --store"
    }
  }
}
