public import Imaging

extension Square {
  /// The square that SiamFC's `crop_and_resize` reads.
  ///
  /// The side is `size` rounded half to even; the corner is the centre minus half of (side - 1), in single precision, rounded
  /// half to even again (quirk S3), so an odd square around k + 0.5 goes to the even neighbour. Any number is accepted: NaN counts as 0,
  /// numbers beyond 2^40 as 2^40.
  ///
  /// Source: `siamfc/ops.py`; section 1.4 of the model reference.
  public static func siamFC(centerX: Float, centerY: Float, size: Double) -> Square {
    let side = integer(size.rounded(.toNearestOrEven))
    let half = Float(Double(side - 1) / 2)
    return Square(
      left: integer(Double((centerX - half).rounded(.toNearestOrEven))),
      top: integer(Double((centerY - half).rounded(.toNearestOrEven))), side: side)
  }

  /// The square that PySOT's `get_subwindow` reads (PySOT, SiamBAN, NanoTrack).
  ///
  /// The corner is floor(centre - (side + 1) / 2 + 0.5) in double precision. Any number is accepted: NaN counts as 0, numbers
  /// beyond 2^40 as 2^40.
  ///
  /// Source: `base_tracker.py`; section 6.7 of the model reference.
  public static func pysot(centerX: Double, centerY: Double, side: Int) -> Square {
    let half = (Double(side) + 1) / 2
    return Square(
      left: integer((centerX - half + 0.5).rounded(.down)), top: integer((centerY - half + 0.5).rounded(.down)),
      side: side)
  }

  /// A whole number as an integer, without trapping: what no picture reaches is cut to 2^40.
  private static func integer(_ value: Double) -> Int {
    let limit = 0x1p40
    return value.isNaN ? 0 : Int(min(max(value, -limit), limit))
  }
}

extension ChannelMeans {
  /// Rounded half to even and kept within a byte, as OpenCV saturates the border's scalar (SiamFC, quirk S4). NaN counts as 0.
  public var roundedBorder: (UInt8, UInt8, UInt8) {
    func byte(_ mean: Double) -> UInt8 { Self.byte(mean.rounded(.toNearestOrEven)) }
    return (byte(red), byte(green), byte(blue))
  }

  /// Truncated, as NumPy assigns a double to a byte array (PySOT and its descendants, quirk N9). NaN counts as 0.
  public var truncatedBorder: (UInt8, UInt8, UInt8) { (Self.byte(red), Self.byte(green), Self.byte(blue)) }

  private static func byte(_ value: Double) -> UInt8 { value.isNaN ? 0 : UInt8(min(max(value, 0), 255)) }
}
