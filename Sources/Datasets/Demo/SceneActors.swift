import CKernels

/// A figure on its course.
struct Actor: Sendable {
  var figure: Figure
  var course: Course
  /// Before (positive) or behind (negative) the target on a plane seen straight on.
  var order = 0.0
}

/// Light over time, and the camera's own marks.
struct Grade: Sendable {
  var gain: Curve
  var tint: tb_color
  var soften: Double
  var vignette: Double
  var noise: Double
  /// Share of the time between frames that the shutter is open.
  var shutter: Double
  var seed: UInt32
}
