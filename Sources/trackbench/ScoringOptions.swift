import ArgumentParser
import Foundation
import Scoreboard
import Scoring
import Store

/// Whose rules count, shared by all commands that print scores.
struct ScoringOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Whose rules count: \(Profile.toolkits.map(\.name).joined(separator: ", ")), or all that can score the run. Default: pysot, or vot where pysot has no such score.",
      valueName: "profile,…"))
  var profile: [NameList] = []

  @Option(
    name: .customLong("eao-interval"),
    help: ArgumentHelp(
      "Lengths of the expected average overlap: a year, as vot2016, or LOW-HIGH in frames. Default: the data set's own.",
      valueName: "year"))
  var interval: String?

  struct Parsed {
    let profiles: ProfileChoice
    let options: Scoreboard.Options

    /// The scores asked for; a run that a named profile cannot score is told on standard error.
    func scores(of runs: [StoredRun], in store: ResultStore) throws -> [RunScores] {
      let scored = try Scoreboard.scores(of: runs, in: store, profiles: profiles, options: options)
      guard case .named(let wanted) = profiles else { return scored }
      for run in runs {
        for profile in wanted where !scored.contains(where: { $0.run.id == run.id && $0.isUnder(profile) }) {
          Console.note(
            "\(run.identity.tracker): profile \(profile.name) has no scores for \(run.identity.protocolName) runs")
        }
      }
      return scored
    }

    /// Those asked for, taken from the scores of all applicable profiles where they are among them.
    func chosen(from applicable: [RunScores], of runs: [StoredRun], in store: ResultStore) throws -> [RunScores] {
      switch profiles {
      case .applicable: applicable
      case .usual: applicable.filter(\.isUsual)
      case .named(let wanted):
        runs.allSatisfy { run in
          wanted.allSatisfy { profile in applicable.contains { $0.run.id == run.id && $0.isUnder(profile) } }
        }
          ? applicable.filter { scored in wanted.contains { scored.isUnder($0) } }
          : try scores(of: runs, in: store)
      }
    }
  }

  func parsed() throws -> Parsed {
    let names = profile.names
    return Parsed(
      profiles: names.isEmpty ? .usual : names.contains("all") ? .applicable : .named(try Profile.named(names)),
      options: Scoreboard.Options(interval: try interval.map(parse)))
  }

  private func parse(_ text: String) throws -> EAOInterval {
    if let known = Profile.vot.eaoInterval(of: text) { return known }
    let ends = text.split(separator: "-").compactMap { Int($0) }
    guard ends.count == 2, text.split(separator: "-").count == 2, ends[0] > 0, ends[1] >= ends[0] else {
      throw CommandFault(
        place: "--eao-interval \(text)", cause: "expected a year of VOT or two numbers of frames",
        remedy: "for example vot2016, or 108-371")
    }
    return EAOInterval(low: ends[0], high: ends[1])
  }
}
