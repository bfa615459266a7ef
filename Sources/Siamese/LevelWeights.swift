import Foundation
public import Tensors

/// How much each level of features counts in a head's result.
///
/// Source: `STVIR/pysot: pysot/models/head/rpn.py`, MultiRPN; section 3.4 of the model reference.
public struct LevelWeights: Sendable, Hashable {
  /// One a level, adding up to 1.
  public let weights: [Double]

  /// The softmax of what the checkpoint holds, which is not the weights themselves (quirk Q3.8).
  /// - Precondition: at least one.
  public init(softmaxOf stored: [Float]) {
    precondition(!stored.isEmpty)
    let largest = stored.reduce(-Float.infinity, max)
    let powers = stored.map { exp(Double($0) - Double(largest)) }
    let sum = powers.reduce(0, +)
    weights = powers.map { $0 / sum }
  }

  /// Equal weights, for heads without any in the checkpoint.
  public init(meanOf levels: Int) {
    precondition(levels > 0)
    weights = [Double](repeating: 1 / Double(levels), count: levels)
  }

  /// sum over levels of weight * map(level, value), value by value in double and in the levels' order, rounded once.
  /// - Precondition: one tensor a weight, all of one shape.
  public func sum(
    _ levels: [Tensor], in workspace: Workspace, map: (_ level: Int, _ value: Double) -> Double
  ) -> Tensor {
    precondition(levels.count == weights.count && levels.allSatisfy { $0.shape == levels[0].shape })
    let shape = levels[0].shape
    return workspace.tensor(shape) { floats in
      // What lies between the pixels' channels is carried along. In blocks that fit the stack: nothing is allocated.
      withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.block) { sums in
        for first in stride(from: 0, to: shape.floats, by: Self.block) {
          let count = min(Self.block, shape.floats - first)
          for index in 0..<count { sums[index] = 0 }
          for (level, tensor) in levels.enumerated() {
            tensor.withUnsafePointer { values in
              for index in 0..<count { sums[index] += weights[level] * map(level, Double(values[first + index])) }
            }
          }
          for index in 0..<count { floats[first + index] = Float(sums[index]) }
        }
      }
    }
  }

  private static let block = 128
}

/// The C library's exponential in double precision.
func exponential(_ value: Double) -> Double { exp(value) }
