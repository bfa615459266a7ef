import ArgumentParser
import Faults
import Foundation

/// A command line that cannot be carried out as typed.
struct CommandFault: Fault {
  let place: String
  let cause: String
  let remedy: String?

  /// A name that is none of `known`, with the nearest right one.
  static func unknown(_ kind: String, _ name: String, among known: [String]) -> CommandFault {
    let nearest = Suggestion.nearest(to: name, among: known)
    return CommandFault(
      place: "unknown \(kind) \"\(name)\"",
      cause: nearest.map { "did you mean \($0)?" } ?? "known are \(known.joined(separator: ", "))", remedy: nil)
  }
}

/// How a command ends when it ran but not all was well.
enum Ending {
  /// Finished, but some sequences failed or a check fell below its threshold.
  static let incomplete = ExitCode(2)
}
