public import Geometry
public import Tracking

extension TargetState {
  /// The state that a sequence's first box gives, as ``init(target:)``.
  ///
  /// - Parameter context: margin of the template, as a share of width plus height.
  /// - Throws: ``TrackerError/emptyTarget(_:)`` for a box without area, ``TrackerError/failed(_:)`` for one whose template is beyond
  ///   all pictures.
  public init(first box: Box, context: Double) throws(TrackerError) {
    guard !box.isEmpty else { throw .emptyTarget(box) }
    self.init(target: box)
    guard isFinite, contextSide(context) < 0x1p40 else {
      throw .failed("the first box (\(box)) is too large, or too far from any picture, to be tracked")
    }
  }
}

extension TrackerError {
  /// A frame whose maps hold no number: what the weights make of any picture, or of this one, is beyond single precision.
  public static let noNumbers = TrackerError.failed(
    "the network's answer to this frame holds no number; the weights are damaged or not this network's")
}
