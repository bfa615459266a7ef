/// Names as people write them: `GOT-10k`, `GOT10K`, `got10k`.
enum BenchmarkName {
  /// Letters and digits alone, without capitals.
  static func key(_ name: String) -> String { String(name.lowercased().filter { $0.isLetter || $0.isNumber }) }
}
