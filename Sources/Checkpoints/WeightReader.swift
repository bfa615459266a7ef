/// Hands a network its tensors by key and remembers what did not fit.
///
/// A tensor that is missing or has another shape does not stop the reading: zeros of the wanted shape stand in, so that one
/// error can name everything. Whoever reads must therefore call ``finish()`` before using the network;
/// ``Weights/read(_:)`` does so by itself. Not shared between threads.
public final class WeightReader {
  public let weights: Weights
  private var read: Set<String> = []
  private var mismatches: [WeightsError.Mismatch] = []

  public init(_ weights: Weights) { self.weights = weights }

  /// Whether the file has `key`; asking does not count as reading.
  public func has(_ key: String) -> Bool { weights.tensors[key] != nil }

  /// The values under `key` in row-major order, which must have `shape`. A key may be read more than once.
  ///
  /// Missing or misshapen: zeros now, and ``finish()`` throws. Throws at once only where `shape` is no shape
  /// (a negative size, or more than 2^31 elements), and where the file was changed since it was opened.
  public func tensor(_ key: String, shape: [Int]) throws(WeightsError) -> [Float] {
    guard let tensor = weights.tensors[key] else {
      let count = try elements(key, shape)
      mismatches.append(.missing(key: key, wanted: shape))
      return [Float](repeating: 0, count: count)
    }
    return try take(tensor, key, shape)
  }

  /// As ``tensor(_:shape:)``, but nil where the file has no such key.
  public func optional(_ key: String, shape: [Int]) throws(WeightsError) -> [Float]? {
    guard let tensor = weights.tensors[key] else { return nil }
    return try take(tensor, key, shape)
  }

  /// Lets `key` be there without being read.
  public func ignore(key: String) { read.insert(key) }

  /// Lets every key that begins with `prefix` be there without being read.
  public func ignore(prefix: String) {
    for key in weights.tensors.keys where key.hasPrefix(prefix) { read.insert(key) }
  }

  /// Throws when a key was missing, had another shape, or was never read.
  ///
  /// `*.num_batches_tracked`, which only training uses, may be absent and needs no reading.
  public func finish() throws(WeightsError) {
    let unread = weights.tensors.filter { !read.contains($0.key) && !$0.key.hasSuffix(".num_batches_tracked") }
    let all =
      mismatches
      + unread.sorted { $0.key < $1.key }.map { .unread(key: $0.key, shape: $0.value.shape, inFile: $0.value.key) }
    guard all.isEmpty else { throw WeightsError(file: weights.name, mismatches: all) }
  }

  private func take(_ tensor: WeightTensor, _ key: String, _ shape: [Int]) throws(WeightsError) -> [Float] {
    read.insert(key)
    guard tensor.shape == shape else {
      let count = try elements(key, shape)
      mismatches.append(.misshapen(key: key, found: tensor.shape, wanted: shape, inFile: tensor.key))
      return [Float](repeating: 0, count: count)
    }
    do { return try tensor.agreedFloats() } catch {
      throw WeightsError(file: weights.name, mismatches: [.unreadable(key: key, fault: error)])
    }
  }

  private func elements(_ key: String, _ shape: [Int]) throws(WeightsError) -> Int {
    guard let count = TensorBounds.elements(shape) else {
      throw WeightsError(file: weights.name, mismatches: [.missing(key: key, wanted: shape)])
    }
    return count
  }
}
