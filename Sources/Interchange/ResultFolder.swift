public import Datasets
import Evaluation
import Foundation
import Scoring

/// Result folders of other toolkits, in and out.
public enum ResultFolder {
  /// Finds a tracker's results, in whichever toolkit's layout they lie there. Nothing but names is looked at, so that what
  /// cannot be read at all is known before anything is taken.
  ///
  /// | layout | files |
  /// | --- | --- |
  /// | OTB as text, pysot, got10k, pytracking | `<Sequence>.txt`, times in `times/` or `<Sequence>_time.txt` |
  /// | TRE, SRE | `<Sequence>_<k>.txt`, `meta.json` |
  /// | GOT-10k | `<Sequence>/<Sequence>_001.txt` ..., `<Sequence>_time.txt` |
  /// | VOT (pysot, got10k, VOT toolkit) | `baseline`, `realtime`, `unsupervised`, `longterm`, each with a folder a sequence |
  /// | VOT workspace | `results/<tracker>/` with such folders |
  ///
  /// - Parameters:
  ///   - path: the tracker's folder, one of its experiments, the folder above where `tracker` is in it, or a workspace.
  ///   - tracker: what to call the tracker; nil for the folder's name. Of a workspace, the one to read; nil for all.
  ///   - dataset: whose sequences to look for.
  ///   - protocolName: as ``ResultProtocol`` writes it; nil to go by the names of folders and files.
  ///   - sequences: those to read; nil for all. Others are neither read nor missing.
  /// - Returns: one for each tracker and protocol, in the order of folders.
  /// - Throws: ``InterchangeError`` where there is no such folder, nothing in it belongs to a sequence or to the protocol,
  ///   or its protocol cannot be told.
  public static func find(
    path: String, tracker: String? = nil, dataset: Dataset, protocolName: String? = nil,
    sequences: Set<String>? = nil
  ) throws(InterchangeError) -> [FoundResults] {
    let wanted = try protocolName.map { name throws(InterchangeError) in try ResultProtocol(named: name) }
    let selection = try Selection(dataset, sequences: sequences)
    var found: [FoundResults] = []
    for folder in try TrackerFolder.find(path, tracker: tracker, selection) {
      for experiment in try ExperimentFolder.find(folder.path, wanted: wanted, selection) {
        found.append(FoundResults(tracker: folder.tracker, experiment: experiment, selection: selection))
      }
    }
    return found
  }

  /// Finds a tracker's results and reads them: ``find(path:tracker:dataset:protocolName:sequences:)`` and
  /// ``FoundResults/read()``.
  public static func read(
    path: String, tracker: String? = nil, dataset: Dataset, protocolName: String? = nil,
    sequences: Set<String>? = nil
  ) throws(InterchangeError) -> [ImportOutcome] {
    try find(path: path, tracker: tracker, dataset: dataset, protocolName: protocolName, sequences: sequences)
      .map { $0.read() }
  }

  /// The protocols whose results lie in a folder, as ``find(path:tracker:dataset:protocolName:sequences:)`` would take them.
  ///
  /// `baseline`, `realtime`, `unsupervised` and `longterm` are named by their folders, runs from anchors by the eight
  /// digits of their files, TRE and SRE by their `meta.json`; files in no such folder are one-pass runs.
  /// - Throws: ``InterchangeError`` where there is nothing of the kind.
  public static func guess(path: String, dataset: Dataset) throws(InterchangeError) -> [String] {
    let selection = try Selection(dataset, sequences: nil)
    var names: [String] = []
    for folder in try TrackerFolder.find(path, tracker: nil, selection) {
      for experiment in try ExperimentFolder.find(folder.path, wanted: nil, selection)
      where !names.contains(experiment.resultProtocol.name) {
        names.append(experiment.resultProtocol.name)
      }
    }
    return names
  }
}
