/// What an annotation or a tracker says about one frame.
public enum Region: Hashable, Sendable {
  case box(Box)
  case polygon(Polygon)
}
