import ArgumentParser

@main
struct Trackbench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "trackbench")
}
