/// The nearest right name to a mistyped one, for "did you mean ...?".
public enum Suggestion {
  /// The candidate nearest to `name`, nil where none is near.
  ///
  /// Capitals count for nothing, and `-`, `_`, `.` and blanks for nothing either. Near means at most one change (a letter
  /// put in, left out, exchanged, or two neighbours swapped) for every three letters of the longer name; a candidate that
  /// begins with all of `name` (three letters or more) is near too. Of equally near ones the first wins.
  /// An empty name has no nearest.
  public static func nearest(to name: String, among candidates: some Swift.Sequence<String>) -> String? {
    let typed = letters(of: name)
    guard !typed.isEmpty else { return nil }
    var best: (distance: Int, name: String)?
    for candidate in candidates {
      let wanted = letters(of: candidate)
      var distance = Self.distance(typed, wanted)
      if distance > max(typed.count, wanted.count) / 3 {
        guard typed.count >= 3, wanted.starts(with: typed) else { continue }
        distance = wanted.count
      }
      if distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.name
  }

  /// `; did you mean otb100?`, or nothing: the tail of a sentence about an unknown name.
  public static func tail(for name: String, among candidates: some Swift.Sequence<String>) -> String {
    nearest(to: name, among: candidates).map { "; did you mean \($0)?" } ?? ""
  }

  /// At most 64 letters: names are short, and the comparison costs the product of the lengths.
  private static func letters(of name: String) -> [Character] {
    Array(name.lowercased().filter { !"-_. ".contains($0) }.prefix(64))
  }

  /// Damerau-Levenshtein distance in its restricted form (no letter is touched twice).
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var before: [Int] = []
    var above = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var least = min(above[j + 1] + 1, row[j] + 1, above[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, before[j - 1] + 1) }
        row.append(least)
      }
      before = above
      above = row
    }
    return above[b.count]
  }
}
