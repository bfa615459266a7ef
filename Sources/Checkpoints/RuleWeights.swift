/// Weights that follow from a rule instead of a file: for demonstrations and for tests against the authors' networks.
///
/// Every tensor follows from its key, its shape and the set of keys: a splitmix64 stream seeded with the key's FNV-1a hash, scaled
/// by what the key names. The scales keep activations of the known networks in range. Everything is computed in
/// double precision and rounded once. The rule is that of the project's model goldens; a change of it changes them all.
public enum RuleWeights {
  /// Values in row-major order. `allKeys` tells batch norms (whose stem has a `.running_mean`) from other layers.
  ///
  /// `shape` must be that of a tensor that fits in memory; an empty one is a scalar.
  public static func tensor(key: String, shape: [Int], allKeys: Set<String>) -> [Float] {
    let count = shape.reduce(1, *)
    let kind = Kind(key: key, shape: shape, allKeys: allKeys)
    return [Float](unsafeUninitializedCapacity: count) { target, filled in
      kind.fill(target, stream: Stream(key: key))
      filled = count
    }
  }

  /// Uniform numbers in [0, 1) with 24 bits each.
  struct Stream {
    private(set) var state: UInt64

    init(key: String) {
      state = key.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    /// One splitmix64 output.
    mutating func bits() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }

    @inline(__always)
    mutating func unit() -> Double { Double(bits() >> 40) * 0x1p-24 }

    @inline(__always)
    mutating func signed() -> Double { 2 * unit() - 1 }
  }

  /// What a key asks for.
  enum Kind {
    case zero
    /// base + scale * u, u uniform in [0, 1).
    case unit(base: Double, scale: Double)
    /// factor * (base + scale * u): one more rounding than `unit`.
    case scaledUnit(factor: Double, base: Double, scale: Double)
    /// base + scale * s, s uniform in [-1, 1).
    case signed(base: Double, scale: Double)
    /// As `signed` with base 0, but each filter of `fanIn` values is odd, which removes the mean of the picture.
    case oddFilter(scale: Double, fanIn: Int)

    init(key: String, shape: [Int], allKeys: Set<String>) {
      let dot = key.utf8.lastIndex(of: UInt8(ascii: "."))
      let stem = dot.map { String(key[..<$0]) }
      let isNorm = stem.map { allKeys.contains($0 + ".running_mean") } ?? false
      if key.hasSuffix(".num_batches_tracked") {
        self = .zero
      } else if key.hasSuffix(".running_mean") {
        self = .signed(base: 0, scale: 0.2)
      } else if key.hasSuffix(".running_var") {
        self = .unit(base: 0.6, scale: 0.8)
      } else if isNorm, key.hasSuffix(".weight") {
        self =
          stem?.hasSuffix(".bn3") == true
          ? .scaledUnit(factor: 0.4, base: 0.75, scale: 0.5) : .unit(base: 0.75, scale: 0.5)
      } else if isNorm, key.hasSuffix(".bias") {
        self = .signed(base: 0, scale: 0.2)
      } else if key.hasSuffix(".bias") {
        let isBoxBias = key.hasPrefix("head.") && key.hasSuffix(".loc.head.3.bias")
        self = .signed(base: isBoxBias ? 3.5 : 0, scale: 0.1)
      } else if key.hasSuffix(".cls_weight") || key.hasSuffix(".loc_weight") {
        self = .unit(base: 0.5, scale: 1)
      } else if key.hasSuffix(".loc_scale") {
        self = .unit(base: 0.9, scale: 0.2)
      } else {
        let fanIn = shape.dropFirst().reduce(1, *)
        let scale = Self.gain(key: key, shape: shape) * (3 / Double(fanIn)).squareRoot()
        self =
          Self.firstConvolutions.contains(key)
          ? .oddFilter(scale: scale, fanIn: fanIn) : .signed(base: 0, scale: scale)
      }
    }

    private static let firstConvolutions: Set<String> = [
      "backbone.features.0.weight", "backbone.layer1.0.weight", "backbone.conv1.weight", "backbone.layer0.0.weight",
    ]

    private static func gain(key: String, shape: [Int]) -> Double {
      if firstConvolutions.contains(key) { return 1.0 / 16 }
      if key.hasSuffix(".head.0.weight"), shape.dropFirst(2).allSatisfy({ $0 == 1 }) { return 1.0 / 64 }
      if key.hasSuffix(".cls.head.3.weight") { return 0.75 }
      if key.hasSuffix(".loc.head.3.weight") { return 0.25 }
      if key.hasSuffix(".xorr_bbox.0.weight") { return 1.0 / 64 }
      let unit = [".xorr_bbox.6.weight", ".xorr_search.weight", ".xorr_kernel.weight", ".downsample.0.weight"]
      if unit.contains(where: key.hasSuffix) { return 1 }
      if key.hasPrefix("backbone.layer"), key.hasSuffix(".conv.6.weight") { return 1 }
      return 2.0.squareRoot()
    }

    /// Initialises every element of `target`.
    func fill(_ target: UnsafeMutableBufferPointer<Float>, stream: Stream) {
      var stream = stream
      switch self {
      case .zero: target.initialize(repeating: 0)
      case .unit(let base, let scale):
        for i in target.indices { target.initializeElement(at: i, to: Float(base + scale * stream.unit())) }
      case .scaledUnit(let factor, let base, let scale):
        for i in target.indices { target.initializeElement(at: i, to: Float(factor * (base + scale * stream.unit()))) }
      case .signed(let base, let scale):
        for i in target.indices { target.initializeElement(at: i, to: Float(base + scale * stream.signed())) }
      case .oddFilter(let scale, let fanIn):
        for i in target.indices { target.initializeElement(at: i, to: Float(stream.signed() * scale)) }
        guard fanIn > 0 else { return }
        for start in stride(from: 0, to: target.count - fanIn + 1, by: fanIn) {
          for j in 0..<(fanIn / 2) { target[start + fanIn - 1 - j] = -target[start + j] }
          if fanIn % 2 == 1 { target[start + fanIn / 2] = 0 }
        }
      }
    }
  }
}
