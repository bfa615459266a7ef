/// One way in which the files of a sequence lie in a folder of its own.
protocol SequenceLayout {
  /// nil where the folder is not of this layout.
  init?(_ listing: FolderListing, name: String)
  /// Adds the folder's sequence (OTB: one a target), and what is wrong or odd with it.
  func add(to survey: inout Survey)
}

/// A folder of one sequence, whichever layout it has.
enum SequenceFolder {
  static let wanted = "groundtruth_rect.txt beside img/*.jpg, or groundtruth.txt beside color/*.jpg"

  /// From the layout with the most tokens of its own to the one with the fewest.
  private static var layouts: [any SequenceLayout.Type] {
    [TColorSequence.self, OTBSequence.self, LaSOTSequence.self, GOT10kSequence.self, VOTSequence.self]
  }

  /// nil where the folder holds no annotation.
  static func recognise(_ listing: FolderListing, name: String) -> (any SequenceLayout)? {
    for layout in layouts {
      if let found = layout.init(listing, name: name) { return found }
    }
    return nil
  }
}
