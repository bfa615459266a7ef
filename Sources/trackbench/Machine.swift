import Foundation

/// What this machine is, for provenance and `doctor`.
enum Machine {
  static let cpu: String = field("model name", of: "/proc/cpuinfo") ?? "unknown CPU"

  static let cores: Int = ProcessInfo.processInfo.activeProcessorCount

  /// Bytes of memory.
  static let memory: UInt64 = ProcessInfo.processInfo.physicalMemory

  /// Largest resident size of this process so far, in bytes. Linux's own account of the program; that of `getrusage` begins with the
  /// size of whoever started it.
  static var peakMemory: Int {
    if let text = field("VmHWM", of: "/proc/self/status"), let kilobytes = Int(text.prefix { $0.isNumber }) {
      return kilobytes * 1024
    }
    var usage = rusage()
    guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
    return usage.ru_maxrss * 1024
  }

  /// Mean number of runnable processes over the last minute.
  static var load: Double {
    (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8)).flatMap { Double($0.prefix { $0 != " " }) } ?? 0
  }

  private static func field(_ name: String, of path: String) -> String? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    for line in text.split(separator: "\n") where line.hasPrefix(name) {
      return line.split(separator: ":", maxSplits: 1).last?.trimmingCharacters(in: .whitespaces)
    }
    return nil
  }
}
