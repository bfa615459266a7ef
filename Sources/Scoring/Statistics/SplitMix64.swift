/// Sebastiano Vigna's splitmix64: 64 bits of state, the same numbers on every machine.
///
/// Source: "Fast splittable pseudorandom number generators", Steele, Lea, Flood, OOPSLA 2014, and prng.di.unimi.it.
package struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  private static let step: UInt64 = 0x9e37_79b9_7f4a_7c15

  package init(seed: UInt64) { state = seed }

  /// Passes over the next numbers, in no time: the state counts.
  package mutating func skip(_ count: UInt64) { state &+= Self.step &* count }

  package mutating func next() -> UInt64 {
    state &+= Self.step
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
