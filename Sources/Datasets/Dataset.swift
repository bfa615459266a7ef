/// A named list of sequences.
public struct Dataset: Sendable {
  /// As typed on the command line: `otb100`, `demo`, or a folder's last path component.
  public let name: String
  /// In the order of the benchmark's own list.
  public let sequences: [Sequence]
  /// Attribute names in the benchmark's order, for tables.
  public let attributes: [String]
  /// Named parts, for example `otb50` within `otb100`: part name to sequence names.
  public let subsets: [String: [String]]

  public init(name: String, sequences: [Sequence], attributes: [String] = [], subsets: [String: [String]] = [:]) {
    self.name = name
    self.sequences = sequences
    self.attributes = attributes
    self.subsets = subsets
  }
}
