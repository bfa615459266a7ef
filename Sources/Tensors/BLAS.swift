import COpenBLAS

/// The BLAS library under the matrix products, for provenance: runs on another core type may differ in their last bits.
public enum BLASInfo {
  /// The processor family whose kernels OpenBLAS chose, such as `Zen`; `OPENBLAS_CORETYPE` overrides it.
  public static var coreName: String { BLAS.ready { String(cString: openblas_get_corename()) } }
  /// OpenBLAS's own description of its build: version, options.
  public static var configuration: String { BLAS.ready { String(cString: openblas_get_config()) } }
  /// Threads inside one matrix product: 1, because sequences are the unit of parallel work.
  public static var threads: Int { BLAS.ready { Int(openblas_get_num_threads()) } }
  /// In a few words: library and version, core type, threads.
  public static var summary: String {
    let version = configuration.split(separator: " ").prefix(2).joined(separator: " ")
    return "\(version), core \(coreName), \(threads) thread"
  }
}

package enum BLAS {
  /// Sets OpenBLAS to one thread, once. Products run on the thread that asks for them: a second pool under ours would
  /// oversubscribe the cores, and the order of summation would depend on its size.
  private static let singleThreaded: Void = openblas_set_num_threads(1)

  static func ready<Result>(_ body: () -> Result) -> Result {
    singleThreaded
    return body()
  }

  /// C = A B in float: A is rows x depth with rows `aStride` apart, B depth x columns, C rows x columns; all row-major.
  package static func multiply(
    rows: Int, columns: Int, depth: Int, a: UnsafePointer<Float>, aStride: Int, b: UnsafePointer<Float>, bStride: Int,
    c: UnsafeMutablePointer<Float>, cStride: Int
  ) {
    precondition(aStride >= depth && bStride >= columns && cStride >= columns)
    guard rows > 0, columns > 0 else { return }
    ready {
      cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(rows), blasint(columns), blasint(depth), 1, a,
        blasint(aStride), b, blasint(bStride), 0, c, blasint(cStride))
    }
  }
}
