/// The BLAS library that can multiply matrices in place of our kernels, for provenance: runs on another core type may differ
/// in their last bits.
public enum BLASInfo {
  /// Whether the library is on this machine.
  public static var isAvailable: Bool { OpenBLAS.shared != nil }
  /// The processor family whose kernels OpenBLAS chose, such as `Zen`; `OPENBLAS_CORETYPE` overrides it. Empty without the library.
  public static var coreName: String { OpenBLAS.shared?.coreName ?? "" }
  /// OpenBLAS's own description of its build: version, options. Empty without the library.
  public static var configuration: String { OpenBLAS.shared?.configuration ?? "" }
  /// Threads inside one matrix product: 1, because sequences are the unit of parallel work.
  public static var threads: Int { OpenBLAS.shared?.threads ?? 0 }
  /// In a few words: library and version, core type, threads.
  public static var summary: String {
    guard isAvailable else { return "no OpenBLAS on this machine" }
    let version = configuration.split(separator: " ").prefix(2).joined(separator: " ")
    return "\(version), core \(coreName), \(threads) thread"
  }
}

package enum BLAS {
  /// C = A B in float: A is rows x depth with rows `aStride` apart, B depth x columns, C rows x columns; all row-major.
  /// - Precondition: ``BLASInfo/isAvailable``; an ``Engine`` asks before it chooses.
  package static func multiply(
    rows: Int, columns: Int, depth: Int, a: UnsafePointer<Float>, aStride: Int, b: UnsafePointer<Float>, bStride: Int,
    c: UnsafeMutablePointer<Float>, cStride: Int
  ) {
    precondition(aStride >= depth && bStride >= columns && cStride >= columns)
    guard rows > 0, columns > 0 else { return }
    guard let library = OpenBLAS.shared else { preconditionFailure("no OpenBLAS to multiply with") }
    // CblasRowMajor, CblasNoTrans.
    let (rowMajor, notTransposed): (Int32, Int32) = (101, 111)
    library.multiply(
      rowMajor, notTransposed, notTransposed, Int32(rows), Int32(columns), Int32(depth), 1, a, Int32(aStride), b,
      Int32(bStride), 0, c, Int32(cStride))
  }
}
