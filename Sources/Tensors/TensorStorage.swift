/// A block of floats on a 64-byte boundary, zero at birth.
///
/// `@unchecked Sendable` holds because the floats are written only while a single owner can see them: ``Tensor`` writes
/// them inside its initialiser, before the tensor exists, and ``Workspace`` hands a block out again only when
/// `isKnownUniquelyReferenced` says that no tensor holds it any more. In between they are only read.
final class TensorStorage: @unchecked Sendable {
  let capacity: Int
  let floats: UnsafeMutablePointer<Float>

  init(capacity: Int) {
    self.capacity = capacity
    let (bytes, overflow) = max(capacity, 1).multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    precondition(!overflow, "a tensor of \(capacity) floats is beyond the address space")
    floats = PackedWeights.allocate(bytes: bytes).bindMemory(to: Float.self, capacity: max(capacity, 1))
    floats.initialize(repeating: 0, count: max(capacity, 1))
  }

  deinit { UnsafeMutableRawPointer(floats).deallocate() }
}
