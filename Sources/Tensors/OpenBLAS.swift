import Foundation

/// The OpenBLAS library, loaded when somebody first asks for it.
///
/// A program linked to it would start its threads at every start, and they spin for a while even where no network is
/// computed. Our own kernels need it for nothing, so a machine without it runs all trackers too.
struct OpenBLAS: Sendable {
  /// `cblas_sgemm` of CBLAS. Integers are 32 bits in the builds that Linux distributions ship.
  typealias Multiply =
    @convention(c) (
      _ order: Int32, _ transposeA: Int32, _ transposeB: Int32, _ rows: Int32, _ columns: Int32, _ depth: Int32,
      _ alpha: Float, _ a: UnsafePointer<Float>, _ aStride: Int32, _ b: UnsafePointer<Float>, _ bStride: Int32,
      _ beta: Float, _ c: UnsafeMutablePointer<Float>, _ cStride: Int32
    ) -> Void
  private typealias Text = @convention(c) () -> UnsafePointer<CChar>?
  private typealias Count = @convention(c) () -> Int32
  private typealias SetCount = @convention(c) (Int32) -> Void

  /// nil where the library is not on this machine.
  static let shared = OpenBLAS()

  let multiply: Multiply
  /// `openblas_get_corename`.
  let coreName: String
  /// `openblas_get_config`.
  let configuration: String
  /// `openblas_get_num_threads`: 1. Products run on the thread that asks for them; a second pool under ours would
  /// oversubscribe the cores, and the order of summation would depend on its size.
  let threads: Int

  private init?() {
    let names = ["libopenblas.so.0", "libopenblas.so"]
    guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first else { return nil }
    func function<Function>(_ name: String, _: Function.Type) -> Function? {
      dlsym(library, name).map { unsafeBitCast($0, to: Function.self) }
    }
    guard let multiply = function("cblas_sgemm", Multiply.self),
      let setThreads = function("openblas_set_num_threads", SetCount.self),
      let threads = function("openblas_get_num_threads", Count.self),
      let coreName = function("openblas_get_corename", Text.self),
      let configuration = function("openblas_get_config", Text.self)
    else { return nil }
    setThreads(1)
    self.multiply = multiply
    self.threads = Int(threads())
    self.coreName = coreName().map { String(cString: $0) } ?? ""
    self.configuration = configuration().map { String(cString: $0) } ?? ""
  }
}
