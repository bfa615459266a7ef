import ArgumentParser
import Faults
import Foundation
import Tracking

/// The door: parses the command line, runs one command, turns every error into one sentence and an exit code.
@main
struct Trackbench: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "trackbench",
    abstract: "Benchmark single-object visual trackers: run, score, compare.",
    discussion: """
      A first run, on the data set that is drawn by the program itself:

        trackbench run --tracker siamban-acm --dataset demo
        trackbench report --by sequence

      Results go to standard output, progress and warnings to standard error. Exit codes: 0 all well; 1 failed; 2 finished, \
      but some sequences failed or a check fell below its threshold; 64 wrong usage.
      """,
    version: version,
    subcommands: [
      RunCommand.self, ReportCommand.self, CompareCommand.self, ExplainCommand.self, CheckCommand.self,
      ImportCommand.self, ExportCommand.self, DatasetsCommand.self, TrackersCommand.self, WeightsCommand.self,
      SpeedCommand.self, SelfTestCommand.self, DoctorCommand.self,
    ])

  static func main() async {
    // A reader that goes away (`| head`) ends the program quietly, as it does for other Unix tools.
    signal(SIGPIPE, SIG_DFL)
    do {
      try refuseUnknownCommand(CommandLine.arguments.dropFirst().first)
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let fault as any Fault {
      Console.note("trackbench: \(fault)")
      Foundation.exit(fault is CommandFault || fault is SettingsFault ? 64 : 1)
    } catch {
      exit(withError: error)
    }
  }

  private static func refuseUnknownCommand(_ word: String?) throws {
    guard let word, !word.hasPrefix("-") else { return }
    let known = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard !known.contains(word), word != "help" else { return }
    throw CommandFault.unknown("command", word, among: known)
  }
}
