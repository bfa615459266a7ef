/// How a network's maps are read: each place of the search crop, or each anchor there, is a candidate, and one of them is chosen.
public protocol SearchResponse: Sendable {
  associatedtype Maps

  /// Side of the search crop in pixels.
  var instanceSize: Int { get }
  /// Rows and columns of the maps.
  var side: Int { get }

  /// The best candidate, nil where the maps hold no number.
  ///
  /// - Parameters:
  ///   - maps: of one search crop of ``instanceSize``, a precondition.
  ///   - target: before the frame, whose size and shape candidates are held against.
  ///   - scale: pixels of the search crop for one of the frame.
  func choice(_ maps: Maps, from target: TargetState, scale: Double) -> PenalizedChoice?
}
