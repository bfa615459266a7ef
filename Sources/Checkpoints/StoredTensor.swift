/// One tensor of a checkpoint as it lies in the file: a view on the file's bytes that is read and converted when asked for.
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
  /// Where the tensor's storage starts in `source`, in bytes.
  package let storageStart: Int
  /// Elements in the storage.
  package let storageCount: Int
  /// First element of the view within the storage.
  package let offset: Int
  package let isBigEndian: Bool
  package private(set) var source: Source

  /// Where the bytes of a tensor are; shared by all tensors of a file, not copied.
  package enum Source: Sendable {
    /// The whole file, read into memory.
    case file([UInt8])
    /// What a text of the file decodes to.
    case decoded([UInt8])
    /// The file itself, read a piece at a time.
    case disk(OpenFile)
  }

  package init(
    key: String, dtype: ElementType, shape: [Int], strides: [Int]? = nil, offset: Int = 0, source: Source,
    storageStart: Int, storageCount: Int, isBigEndian: Bool = false
  ) {
    self.key = key
    self.dtype = dtype
    self.shape = shape
    self.strides = strides ?? Self.rowMajor(shape)
    self.offset = offset
    self.source = source
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
  /// Allocates 4 bytes an element. Throws for a view that ``isExpanded``, and when the file has changed since it was opened.
  public func floats() throws(CheckpointError) -> [Float] {
    guard !isExpanded else {
      throw CheckpointError(
        .unsupported, at: key, "a view of \(count) elements on a storage of \(storageCount) is not written out",
        remedy: "save the tensor with .clone() to store what it shows")
    }
    return try expandedFloats()
  }

  /// ``floats()`` for a caller who asked for exactly this shape, so that its size is not the file's choice.
  package func expandedFloats() throws(CheckpointError) -> [Float] {
    var failure: CheckpointError?
    let floats = [Float](unsafeUninitializedCapacity: count) { target, filled in
      do throws(CheckpointError) {
        try forEachRun { run in
          // A run is empty only where there is nothing to write; then there is no base address either.
          if let base = target.baseAddress { dtype.convert(run, to: base + filled) }
          filled += run.count / dtype.width
        }
      } catch { failure = error }
    }
    if let failure { throw failure }
    return floats
  }

  /// Hands over the elements in row-major order, little-endian, in runs of any length.
  ///
  /// A tensor that ``liesInOrder`` is one run where its bytes are in memory, and read a mebibyte at a time where they are not;
  /// anything else is gathered 4096 elements at a time. Throws when the file has changed since it was opened.
  package func forEachRun(_ body: (UnsafeRawBufferPointer) -> Void) throws(CheckpointError) {
    guard count > 0 else { return }
    switch source {
    case .disk(let file): try forEachPiece(of: file, body)
    case .file(let bytes), .decoded(let bytes): forEachRun(in: bytes, body)
    }
  }

  /// The same tensor without the file's bytes in memory. A view that must be gathered keeps them, since reading them again
  /// for every such view could cost far more than the file is long.
  package func left(in file: OpenFile) -> StoredTensor {
    guard case .file = source, liesInOrder else { return self }
    var left = self
    left.source = .disk(file)
    return left
  }

  private func forEachPiece(of file: OpenFile, _ body: (UnsafeRawBufferPointer) -> Void) throws(CheckpointError) {
    var at = storageStart + offset * dtype.width
    let end = at + count * dtype.width
    // A multiple of every element's width.
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: min(1 << 20, end - at), alignment: 8)
    defer { room.deallocate() }
    while at < end {
      let piece = UnsafeMutableRawBufferPointer(rebasing: room[..<min(room.count, end - at)])
      try file.read(at: at, into: piece)
      body(UnsafeRawBufferPointer(piece))
      at += piece.count
    }
  }

  private func forEachRun(in bytes: [UInt8], _ body: (UnsafeRawBufferPointer) -> Void) {
    let count = count
    let width = dtype.width
    bytes.withUnsafeBytes { file in
      let storage = UnsafeRawBufferPointer(rebasing: file[storageStart..<storageStart + storageCount * width])
      if liesInOrder {
        body(UnsafeRawBufferPointer(rebasing: storage[offset * width..<(offset + count) * width]))
        return
      }
      withUnsafeTemporaryAllocation(byteCount: 4096 * width, alignment: 8) { chunk in
        gather(storage, count: count, chunk: chunk, body)
      }
    }
  }

  /// Whether the elements lie one behind the other, row-major and little-endian.
  private var liesInOrder: Bool {
    guard !isBigEndian || dtype.width == 1 else { return false }
    // The step of a dimension of one element is never taken.
    return zip(zip(shape, strides), Self.rowMajor(shape)).allSatisfy { $0.0 == 1 || $0.1 == $1 }
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
