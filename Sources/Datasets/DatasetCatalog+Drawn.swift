extension DatasetCatalog {
  /// Data sets that are drawn, not read. One line each: what it is, and the function that makes it.
  static let drawn: [Drawn] = [Drawn(info: DemoDataset.info, make: DemoDataset.make)]
}
