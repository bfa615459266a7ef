public import Imaging

/// A target's width and height in pixels of the template crop: what units with a prior are told (``BoxPrior``).
public struct TargetSize: Sendable, Hashable {
  public var width: Float
  public var height: Float

  public init(width: Float, height: Float) {
    self.width = width
    self.height = height
  }
}

extension TargetState {
  /// The target's size once the template's square has become a crop of `side` pixels; the square's rounded side counts
  /// (section 5.3 of the model reference).
  public func size(in template: Square, of side: Int) -> TargetSize {
    let scale = Double(side) / Double(template.side)
    return TargetSize(width: Float(width * scale), height: Float(height * scale))
  }
}
