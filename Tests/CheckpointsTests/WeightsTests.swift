import Checkpoints
import Faults
import TestSupport
import Testing

@Suite("Weights")
struct WeightsTests {
  private let folder: TemporaryFolder
  private let weights: Weights

  init() throws {
    folder = try TemporaryFolder()
    let path = folder.file("net.safetensors")
    try Safetensors.write(
      [
        ("backbone.conv1.0.weight", [2, 1, 1, 1], [1, 2]), ("backbone.conv1.0.bias", [2], [3, 4]),
        ("backbone.conv1.1.num_batches_tracked", [], [7]),
      ], to: path)
    weights = try Weights(contentsOf: path)
  }

  private func error<T>(_ body: () throws(WeightsError) -> T) throws -> WeightsError {
    do throws(WeightsError) {
      _ = try body()
    } catch {
      return error
    }
    throw Unexpected()
  }

  private struct Unexpected: Error {}

  @Test("A network that asks for every key gets its values")
  func fits() throws {
    #expect(weights.name == "net.safetensors")
    #expect(weights.sha256.count == 64)
    let values = try weights.read { reader throws(WeightsError) in
      try reader.tensor("backbone.conv1.0.weight", shape: [2, 1, 1, 1])
        + reader.tensor("backbone.conv1.0.bias", shape: [2])
    }
    #expect(values == [1, 2, 3, 4])
  }

  @Test("What is missing, misshapen and left over is named in one error, with the way out")
  func mismatches() throws {
    let error = try error { () throws(WeightsError) in
      try weights.read { reader throws(WeightsError) in
        #expect(try reader.tensor("backbone.conv2.0.weight", shape: [3]) == [0, 0, 0])
        #expect(try reader.tensor("backbone.conv1.0.weight", shape: [1, 2]) == [0, 0])
        #expect(try reader.optional("neck.weight", shape: [1]) == nil)
      }
    }
    #expect(
      error.description == """
        net.safetensors: the weights do not fit the network (keys: 1 missing, 1 of another shape, 1 left over): \
        backbone.conv2.0.weight is missing, wanted [3]; \
        backbone.conv1.0.weight has shape [2, 1, 1, 1], wanted [1, 2]; \
        backbone.conv1.0.bias [2] belongs to no layer
          remedy: `trackbench weights inspect net.safetensors` lists what the file holds
        """)
    #expect(error.mismatches.map(\.key).count == 3)
  }

  @Test("Many mismatches are counted, the first are spelled out")
  func many() throws {
    let error = try error { () throws(WeightsError) in
      try Weights.rule(shapes: []).read { reader throws(WeightsError) in
        for i in 0..<40 { _ = try reader.tensor("layer\(i).weight", shape: [1]) }
      }
    }
    #expect(error.mismatches.count == 40)
    #expect(error.cause.contains("40 missing") && error.cause.hasSuffix("and 34 more"))
  }

  @Test("Keys may be ignored by name and by prefix")
  func ignored() throws {
    let reader = WeightReader(weights)
    reader.ignore(prefix: "backbone.conv1.0.w")
    reader.ignore(key: "backbone.conv1.0.bias")
    try reader.finish()
  }

  @Test("A shape that is none is refused at once", arguments: [[-1], [1 << 40, 1 << 40], [1 << 20, 1 << 12]])
  func noShape(shape: [Int]) {
    #expect(throws: WeightsError.self) { try WeightReader(weights).tensor("absent", shape: shape) }
  }

  @Test("Other authors' keys are renamed, and errors tell both names")
  func renamed() throws {
    let renamed = try weights.renamed { key in
      key.hasPrefix("backbone.") ? "features." + key.dropFirst("backbone.".count) : nil
    }
    #expect(renamed.sha256 == weights.sha256)
    let error = try error { () throws(WeightsError) in
      try renamed.read { reader throws(WeightsError) in
        #expect(try reader.tensor("features.conv1.0.bias", shape: [2]) == [3, 4])
      }
    }
    #expect(error.cause.contains("features.conv1.0.weight (backbone.conv1.0.weight in the file) [2, 1, 1, 1]"))
    let clash = try self.error { () throws(WeightsError) in try weights.renamed { _ in "same" } }
    #expect(clash.cause.contains("both mean same"))
  }

  @Test("A view that repeats one element is not written out, and its summary stays short")
  func expanded() throws {
    let tensor = StoredTensor(
      key: "huge", dtype: .f32, shape: [1 << 16, 1 << 15], strides: [0, 0], source: .file([0, 0, 0x80, 0x3f]),
      storageStart: 0, storageCount: 1)
    #expect(tensor.count == 1 << 31)
    #expect(tensor.isExpanded)
    #expect(throws: CheckpointError.self) { try tensor.floats() }
    #expect(throws: CheckpointError.self) { try Safetensors.write([tensor], to: folder.file("huge")) }
  }

  @Test("The summary gives shape, type, range and mean of each tensor")
  func summary() throws {
    let path = folder.file("summary.safetensors")
    try Safetensors.write(
      [("a", [2, 2], [1, -3, .nan, 4]), ("empty", [0, 3], []), ("nan", [], [.nan])], metadata: ["by": "test"], to: path)
    let summary = try CheckpointSummary(Checkpoint.read(path: path))
    #expect(summary.container == .safetensors && summary.metadata == ["by": "test"] && summary.elementCount == 5)
    #expect(summary.sha256.count == 64)
    let a = summary.rows[0]
    #expect(a.minimum == -3 && a.maximum == 4 && a.mean == 2.0 / 3 && a.nanCount == 1 && a.shape == [2, 2])
    #expect(summary.rows[1].count == 0 && summary.rows[1].mean == nil && summary.rows[1].nanCount == 0)
    #expect(summary.rows[2].minimum == nil && summary.rows[2].nanCount == 1)
  }

  @Test("Files that cannot be read say why", arguments: ["absent.pth", ""])
  func unreadable(name: String) throws {
    do throws(CheckpointError) {
      _ = try Checkpoint.read(path: folder.file(name))
      Issue.record("\(name) was read")
    } catch {
      #expect(error.kind == .file && error.remedy != nil)
    }
  }
}
