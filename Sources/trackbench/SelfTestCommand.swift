import ArgumentParser
import Reporting
import Scoring

struct SelfTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "selftest",
    abstract: "Scores that are known without computing them, in every profile; exit 2 where one is wrong.",
    discussion: """
      Trackers that repeat the truth, never move, jump about it or fail on time have scores that can be written down. Perfect \
      tracking is 20/21 where a toolkit compares strictly with 21 thresholds: no overlap is above 1.

        trackbench selftest
        trackbench selftest --all --format csv
      """)

  @Flag(help: "Every number with its closed form and the reason.")
  var all = false

  @OptionGroup var format: FormatOptions

  func run() throws {
    let cases = SelfTest.run()
    try format.write(SelfTestReport.make(cases, showsAll: all || !format.format.isForPeople))
    if cases.contains(where: { !$0.passes }) { throw Ending.incomplete }
  }
}
