public import ArgumentParser
import Foundation
public import Reporting
import Scoring
import Store
public import Tracking

struct StoreOptions: ParsableArguments {
  @Option(name: .customLong("store"), help: ArgumentHelp("The SQLite file that holds all runs.", valueName: "file"))
  var path = "trackbench.sqlite"

  func open(create: Bool) throws -> ResultStore { try ResultStore(path: path, create: create) }
}

struct DataOptions: ParsableArguments {
  @Option(
    name: .customLong("data-root"),
    help: ArgumentHelp("Folder that holds the data sets. Default: $TRACKBENCH_DATA, then ./data.", valueName: "dir"))
  var root: String?

  /// The folder to look in, nil where none was named and ./data does not exist.
  var resolved: String? {
    if let root { return root }
    if let named = ProcessInfo.processInfo.environment["TRACKBENCH_DATA"], !named.isEmpty { return named }
    return FileManager.default.fileExists(atPath: "data") ? "data" : nil
  }
}

struct FormatOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How to write it: \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", "))."))
  var format = ReportFormat.table

  @Option(help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output: String?

  /// Writes the report whole or not at all.
  func write(_ report: Report) throws {
    let text = format.render(report)
    guard let output else { return Console.print(text, terminator: "") }
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
    } catch {
      throw CommandFault(
        place: output, cause: "cannot be written (\(error.localizedDescription))",
        remedy: "name a file in a folder that exists and may be written to")
    }
  }
}

extension ReportFormat: ExpressibleByArgument {}

/// `--set key=value`.
extension SettingOverride: ExpressibleByArgument {
  public init?(argument: String) {
    guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else { return nil }
    self.init(key: String(argument[..<equals]), value: String(argument[argument.index(after: equals)...]))
  }
}

/// `a,b` and repeated options alike: names, each once, in the order given.
struct NameList: ExpressibleByArgument {
  let names: [String]

  init(names: [String]) { self.names = names }

  init?(argument: String) {
    names = argument.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    if names.isEmpty { return nil }
  }
}

extension [NameList] {
  var names: [String] {
    reduce(into: []) { all, list in for name in list.names where !all.contains(name) { all.append(name) } }
  }

  /// The names, with those of a file, one a line, in place of `@FILE`; blank lines and what follows a `#` do not count.
  func expanded() throws -> [String] {
    var all: [String] = []
    for name in names {
      guard name.hasPrefix("@") else {
        all.append(name)
        continue
      }
      let path = String(name.dropFirst())
      guard let data = FileManager.default.contents(atPath: path) else {
        throw CommandFault(
          place: name, cause: "there is no such list", remedy: "name a file of names, one a line, behind the @")
      }
      let listed = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
        .map { $0.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
      guard !listed.isEmpty else { throw CommandFault(place: path, cause: "the list holds no name", remedy: nil) }
      all += listed
    }
    var seen: Set<String> = []
    return all.filter { seen.insert($0).inserted }
  }
}

extension Profile {
  /// The profiles of `--profile`, `all` for every one there is.
  static func named(_ names: [String]) throws -> [Profile] {
    try names.map { name in
      guard let profile = Profile.toolkits.first(where: { $0.name == name }) else {
        throw CommandFault.unknown("profile", name, among: Profile.toolkits.map(\.name) + ["all"])
      }
      return profile
    }
  }
}
