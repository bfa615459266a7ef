/// The `demo` data set: sequences drawn by the program, with exact truth and the same pixels on every machine.
///
/// No files: each frame is drawn when it is opened, from a recipe of a few kilobytes, in any order and from any thread.
/// Boxes are in OTB's convention (counted from 1, whole pixels): the silhouette of the whole target at the middle of the
/// exposure, whether something hides it or not, with edges at the nearest pixel border. Like OTB's, they are cut at the
/// picture's edge; of a target wholly outside, one row or column at the border next to it remains, so that every frame has
/// a valid box. `frameTags` says where at least half of the target is covered (`occlusion`) and where none of it is inside
/// the picture (`out_of_view`).
///
/// Attributes are OTB's eleven by their short names, measured on the finished scene where OTB defines them by a number
/// (TPAMI 2015, table 2), and `DIST` where figures of the target's own kind and colours come close to it.
public enum DemoDataset {
  /// What `datasets list` says of it.
  public static let info = DatasetInfo(
    name: "demo", title: "Drawn sequences with exact truth", sequences: DemoRecipe.all.count,
    frames: DemoRecipe.all.reduce(0) { $0 + $1.plan.frames }, source: "drawn by this program",
    licence: "the program's own", expectedFolders: nil)

  /// The data set, named `demo`. Draws nothing; reckons the truth of some two thousand frames.
  public static func make() -> Dataset {
    Dataset(
      name: "demo",
      sequences: DemoRecipe.all.map { $0.scene().sequence(name: $0.name, dataset: "demo") },
      attributes: Challenge.allCases.map(\.rawValue))
  }
}
