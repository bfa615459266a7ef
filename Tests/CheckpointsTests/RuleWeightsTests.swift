import Checkpoints
import TestSupport
import Testing

@Suite("Rule weights")
struct RuleWeightsTests {
  private struct Golden: Decodable {
    struct Tensor: Decodable {
      let key: String
      let shape: [Int]
      let first4: [Double]?
      let sum: Double?
    }

    let tensors: [Tensor]
  }

  /// Every `state_dict.json` at any depth below the model goldens.
  private static let networks: [String] = {
    var found: [String] = []
    var folders = [""]
    while let folder = folders.popLast() {
      for name in Shared.list("golden/models/\(folder)") {
        if name == "state_dict.json" { found.append(folder) }
        if !name.contains(".") { folders.append(folder.isEmpty ? name : "\(folder)/\(name)") }
      }
    }
    return found.sorted()
  }()

  @Test(
    "First values and sums of every tensor are those of the golden networks",
    .enabled(if: !networks.isEmpty, "needs ../shared/golden/models with state_dict.json"))
  func golden() throws {
    var values = Tally("models/rule weights")
    for network in Self.networks {
      let golden: Golden = try Shared.json("golden/models/\(network)/state_dict.json")
      let weights = Weights.rule(shapes: golden.tensors.map { ($0.key, $0.shape) })
      for tensor in golden.tensors {
        #if DEBUG
          // Unoptimised, the large tensors alone would take minutes.
          guard tensor.shape.reduce(1, *) < 20_000 else { continue }
        #endif
        guard let floats = try weights.tensors[tensor.key]?.floats() else {
          values.expect(false, "\(network): \(tensor.key) is absent")
          continue
        }
        let first = zip(floats, tensor.first4 ?? []).allSatisfy { $0.bitPattern == Float($1).bitPattern }
        let sum = floats.reduce(0.0) { $0 + Double($1) }
        let wanted = tensor.sum ?? 0
        values.expect(
          first && floats.count >= min(4, tensor.first4?.count ?? 0) && abs(sum - wanted) <= 1e-9 * max(1, abs(wanted)),
          "\(network): \(tensor.key): \(floats.prefix(4)) sum \(sum), wanted \(tensor.first4 ?? []) sum \(wanted)")
      }
    }
    values.finish()
  }

  @Test("The rule's own example: state and numbers of backbone.conv1.weight")
  func example() throws {
    // f = 0.5547..., 0.7920..., 0.6175...; a bare key is no norm, and its fan-in is 1.
    let values = RuleWeights.tensor(key: "x.running_var", shape: [4], allKeys: [])
    #expect(values.allSatisfy { (0.6..<1.4).contains($0) })
    let first = RuleWeights.tensor(key: "backbone.conv1.weight", shape: [1, 1, 1, 3], allKeys: [])
    let scale = 1.0 / 16
    #expect(first[0] == Float((2 * 0.5547987818717957 - 1) * scale) && first[1] == 0 && first[2] == -first[0])
  }

  @Test("A network made by the rule reads like one from a file")
  func network() throws {
    let weights = Weights.rule(shapes: [("a.weight", [2, 3]), ("a.bias", [2]), ("b.num_batches_tracked", [])])
    let network = try weights.read { reader throws(WeightsError) in
      try (reader.tensor("a.weight", shape: [2, 3]), reader.tensor("a.bias", shape: [2]))
    }
    #expect(network.0.count == 6 && network.1.allSatisfy { abs($0) < 0.1 })
    #expect(weights.tensors["b.num_batches_tracked"]?.dtype == .i64)
    #expect(weights.sha256 != Weights.rule(shapes: []).sha256)
  }
}
