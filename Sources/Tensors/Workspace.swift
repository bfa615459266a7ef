/// The memory a network computes in, and the engine it computes with: one a tracker, used by one thread at a time.
///
/// Tensors made here take blocks that no living tensor holds any more, so that from the second frame on nothing large is
/// allocated: the blocks of the first frame go round. A tensor may outlive its workspace.
public final class Workspace {
  public let engine: Engine
  /// What the matrix products have cost since the beginning.
  public private(set) var products = ProductMeter()
  /// What every convolution has cost since ``records`` was set to an empty list; nil keeps no account.
  public var records: [ConvolutionRecord]?
  private var ownPool: Pool
  private var blocks: [TensorStorage] = []
  private var scratch = TensorStorage(capacity: 0)
  /// One picture, for ``pictures(count:side:fill:)``.
  var bytes: [UInt8] = []

  public init(engine: Engine) {
    self.engine = engine
    ownPool = Pool(threads: engine.threads)
  }

  /// Threads that share a layer at the moment: the engine's and those that are idle.
  package var threads: Int { engine.threads + IdleThreads.each }

  /// Those threads; to be asked for once a layer, for the number may change from one to
  /// the next.
  var pool: Pool {
    let threads = threads
    if ownPool.wanted != threads { ownPool = Pool(threads: threads) }
    return ownPool
  }

  /// Floats held in all blocks, for accounts of memory.
  public var capacity: Int { blocks.reduce(scratch.capacity) { $0 + $1.capacity } }

  /// A tensor whose values `body` writes, every one of them: the block may hold old values.
  public func tensor(_ shape: TensorShape, initializing body: (UnsafeMutablePointer<Float>) -> Void) -> Tensor {
    Tensor(shape: shape, storage: freeBlock(floats: shape.floats), initializing: body)
  }

  /// The smallest free block that is large enough, or a new one.
  private func freeBlock(floats: Int) -> TensorStorage {
    var best: Int?
    for index in blocks.indices where blocks[index].capacity >= floats {
      guard isKnownUniquelyReferenced(&blocks[index]) else { continue }
      if let known = best, blocks[known].capacity <= blocks[index].capacity { continue }
      best = index
    }
    if let best { return blocks[best] }
    let block = TensorStorage(capacity: floats)
    blocks.append(block)
    return block
  }

  /// Lends `floats` floats of working memory, whatever they hold, for the length of a call that does not ask for scratch itself.
  package func withScratch<Result>(floats: Int, _ body: (UnsafeMutablePointer<Float>) -> Result) -> Result {
    if scratch.capacity < floats { scratch = TensorStorage(capacity: floats) }
    return withExtendedLifetime(scratch) { body(scratch.floats) }
  }

  /// Counts and times one convolution. Depth-wise ones count in ``records`` only, as ``products`` always had it.
  func measure(
    _ parameters: ConvolutionParameters, _ algorithm: ConvolutionAlgorithm, on shape: TensorShape, _ body: () -> Tensor
  ) -> Tensor {
    let begin = ContinuousClock.now
    let output = body()
    let duration = ContinuousClock.now - begin
    let multiplyAdds = parameters.multiplyAdds(for: shape)
    if algorithm == .direct || algorithm == .winograd { products.add(multiplyAdds: multiplyAdds, duration: duration) }
    records?.append(
      ConvolutionRecord(
        name: parameters.name, algorithm: algorithm, input: shape, output: output.shape, multiplyAdds: multiplyAdds,
        duration: duration))
    return output
  }

  /// C = A B, counted and timed; see ``BLAS/multiply(rows:columns:depth:a:aStride:b:bStride:c:cStride:)``.
  func multiply(
    rows: Int, columns: Int, depth: Int, a: UnsafePointer<Float>, aStride: Int, b: UnsafePointer<Float>, bStride: Int,
    c: UnsafeMutablePointer<Float>, cStride: Int
  ) {
    measureProduct(multiplyAdds: rows * columns * depth) {
      BLAS.multiply(
        rows: rows, columns: columns, depth: depth, a: a, aStride: aStride, b: b, bStride: bStride, c: c,
        cStride: cStride)
    }
  }

  /// Counts and times a product that belongs to no convolution.
  func measureProduct(multiplyAdds: Int, _ body: () -> Void) {
    let begin = ContinuousClock.now
    body()
    products.add(multiplyAdds: multiplyAdds, duration: ContinuousClock.now - begin)
  }
}

/// What one convolution was and cost.
public struct ConvolutionRecord: Sendable, Hashable {
  /// The layer's name in the checkpoint; empty where nobody gave one.
  public let name: String
  public let algorithm: ConvolutionAlgorithm
  public let input: TensorShape
  public let output: TensorShape
  /// As the definition does them, whatever the algorithm saves.
  public let multiplyAdds: Int
  public let duration: Duration
}

/// The cost of matrix products and convolutions: how many, how much work, how long.
public struct ProductMeter: Sendable, Hashable {
  public private(set) var calls = 0
  /// One multiplication and one addition each: twice as many floating point operations. Counted as the definition of a
  /// convolution does them, whatever an algorithm saves.
  public private(set) var multiplyAdds = 0
  public private(set) var duration = Duration.zero

  mutating func add(multiplyAdds work: Int, duration time: Duration) {
    calls += 1
    multiplyAdds += work
    duration += time
  }
}
