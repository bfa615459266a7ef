/// The three networks that share the name NanoTrack. Each has weights and settings of its own (quirk N14).
public enum NanoTrackVersion: String, Sendable, Hashable, CaseIterable {
  /// One comparison of backbone features for both branches.
  case v1
  /// A comparison with projections for each branch.
  case v2
  /// A longer backbone; pixel-wise and depth-wise comparisons for each branch.
  case v3

  /// Rows and columns of a template's features. All 64 positions are compared (quirk N3).
  static let templateSide = 8
  /// The middle of the template that v3's depth-wise correlation uses.
  static let templateCenter = 2..<6
  /// Zeros around the search features in v3's depth-wise correlation (quirk N7).
  static let depthwisePadding = 1

  /// Blocks of the backbone.
  var blocks: Int { self == .v3 ? 9 : 8 }

  /// Rows and columns of the maps for search features of `searchSide`.
  func outputSide(searchSide: Int) -> Int {
    self == .v3 ? searchSide + 2 * Self.depthwisePadding - Self.templateCenter.count + 1 : searchSide
  }
}
