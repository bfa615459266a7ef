/// One tensor of a checkpoint as it lies in the file: a view on the file's bytes that is converted when asked for.
///
/// Every index a view can form was checked against its storage when the file was read.
public struct StoredTensor: Sendable {
  /// The key, after `state_dict` was entered and one leading `module.` removed.
  public let key: String
  public let dtype: ElementType
  /// Outermost first; empty for a scalar.
  public let shape: [Int]

  /// Steps in elements, one per dimension; zero and overlapping steps are legal.
  package let strides: [Int]
  /// Where the tensor's storage starts in `bytes`, in bytes.
  package let storageStart: Int
  /// Elements in the storage.
  package let storageCount: Int
  /// First element of the view within the storage.
  package let offset: Int
  package let isBigEndian: Bool
  /// The file, or the decoded bytes of a record; shared by all tensors, not copied.
  package let bytes: [UInt8]

  package init(
    key: String, dtype: ElementType, shape: [Int], strides: [Int]? = nil, offset: Int = 0, bytes: [UInt8],
    storageStart: Int, storageCount: Int, isBigEndian: Bool = false
  ) {
    self.key = key
    self.dtype = dtype
    self.shape = shape
    self.strides = strides ?? Self.rowMajor(shape)
    self.offset = offset
    self.bytes = bytes
    self.storageStart = storageStart
    self.storageCount = storageCount
    self.isBigEndian = isBigEndian
  }

  /// Number of elements; 1 for a scalar.
  public var count: Int { shape.contains(0) ? 0 : shape.reduce(1, *) }

  /// Whether the view repeats stored elements so often that writing it out would cost far more than the file holds.
  ///
  /// Zero strides may make 2^31 elements of one. True above 16 Mi elements when the view has more than four times
  /// those of its storage.
  public var isExpanded: Bool { count > max(1 << 24, storageCount * 4) }

  /// All elements in row-major order as float32, rounded to nearest even (see ``ElementType``).
  ///
  /// Allocates 4 bytes an element. Throws for a view that ``isExpanded``.
  public func floats() throws(CheckpointError) -> [Float] {
    guard !isExpanded else {
      throw CheckpointError(
        .unsupported, at: key, "a view of \(count) elements on a storage of \(storageCount) is not written out",
        remedy: "save the tensor with .clone() to store what it shows")
    }
    return expandedFloats()
  }

  /// ``floats()`` for a caller who asked for exactly this shape, so that its size is not the file's choice.
  package func expandedFloats() -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { target, filled in
      var at = 0
      forEachRun { run in
        // A run is empty only where there is nothing to write; then there is no base address either.
        if let base = target.baseAddress { dtype.convert(run, to: base + at) }
        at += run.count / dtype.width
      }
      filled = at
    }
  }

  /// Hands over the elements in row-major order, little-endian, in runs of any length.
  ///
  /// A contiguous little-endian tensor is one run, straight from the file; anything else is gathered 4096 elements at a time.
  package func forEachRun(_ body: (UnsafeRawBufferPointer) -> Void) {
    let count = count
    guard count > 0 else { return }
    let width = dtype.width
    bytes.withUnsafeBytes { file in
      let storage = UnsafeRawBufferPointer(rebasing: file[storageStart..<storageStart + storageCount * width])
      if (!isBigEndian || width == 1) && isContiguous {
        body(UnsafeRawBufferPointer(rebasing: storage[offset * width..<(offset + count) * width]))
        return
      }
      withUnsafeTemporaryAllocation(byteCount: 4096 * width, alignment: 8) { chunk in
        gather(storage, count: count, chunk: chunk, body)
      }
    }
  }

  private var isContiguous: Bool {
    // The step of a dimension of one element is never taken.
    zip(zip(shape, strides), Self.rowMajor(shape)).allSatisfy { $0.0 == 1 || $0.1 == $1 }
  }

  private func gather(
    _ storage: UnsafeRawBufferPointer, count: Int, chunk: UnsafeMutableRawBufferPointer,
    _ body: (UnsafeRawBufferPointer) -> Void
  ) {
    let width = dtype.width
    let room = chunk.count / width
    var index = [Int](repeating: 0, count: shape.count)
    var position = offset
    var filled = 0
    for _ in 0..<count {
      for byte in 0..<width {
        chunk[filled * width + byte] = storage[position * width + (isBigEndian ? width - 1 - byte : byte)]
      }
      filled += 1
      if filled == room {
        body(UnsafeRawBufferPointer(chunk))
        filled = 0
      }
      var axis = shape.count - 1
      while axis >= 0 {
        index[axis] += 1
        position += strides[axis]
        if index[axis] < shape[axis] { break }
        position -= index[axis] * strides[axis]
        index[axis] = 0
        axis -= 1
      }
    }
    if filled > 0 { body(UnsafeRawBufferPointer(rebasing: chunk[..<(filled * width)])) }
  }

  /// Steps of a contiguous row-major tensor. Dimensions of zero count as one, so that nothing is multiplied away.
  package static func rowMajor(_ shape: [Int]) -> [Int] {
    var strides = [Int](repeating: 1, count: shape.count)
    var step = 1
    for axis in shape.indices.reversed() {
      strides[axis] = step
      step = step.multipliedReportingOverflow(by: max(1, shape[axis])).partialValue
    }
    return strides
  }
}
