import Datasets

/// Seconds a tracker took, beside its results: one row a frame, one column a repetition.
///
/// No score but the speed comes from them, so a file that does not fit is noted and not taken, and the results are.
enum TimeFile {
  /// The times of each run.
  /// - Parameters:
  ///   - runs: the column of each, from 0, and how many rows it has; one whose count is another gets no times.
  ///   - notes: what does not fit is added here.
  static func read(
    _ path: String, name: String, sequence: String, runs: [(column: Int, rows: Int)], notes: inout [ImportNote]
  ) -> [[Double]] {
    let none = Array(repeating: [Double](), count: runs.count)
    let table: NumberTable
    do {
      let bytes = try TextFile.read(path, name: name, sequence: sequence)
      table = try NumberTable.parse(
        bytes, name: name, rules: NumberTable.Rules(emptyLines: .rows, sequence: sequence))
    } catch {
      notes.append(
        ImportNote(sequence: sequence, file: name, line: error.line, remark: "no times are taken: \(error.cause)"))
      return none
    }
    var columns = none
    var odd: ImportNote?
    for (index, run) in runs.enumerated() {
      guard table.count == run.rows else {
        odd = ImportNote(
          sequence: sequence, file: name,
          remark: "no times are taken: it has \(Wording.lines(table.count)), the result \(run.rows)")
        continue
      }
      if let row = (0..<run.rows).first(where: { table.width(ofRow: $0) <= run.column }) {
        odd = ImportNote(
          sequence: sequence, file: name, line: table.line(ofRow: row),
          remark: "no times are taken of repetition \(run.column + 1): the line has \(table.width(ofRow: row)) of them")
        continue
      }
      columns[index] = (0..<run.rows).map { table[$0][table[$0].startIndex + run.column] }
    }
    if let odd { notes.append(odd) }
    return columns
  }
}
