public import Datasets
public import Evaluation

extension ResultFolder {
  /// Writes one tracker's results under one protocol where the toolkit of `layout` looks for them.
  ///
  /// | layout | protocols | `path` |
  /// | --- | --- | --- |
  /// | `otb` | ope, tre, sre | the tracker's folder |
  /// | `pysot` | ope, supervised, unsupervised, longterm | the tracker's folder; `baseline` and so on are made in it |
  /// | `got10k` | ope, supervised, unsupervised | the tracker's folder |
  /// | `pytracking` | ope | the tracker's folder (`<tracker>/<parameter>`) |
  /// | `vot` | supervised, unsupervised, multistart, longterm | the workspace; `results/<tracker>/` is made in it |
  ///
  /// Each but otb and multistart also in real time. Numbers are in their shortest form that reads back as the same bits,
  /// where toolkits write three or four decimals themselves: what is scored there is then what is scored here. Targets are
  /// named as the toolkit names them. Times go along where the toolkit has a place for them and there is one a frame,
  /// confidences likewise; got10k's report of GOT-10k stops where the first sequence has no times (Q22).
  ///
  /// Everything appears or nothing does, and nothing that is there is written over: several protocols go to the same folder
  /// one after the other, the same one twice does not. In a VOT workspace that is there only the tracker's section is added
  /// to `trackers.ini`.
  ///
  /// - Parameters:
  ///   - protocolName: as ``ResultProtocol`` writes it.
  ///   - tracker: the name in a VOT workspace; other layouts leave it to the folder's name.
  ///   - dataset: of the sequences; a VOT workspace takes annotations, sizes and tags from it.
  /// - Returns: the files written, by path.
  /// - Throws: ``InterchangeError`` where the layout has no such results, a sequence cannot be named, a run comes twice, a
  ///   number is infinite, something is in the way, or the folder cannot be written.
  @discardableResult
  public static func write(
    _ trajectories: [Trajectory], protocolName: String, layout: FolderLayout, tracker: String, to path: String,
    dataset: Dataset
  ) throws(InterchangeError) -> [String] {
    let export = try Export(
      trajectories, ResultProtocol(named: protocolName), layout, tracker: tracker, dataset: dataset, path: path)
    return try FolderWriter.write(export.plan(path), to: path)
  }
}
