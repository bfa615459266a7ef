public import Foundation
import Synchronization

/// The built program, run as a user would.
public struct Program {
  public struct Result {
    public var status: Int32
    public var output: String
    public var errors: String

    /// The output as CSV without quoted fields, a row a dictionary.
    public var rows: [[String: String]] {
      let lines = output.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      guard let header = lines.first else { return [] }
      return lines.dropFirst().map {
        Dictionary(uniqueKeysWithValues: zip(header.map(String.init), $0.map(String.init)))
      }
    }
  }

  /// Beside the test bundle, as SwiftPM lays products out.
  public static let path: String = {
    let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    let beside = bundle.appendingPathComponent("trackbench")
    if FileManager.default.isExecutableFile(atPath: beside.path) { return beside.path }
    return URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent(".build/release/trackbench").path
  }()

  public let folder: TemporaryFolder
  public var environment: [String: String] = [:]

  public init(folder: TemporaryFolder) { self.folder = folder }

  /// Starts it in the test's own folder, output into files so that no pipe can fill up.
  /// - Parameter input: a file for its standard input; nothing where nil.
  public func start(_ arguments: [String], name: String, input: String? = nil) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    var variables = ProcessInfo.processInfo.environment
    for variable in ["TRACKBENCH_WEIGHTS", "TRACKBENCH_DATA"] { variables[variable] = nil }
    process.environment = variables.merging(environment) { _, new in new }
    for stream in ["out", "err"] {
      _ = FileManager.default.createFile(atPath: folder.file("\(name).\(stream)"), contents: nil)
    }
    process.standardOutput = FileHandle(forWritingAtPath: folder.file("\(name).out"))
    process.standardError = FileHandle(forWritingAtPath: folder.file("\(name).err"))
    process.standardInput = input.map { FileHandle(forReadingAtPath: $0) as Any } ?? FileHandle.nullDevice
    try process.run()
    return process
  }

  public func run(_ arguments: String...) throws -> Result { try run(arguments) }

  public func run(_ arguments: [String], input: String? = nil) throws -> Result {
    let name = UUID().uuidString
    let process = try start(arguments, name: name, input: input)
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus,
      output: try String(contentsOfFile: folder.file("\(name).out"), encoding: .utf8),
      errors: try String(contentsOfFile: folder.file("\(name).err"), encoding: .utf8))
  }
}
