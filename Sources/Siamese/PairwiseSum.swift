/// Sums of single precision in NumPy's order: halves down to 128 values, then eight interleaved sums.
///
/// Any order is within the tolerance of tracking; this one gives NumPy's bits for contiguous arrays, so that a tracker that
/// divides by a sum can be compared with the original without explaining last places. Cost: one pass, no allocation.
public func pairwiseSum(_ values: UnsafeBufferPointer<Float>) -> Float {
  guard values.count > 128 else { return blockSum(values) }
  var half = values.count / 2
  half -= half % 8
  return pairwiseSum(UnsafeBufferPointer(rebasing: values[..<half]))
    + pairwiseSum(UnsafeBufferPointer(rebasing: values[half...]))
}

private func blockSum(_ values: UnsafeBufferPointer<Float>) -> Float {
  guard values.count >= 8 else { return values.reduce(0, +) }
  var sums = SIMD8<Float>(repeating: 0)
  let whole = values.count / 8 * 8
  for lane in 0..<8 { sums[lane] = values[lane] }
  for start in stride(from: 8, to: whole, by: 8) {
    for lane in 0..<8 { sums[lane] += values[start + lane] }
  }
  var sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
  for index in whole..<values.count { sum += values[index] }
  return sum
}
