/// What a checkpoint holds, for `trackbench weights inspect FILE`: the table, without its printing.
public struct CheckpointSummary: Sendable {
  /// One tensor.
  public struct Row: Sendable {
    public let key: String
    public let dtype: ElementType
    public let shape: [Int]
    public let count: Int
    /// Over the values as float32 that are not NaN; infinities count. All nil when there are none, and for a view that was
    /// not walked through: one that ``StoredTensor/isExpanded``, or where views of the same bytes before it were many.
    public let minimum: Float?
    public let maximum: Float?
    /// Summed in double precision.
    public let mean: Double?
    /// Values that are NaN; nil where the tensor was not walked through.
    public let nanCount: Int?
  }

  public let name: String
  public let container: Checkpoint.Container
  /// Size of the file in bytes.
  public let byteCount: Int
  /// Of the whole file.
  public let sha256: String
  /// In the order of the file.
  public let rows: [Row]
  /// Keys whose values are no tensors.
  public let skipped: [String]
  public let metadata: [String: String]

  /// Elements of all tensors together; the largest Int where views on shared storage exceed it.
  public var elementCount: Int {
    rows.reduce(0) { sum, row in
      let (next, overflow) = sum.addingReportingOverflow(row.count)
      return overflow ? .max : next
    }
  }

  /// Walks through every tensor once, 4096 elements at a time; through 64 Mi elements more than the file has bytes at most,
  /// so that a small file of many views cannot keep it busy. Throws when the file has changed since it was opened.
  public init(_ checkpoint: Checkpoint) throws(CheckpointError) {
    name = checkpoint.name
    container = checkpoint.container
    byteCount = checkpoint.byteCount
    sha256 = checkpoint.sha256
    var budget = (1 << 26) + checkpoint.byteCount
    var rows: [Row] = []
    rows.reserveCapacity(checkpoint.tensors.count)
    for tensor in checkpoint.tensors {
      let isWalked = !tensor.isExpanded && tensor.count <= budget
      if isWalked { budget -= tensor.count }
      rows.append(try Row(tensor, isWalked: isWalked))
    }
    self.rows = rows
    skipped = checkpoint.skipped
    metadata = checkpoint.metadata
  }
}

extension CheckpointSummary.Row {
  fileprivate init(_ tensor: StoredTensor, isWalked: Bool) throws(CheckpointError) {
    key = tensor.key
    dtype = tensor.dtype
    shape = tensor.shape
    count = tensor.count
    guard isWalked else {
      (minimum, maximum, mean, nanCount) = (nil, nil, nil, nil)
      return
    }
    var least = Float.infinity
    var most = -Float.infinity
    var sum = 0.0
    var nans = 0
    let room = 4096
    try tensor.forEachRun { run in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: room) { values in
        guard let base = values.baseAddress else { return }
        var at = 0
        while at < run.count {
          let end = min(run.count, at + room * tensor.dtype.width)
          let piece = UnsafeRawBufferPointer(rebasing: run[at..<end])
          tensor.dtype.convert(piece, to: base)
          for i in 0..<(piece.count / tensor.dtype.width) {
            let value = base[i]
            guard !value.isNaN else {
              nans += 1
              continue
            }
            least = min(least, value)
            most = max(most, value)
            sum += Double(value)
          }
          at = end
        }
      }
    }
    let counted = tensor.count - nans
    minimum = counted > 0 ? least : nil
    maximum = counted > 0 ? most : nil
    mean = counted > 0 ? sum / Double(counted) : nil
    nanCount = nans
  }
}
