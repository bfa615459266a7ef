public import Geometry
public import Scoring

/// When a run with resets counts an answer as a failure, and what follows.
///
/// Two toolkits of the same project draw regions differently, so that regions which only touch are a failure under one and
/// none under the other: of 21,356 recorded frames of SiamRPN on VOT2018 there are 4 such contacts.
public struct FailureRule: Hashable, Sendable {
  /// How the answer is compared with the truth.
  public let overlap: RegionRule
  /// Overlaps up to this one are failures.
  public let lost: Double
  /// From a failure to the next start, in frames; the frames between are not shown to the tracker.
  public let skip: Int
  /// Where overlaps are counted: in the pixels of the image, or one pixel beyond it (metric reference, 2.4).
  private let isInside: Bool

  /// The VOT MATLAB toolkit, with which VOT2013 to VOT2019 were run, and pysot: their common raster, in which a box of
  /// w by h covers w + 1 by h + 1 pixels. The published runs of SiamRPN, MFT, SiamFC, RAnet (VOT2018) and NanoTrack (VOT2019)
  /// follow it in every frame.
  public static let original = FailureRule(overlap: .pysot, lost: 0, skip: 5, isInside: false)
  /// votchallenge/toolkit 0.8, whose boxes cover w by h pixels.
  public static let vot = FailureRule(overlap: .vot, lost: 0, skip: 5, isInside: true)

  /// Whether the answer is a failure; an overlap that is not a number is one.
  public func fails(_ answer: Region, truth: Region, width: Int, height: Int) -> Bool {
    let bounds = isInside ? RasterBounds.pixels(width: width, height: height) : .edges(width: width, height: height)
    return !(overlap.overlap(of: .region(answer), with: truth, in: bounds) > lost)
  }
}
