import Checkpoints
import Faults
import Foundation
import Hashing
import TestSupport
import Testing

@Suite("The checkpoint corpus", .enabled(if: Shared.has(Corpus.index), "needs ../shared/golden/checkpoints"))
struct CheckpointCorpusTests {
  @Test("Every file loads to the last bit or is refused, and nothing is executed")
  func everyFile() throws {
    let corpus = try Corpus.load()
    var files = Tally("checkpoints/files")
    var tensors = Tally("checkpoints/tensors")
    var slowest = (Duration.zero, "")
    for row in corpus.files {
      let bytes = try row.bytes()
      let clock = ContinuousClock()
      let start = clock.now
      let result = Result { () throws(CheckpointError) in try Checkpoint.read(bytes: bytes, name: row.file) }
      slowest = max(slowest, (start.duration(to: clock.now), row.file)) { $0.0 < $1.0 }
      switch (row.expect, result) {
      case ("load", .success(let checkpoint)): try compare(checkpoint, row, &files, &tensors)
      case ("load", .failure(let error)): files.expect(false, "\(row): refused: \(error)")
      case ("refuse", .success): files.expect(false, "\(row): loaded, but \(row.reason ?? "must be refused")")
      case ("refuse", .failure(let error)):
        files.expect(
          error.place.hasPrefix(row.file) && !error.cause.isEmpty && !error.description.contains("\u{1b}"),
          "\(row): the error does not name the file: \(error)")
      default: files.expect(false, "\(row): unknown expectation \(row.expect)")
      }
    }
    print("checkpoints: slowest file \(slowest.1) \(slowest.0)")
    #expect(slowest.0 < .seconds(1), "\(slowest.1)")
    #expect(!FileManager.default.fileExists(atPath: "trackbench_canary_file"))
    files.finish()
    tensors.finish()
  }

  private func compare(
    _ checkpoint: Checkpoint, _ row: Corpus.Row, _ files: inout Tally, _ tensors: inout Tally
  ) throws {
    let wanted = row.tensors ?? []
    // The index does not promise an order.
    files.expect(
      checkpoint.container.rawValue == row.container
        && checkpoint.tensors.map(\.key).sorted() == wanted.map(\.key).sorted()
        && checkpoint.metadata == row.metadata ?? [:]
        && (row.skipped == nil || row.skipped?.sorted() == checkpoint.skipped.sorted()),
      "\(row): \(checkpoint.container), \(checkpoint.tensors.map(\.key)), skipped \(checkpoint.skipped)")
    for golden in wanted {
      guard let tensor = checkpoint.tensors.first(where: { $0.key == golden.key }) else { continue }
      let digest = try tensor.floats().withUnsafeBytes { SHA256.hex($0) }
      tensors.expect(
        tensor.dtype.rawValue == golden.dtype && tensor.shape == golden.shape && digest == golden.sha256,
        "\(row): \(golden.key): \(tensor.dtype) \(tensor.shape), wanted \(golden.dtype) \(golden.shape), \(digest)")
    }
  }

  @Test("The list of names and the limits are the corpus's")
  func listAndLimits() throws {
    let corpus = try Corpus.load()
    #expect(Set(Checkpoint.allowedGlobals) == Set(corpus.allowedGlobals))
    #expect(Checkpoint.limits.nesting == corpus.limits.maxNesting)
    #expect(Checkpoint.limits.rank == corpus.limits.maxRank)
    #expect(Checkpoint.limits.elements == corpus.limits.maxElements)
    #expect(Checkpoint.limits.memoIndex == corpus.limits.maxMemoIndex)
    #expect(Checkpoint.limits.integerBytes == corpus.limits.maxIntegerBytes)
    #expect(Checkpoint.limits.safetensorsHeader == corpus.limits.maxSafetensorsHeader)
  }

  @Test("A file cut at any length is refused or the same")
  func truncated() throws {
    var tally = Tally("checkpoints/truncations")
    for row in try Corpus.load().files where row.expect == "load" {
      let bytes = try row.bytes()
      let whole = try Checkpoint.read(bytes: bytes, name: row.file).tensors.map(\.key)
      for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 6000)) {
        let read = try? Checkpoint.read(bytes: Array(bytes[..<length]), name: row.file)
        tally.expect(read == nil || read?.tensors.map(\.key) == whole, "\(row) cut to \(length) bytes")
      }
    }
    tally.finish()
  }

  @Test("Altered bytes never crash: what still loads can be read, summed up and written")
  func altered() throws {
    var random = SplitMix(state: 20_260_101)
    var loaded = 0
    var refused = 0
    #if DEBUG
      let rounds = 30
    #else
      let rounds = 150
    #endif
    for row in try Corpus.load().files {
      let bytes = try row.bytes()
      guard !bytes.isEmpty else { continue }
      for round in 0..<(bytes.count > 10_000 ? min(20, rounds) : rounds) {
        var damaged = bytes
        for _ in 0...(round % 4) {
          let at = Int.random(in: 0..<damaged.count, using: &random)
          damaged[at] =
            round % 2 == 0
            ? damaged[at] ^ (1 << UInt8.random(in: 0..<8, using: &random)) : UInt8.random(in: 0...255, using: &random)
        }
        // In a zip archive the checksum would hide the pickle from this test.
        if damaged.starts(with: [0x50, 0x4b]), round % 3 != 0 { ZipRepair.repairChecksums(&damaged) }
        do throws(CheckpointError) {
          let checkpoint = try Checkpoint.read(bytes: damaged, name: row.file)
          loaded += 1
          for tensor in checkpoint.tensors where !tensor.isExpanded && tensor.count < 1 << 20 {
            #expect(try tensor.floats().count == tensor.count)
          }
          if checkpoint.tensors.allSatisfy({ $0.count < 1 << 20 }) { _ = try CheckpointSummary(checkpoint) }
        } catch {
          refused += 1
          #expect(!error.cause.isEmpty)
        }
      }
    }
    print("checkpoints: of \(loaded + refused) altered files \(loaded) loaded, \(refused) refused")
    #expect(!FileManager.default.fileExists(atPath: "trackbench_canary_file"))
  }

  @Test("Converted to safetensors or read from the file again, every tensor keeps type, shape and bits")
  func converted() throws {
    var tally = Tally("checkpoints/converted")
    let folder = try TemporaryFolder()
    for row in try Corpus.load().files where row.expect == "load" {
      let checkpoint = try Checkpoint.read(bytes: try row.bytes(), name: row.file)
      let path = folder.file("\(row.file).safetensors")
      try Safetensors.write(checkpoint.tensors, metadata: ["from": row.file], to: path)
      let copy = try Checkpoint.read(path: path)
      #expect(copy.metadata == ["from": row.file])
      let left = try Checkpoint.read(path: Shared.path("\(Corpus.folder)/\(row.file)"))
      for (other, way) in [(copy, "converted"), (left, "left in its file")] {
        #expect(other.tensors.count == checkpoint.tensors.count)
        for (a, b) in zip(checkpoint.tensors, other.tensors) {
          let isEqual = try a.floats().map(\.bitPattern) == b.floats().map(\.bitPattern)
          tally.expect(
            isEqual && a.dtype == b.dtype && a.shape == b.shape && a.key == b.key, "\(row) \(way): \(a.key)")
        }
      }
    }
    tally.finish()
  }
}

private func max<T>(_ a: T, _ b: T, by isLess: (T, T) -> Bool) -> T { isLess(a, b) ? b : a }
