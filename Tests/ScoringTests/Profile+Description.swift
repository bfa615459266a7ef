public import Scoring
public import Testing

extension Profile: CustomTestStringConvertible {
  public var testDescription: String { name }
}
