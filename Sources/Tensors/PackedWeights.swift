import Foundation

/// A layer's weights in the order its kernels read them, for good.
///
/// Large ones lie on 2 MiB boundaries and the system is asked for large pages before they are written: they are read once a
/// frame from one end to the other, and in small pages that is a page walk every 4 KiB.
///
/// `@unchecked Sendable` holds because the floats are written inside the initialiser only.
final class PackedWeights: @unchecked Sendable {
  private let memory: UnsafeMutableRawPointer
  let bytes: Int
  var floats: UnsafePointer<Float> { UnsafePointer(memory.assumingMemoryBound(to: Float.self)) }

  /// - Parameter body: writes all `count` floats.
  init(count: Int, _ body: (UnsafeMutablePointer<Float>) -> Void) {
    bytes = max(count, 1) * MemoryLayout<Float>.stride
    memory = Self.allocate(bytes: bytes)
    memory.bindMemory(to: Float.self, capacity: max(count, 1))
    body(memory.assumingMemoryBound(to: Float.self))
  }

  deinit { memory.deallocate() }

  private static let hugePage = 2 << 20

  /// Memory on a 64-byte boundary or, from a large page on, on that of one; not written.
  static func allocate(bytes: Int) -> UnsafeMutableRawPointer {
    guard bytes >= hugePage else { return .allocate(byteCount: bytes, alignment: 64) }
    let whole = (bytes + hugePage - 1) / hugePage * hugePage
    let memory = UnsafeMutableRawPointer.allocate(byteCount: whole, alignment: hugePage)
    #if os(Linux)
      // A wish; where the system does not grant it, pages are small.
      _ = madvise(memory, whole, Int32(MADV_HUGEPAGE))
    #endif
    return memory
  }
}
