extension DatasetCatalog {
  /// Data sets that are drawn, not read. One line each: what it is, and the function that makes it.
  static let drawn: [Drawn] = [
    Drawn(
      info: DatasetInfo(
        name: "demo", title: "Drawn scenes with exact truth", sequences: DemoRecipe.all.count,
        frames: DemoRecipe.all.reduce(0) { $0 + $1.plan.frames }, source: "drawn by the program itself", licence: "Apache-2.0",
        expectedFolders: nil),
      make: DemoDataset.make)
  ]
}
