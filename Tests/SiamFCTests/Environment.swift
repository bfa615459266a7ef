import Foundation

func environmentVariable(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }
