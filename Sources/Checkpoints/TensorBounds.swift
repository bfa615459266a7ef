/// What a tensor may claim about itself, checked before anything is allocated or indexed.
enum TensorBounds {
  /// The corpus's `max_rank`.
  static let maxRank = 16
  /// The corpus's `max_elements`.
  static let maxElements = 1 << 31

  /// Product of the sizes, nil when one is negative or the product above ``maxElements``. Never overflows.
  static func elements(_ shape: [Int]) -> Int? {
    guard shape.allSatisfy({ $0 >= 0 }) else { return nil }
    guard !shape.contains(0) else { return 0 }
    var product = 1
    for size in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      guard !overflow, next <= maxElements else { return nil }
      product = next
    }
    return product
  }

  /// Why a strided view does not fit a storage of `count` elements, nil when it does.
  static func fault(shape: [Int], strides: [Int], offset: Int, count: Int) -> String? {
    guard shape.count == strides.count else { return "\(shape.count) sizes but \(strides.count) strides" }
    guard shape.count <= maxRank else { return "\(shape.count) dimensions, at most \(maxRank) are read" }
    guard offset >= 0 else { return "the storage offset \(offset) is negative" }
    if let stride = strides.first(where: { $0 < 0 }) { return "the stride \(stride) is negative" }
    guard let elements = elements(shape) else {
      return "sizes \(shape): each must be at least 0 and their product at most 2^31"
    }
    if elements == 0 {
      return offset <= count ? nil : "it starts at element \(offset) of a storage of \(count)"
    }
    var last = offset
    for (size, stride) in zip(shape, strides) {
      let (step, overflow) = (size - 1).multipliedReportingOverflow(by: stride)
      let (next, overflowSum) = last.addingReportingOverflow(step)
      guard !overflow, !overflowSum else { return "its last element lies beyond 2^63" }
      last = next
    }
    return last < count ? nil : "it reaches element \(last) of a storage of \(count)"
  }
}
