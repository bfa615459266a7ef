import Datasets
import Faults
import Foundation

/// Where the results of one tracker lie.
struct TrackerFolder {
  let tracker: String
  let path: String

  /// The trackers of which `path` holds results: one, unless it is the workspace of a VOT toolkit.
  ///
  /// `path` may be the tracker's folder, one of its experiments (`SiamRPN/baseline`), the folder above it where `tracker` is
  /// named, or a workspace, whose trackers are the folders of `results`.
  /// - Throws: ``InterchangeError`` where there is no such folder, or the workspace has no such tracker.
  static func find(
    _ path: String, tracker: String?, _ selection: Selection
  ) throws(InterchangeError) -> [TrackerFolder] {
    let listing = try ResultListing(path)
    if isWorkspace(listing) {
      let results = try ResultListing(listing.path(of: "results"))
      if let tracker {
        guard results.folders.contains(tracker) else {
          throw InterchangeError(
            file: results.path,
            cause: "there is no folder \(tracker)\(Suggestion.tail(for: tracker, among: results.folders))",
            remedy: "name one of its trackers, or none for all of them")
        }
        return [TrackerFolder(tracker: tracker, path: results.path(of: tracker))]
      }
      guard !results.folders.isEmpty else {
        throw InterchangeError(
          file: results.path, cause: "the workspace has no results",
          remedy: "name the folder that holds a tracker's results")
      }
      return results.folders.map { TrackerFolder(tracker: $0, path: results.path(of: $0)) }
    }
    if let tracker, ResultListing.isPlainName(tracker), listing.folders.contains(tracker),
      !holdsResults(listing, selection)
    {
      return [TrackerFolder(tracker: tracker, path: listing.path(of: tracker))]
    }
    return [TrackerFolder(tracker: tracker ?? name(of: path), path: path)]
  }

  /// What the toolkit looks for, and `results`.
  private static func isWorkspace(_ listing: ResultListing) -> Bool {
    guard listing.folders.contains("results") else { return false }
    return listing.files.contains("config.yaml") || listing.files.contains("trackers.ini")
      || ResultListing.isTaken(listing.path(of: "sequences/list.txt"))
  }

  /// True where results lie in the folder itself or in its experiments.
  private static func holdsResults(_ listing: ResultListing, _ selection: Selection) -> Bool {
    listing.folders.contains { !ResultProtocol.named(byExperiment: $0).isEmpty }
      || !OnePassFolder(listing, selection).isEmpty || !SequenceFolders(listing, selection).isEmpty
      || !((try? PerturbedFolder(listing, selection).isEmpty) ?? true)
  }

  /// The folder's name; of `SiamRPN/baseline` the one above.
  private static func name(of path: String) -> String {
    var url = URL(fileURLWithPath: path).standardizedFileURL
    if !ResultProtocol.named(byExperiment: url.lastPathComponent).isEmpty { url.deleteLastPathComponent() }
    return url.lastPathComponent
  }
}
