/// A data set whose files do not lie one folder a sequence, or whose folder tells by itself which benchmark it is.
protocol FolderLayout {
  /// nil where the folder is not of this layout.
  init?(_ listing: FolderListing)
  /// The benchmark it is, as typed on the command line.
  var benchmark: String { get }
  /// Adds all sequences, and what is wrong or odd with them.
  func add(to survey: inout Survey)
}

/// Folders that are recognised by what lies in them.
enum FolderLayouts {
  private static var all: [any FolderLayout.Type] {
    [UAV123Folders.self, TextNFSFolders.self, TrackingNetFolders.self, NFSFolders.self]
  }

  static func recognise(_ listing: FolderListing) -> (any FolderLayout)? {
    for layout in all {
      if let found = layout.init(listing) { return found }
    }
    return nil
  }
}
