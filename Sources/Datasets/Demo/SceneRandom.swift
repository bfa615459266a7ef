/// SplitMix64: the generator every drawn scene takes its choices from, the same on every machine.
package struct SceneRandom: Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  /// Families of seeds that share no number: the demo's own, and those of ``SceneGenerator``.
  package enum Family: UInt64, Sendable {
    case demo = 0x6465_6d6f
    case generated = 0x7363_656e
  }

  package init(_ family: Family, seed: UInt64) {
    var mixer = SceneRandom(seed: family.rawValue &* 0x9e37_79b9_7f4a_7c15)
    state = mixer.next() ^ (seed &* 0xd134_2543_de82_ef95)
    _ = next()
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A generator of its own, so that one part of a scene can change without moving the others.
  mutating func fork() -> SceneRandom { SceneRandom(seed: next()) }

  /// 0 (included) to 1 (excluded), 53 bits.
  mutating func unit() -> Double { Double(next() >> 11) * (1.0 / 9_007_199_254_740_992) }

  mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

  /// -amount to amount, small values likelier.
  mutating func around(_ amount: Double) -> Double { (unit() + unit() - 1) * amount }

  mutating func chance(_ probability: Double) -> Bool { unit() < probability }

  /// 0 to `count` - 1.
  mutating func below(_ count: Int) -> Int { Int(next() >> 32) % max(count, 1) }

  /// -1 or 1.
  mutating func sign() -> Double { chance(0.5) ? 1 : -1 }

  /// - Precondition: `choices` is not empty (lists are written in the source).
  mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }
}
