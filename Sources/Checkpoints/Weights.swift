internal import Hashing

/// The weights of one network by key, as a tracker reads them: from a checkpoint file, or made by a rule.
///
///     let weights = try Weights(contentsOf: "siamfc.pth")
///     let network = try weights.read { reader throws(WeightsError) in try Network(reader) }
///
/// A network names every key with its shape; what is missing, has another shape or is left over fails, all of it at once.
public struct Weights: Sendable {
  /// The file's name without folders.
  public let name: String
  /// SHA-256 of the whole file, lower-case hexadecimal; for rule weights that of their keys and shapes.
  public let sha256: String
  public let tensors: [String: WeightTensor]
  /// The container's name for messages, nil for rule weights.
  public let container: Checkpoint.Container?

  /// Tensors are read and converted when asked for.
  public init(checkpoint: Checkpoint) {
    name = checkpoint.name
    sha256 = checkpoint.sha256
    container = checkpoint.container
    // The reader has refused equal keys.
    tensors = Dictionary(checkpoint.tensors.map { ($0.key, WeightTensor($0)) }) { first, _ in first }
  }

  /// Reads a checkpoint of any container this program knows. Throws when the file cannot be read.
  public init(contentsOf path: String) throws(CheckpointError) {
    self.init(checkpoint: try Checkpoint.read(path: path))
  }

  private init(
    name: String, sha256: String, container: Checkpoint.Container?, tensors: [String: WeightTensor]
  ) {
    self.name = name
    self.sha256 = sha256
    self.container = container
    self.tensors = tensors
  }

  /// Weights made by ``RuleWeights`` for a network with these keys and shapes; a key given twice keeps its first shape.
  ///
  /// Nothing is made before it is read.
  public static func rule(shapes: [(String, [Int])], name: String = "rule") -> Weights {
    let keys = Set(shapes.map(\.0))
    let list = shapes.map { "\($0.0) \($0.1)" }.sorted().joined(separator: "\n")
    return Weights(
      name: name, sha256: SHA256.hex(Array("rule weights\n\(list)".utf8)), container: nil,
      tensors: Dictionary(shapes.map { ($0.0, WeightTensor(ruleKey: $0.0, shape: $0.1, allKeys: keys)) }) { first, _ in
        first
      })
  }

  /// The same weights under other keys, for files of authors who name their layers differently.
  ///
  /// `map` gives the new key, or nil to leave the key as it is. Throws when two keys become equal.
  public func renamed(_ map: (String) -> String?) throws(WeightsError) -> Weights {
    var renamed: [String: WeightTensor] = [:]
    var clashes: [WeightsError.Mismatch] = []
    for (key, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      let target = map(key) ?? key
      if let other = renamed.updateValue(tensor, forKey: target) {
        clashes.append(.clash(key: target, first: other.key, second: tensor.key))
      }
    }
    guard clashes.isEmpty else { throw WeightsError(file: name, mismatches: clashes) }
    return Weights(name: name, sha256: sha256, container: container, tensors: renamed)
  }

  /// Reads a whole network and checks that nothing is missing, misshapen or left over.
  ///
  /// What `body` returns is handed on only when every key fitted; it must not keep the reader.
  public func read<Network>(_ body: (WeightReader) throws(WeightsError) -> Network) throws(WeightsError) -> Network {
    let reader = WeightReader(self)
    let network = try body(reader)
    try reader.finish()
    return network
  }
}

/// One tensor of ``Weights``: its shape, and its values when asked for.
public struct WeightTensor: Sendable {
  private enum Source: Sendable {
    case stored(StoredTensor)
    case rule(key: String, allKeys: Set<String>)
  }

  private let source: Source
  /// Outermost first; empty for a scalar.
  public let shape: [Int]
  public let dtype: ElementType

  init(_ stored: StoredTensor) {
    source = .stored(stored)
    shape = stored.shape
    dtype = stored.dtype
  }

  init(ruleKey key: String, shape: [Int], allKeys: Set<String>) {
    source = .rule(key: key, allKeys: allKeys)
    self.shape = shape
    dtype = key.hasSuffix(".num_batches_tracked") ? .i64 : .f32
  }

  /// The key in the file, whatever ``Weights/renamed(_:)`` made of it.
  public var key: String {
    switch source {
    case .stored(let tensor): tensor.key
    case .rule(let key, _): key
    }
  }

  /// Values in row-major order as float32. Throws as ``StoredTensor/floats()`` does.
  public func floats() throws(CheckpointError) -> [Float] {
    switch source {
    case .stored(let tensor): try tensor.floats()
    case .rule(let key, let allKeys): RuleWeights.tensor(key: key, shape: shape, allKeys: allKeys)
    }
  }

  /// Values of a tensor whose shape the caller has compared with the one it wants.
  func agreedFloats() throws(CheckpointError) -> [Float] {
    switch source {
    case .stored(let tensor): try tensor.expandedFloats()
    case .rule(let key, let allKeys): RuleWeights.tensor(key: key, shape: shape, allKeys: allKeys)
    }
  }
}
