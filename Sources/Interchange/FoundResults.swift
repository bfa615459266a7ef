/// Results of one tracker under one protocol, found and not yet read.
public struct FoundResults: Sendable {
  /// As the caller named it, or the name of its folder.
  public let tracker: String
  let experiment: ExperimentFolder
  let selection: Selection

  /// `ope`, `supervised@realtime`: as ``ResultProtocol`` writes it.
  public var protocolName: String { experiment.resultProtocol.name }
  /// The folder the files lie in.
  public var folder: String { experiment.path }

  /// Reads all of it.
  ///
  /// Numbers are taken as they stand. File names may be those of any toolkit. A sequence is taken whole or not at all: where
  /// a line of one of its files is not what such lines are, or a NaN stands for a box, the file is refused with its line,
  /// and other sequences are read. Nothing is cut or padded here: a file with too few or too many lines is taken as it
  /// is, with a note, since it is the profile that says what comes of it.
  public func read() -> ImportOutcome { experiment.read(selection, tracker: tracker) }
}
