public import Geometry

/// Overlaps of outcomes with the truth under one rule; keeps its buffers for a whole sequence.
struct RegionMeter: ~Copyable {
  let rule: RegionRule
  private var raster: RasterOverlap

  init(_ rule: RegionRule) {
    self.rule = rule
    // The exact rule has no raster and never asks it.
    if case .raster(let pixels) = rule.area {
      raster = RasterOverlap(pixels)
    } else {
      raster = RasterOverlap(.pysot)
    }
  }

  /// The outcome as the toolkit reads it.
  @inline(__always)
  func read(_ outcome: FrameOutcome) -> FrameOutcome {
    if rule.readsNaNAsSkipped, case .region(let region) = outcome, region.isAbsent { return .skipped }
    return outcome
  }

  /// The overlap, 0...1; NaN for a code where the rule has no number for it.
  mutating func overlap(
    of outcome: FrameOutcome, with truth: Region, in bounds: RasterBounds, ignoring ignore: Mask? = nil
  ) throws(PolygonClipping.Invalid) -> Double {
    guard case .region(let region) = outcome else {
      return rule.comparesCodes ? raster.overlap(of: .absent, with: truth, in: bounds, ignoring: ignore) : .nan
    }
    switch rule.area {
    case .raster: return raster.overlap(of: region, with: truth, in: bounds, ignoring: ignore)
    case .exact:
      return try PolygonClipping.overlap(of: region, with: truth, in: (width: bounds.right, height: bounds.bottom))
    }
  }

  /// The overlaps in two bounds, which are most often the same.
  mutating func overlaps(
    of outcome: FrameOutcome, with truth: Region, in first: RasterBounds, and second: RasterBounds
  ) throws(PolygonClipping.Invalid) -> (Double, Double) {
    if case .region(let region) = outcome, case .raster = rule.area {
      return raster.overlaps(of: region, with: truth, in: first, and: second)
    }
    let value = try overlap(of: outcome, with: truth, in: first)
    return first == second ? (value, value) : (value, try overlap(of: outcome, with: truth, in: second))
  }
}

extension RegionRule {
  /// The overlap of one outcome with the truth; NaN where the rule has no number, and where a region has no area it can
  /// compute. For single values: whole runs keep their buffers.
  public func overlap(of outcome: FrameOutcome, with truth: Region, in bounds: RasterBounds) -> Double {
    var meter = RegionMeter(self)
    return (try? meter.overlap(of: meter.read(outcome), with: truth, in: bounds)) ?? .nan
  }
}

extension SupervisedRules.ImageBounds {
  func bounds(width: Int, height: Int) -> RasterBounds {
    self == .edges ? .edges(width: width, height: height) : .pixels(width: width, height: height)
  }
}
