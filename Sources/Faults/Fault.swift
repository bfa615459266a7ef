/// An error a user can act on: what is wrong, where, and the way out.
///
/// Every error that comes from data outside the program is one of these; the command line prints
/// `place: cause` and, on a second line, the remedy. Conforming types may add cases a caller branches on.
public protocol Fault: Error, CustomStringConvertible {
  /// The file and line, key, sequence or option: `Crossing/groundtruth_rect.txt:17`.
  var place: String { get }
  /// One clause, found and wanted: `expected 4 numbers, found 3 ("205,151,17")`.
  var cause: String { get }
  /// What to do next, nil where there is nothing to suggest.
  var remedy: String? { get }
}

extension Fault {
  public var description: String { remedy.map { "\(place): \(cause)\n  remedy: \($0)" } ?? "\(place): \(cause)" }
}
