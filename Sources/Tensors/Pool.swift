import CKernels
import Foundation

/// Threads that share the work of one layer; one pool a workspace.
///
/// `@unchecked Sendable` holds because the pointer never changes, and a pool's only user is the workspace that owns it.
final class Pool: @unchecked Sendable {
  /// NULL for the caller's thread alone.
  let pointer: OpaquePointer?
  /// Threads that were asked for; the system may have given fewer.
  let wanted: Int

  /// - Parameter threads: the caller's included. Fewer where the system does not give as many.
  init(threads: Int) {
    wanted = threads
    pointer = threads > 1 ? tb_pool_make(threads) : nil
  }

  deinit { tb_pool_free(pointer) }

  /// Lends a pool for the time in which a layer's weights are packed; none for a small layer.
  static func whileLoading(_ parameters: ConvolutionParameters, _ body: (OpaquePointer?) -> Void) {
    let isLarge = parameters.weights.count > 1 << 18
    let pool = Pool(threads: isLarge ? min(8, ProcessInfo.processInfo.activeProcessorCount) : 1)
    withExtendedLifetime(pool) { body(pool.pointer) }
  }
}
