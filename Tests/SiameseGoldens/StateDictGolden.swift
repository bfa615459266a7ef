package import TestSupport
import Testing

/// `state_dict.json`: every tensor of the original network.
package enum StateDictGolden {
  private struct File: Decodable {
    struct Tensor: Decodable {
      let key: String
      let shape: [Int]
    }
    let tensors: [Tensor]
  }

  /// One comparison a tensor, in both directions; `num_batches_tracked`, which only training uses, does not count.
  package static func compare(_ folder: String, _ shapes: [(String, [Int])], into tally: inout Tally) throws {
    let wanted = try ModelGoldens.json("\(folder)/state_dict.json", as: File.self).tensors
      .filter { !$0.key.hasSuffix(".num_batches_tracked") }
    let found = Dictionary(shapes) { first, _ in first }
    for tensor in wanted {
      tally.expect(
        found[tensor.key] == tensor.shape,
        "\(tensor.key) has shape \(found[tensor.key].map { "\($0)" } ?? "none"), wanted \(tensor.shape)")
    }
    let keys = Set(wanted.map(\.key))
    for (key, shape) in shapes where !keys.contains(key) {
      tally.expect(false, "\(key) \(shape) is not the original's")
    }
    tally.expect(shapes.count == wanted.count, "\(shapes.count) tensors, wanted \(wanted.count)")
  }
}
