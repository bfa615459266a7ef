import Foundation

func environmentVariable(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }

func cosine(_ angle: Double) -> Double { cos(angle) }
