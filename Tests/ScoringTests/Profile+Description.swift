public import Scoring
public import Testing

extension Profile: CustomTestStringConvertible {
  public var testDescription: String { name }
}

extension Profile.Rule: CustomTestStringConvertible {
  public var testDescription: String { name }
}

extension SelfTest.Case: CustomTestStringConvertible {
  public var testDescription: String { "\(scenario), \(protocolName), \(profile), \(metric)" }
}
