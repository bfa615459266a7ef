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
      // A few thousand values; what lies between the pixels' channels is carried along.
      var sums = [Double](repeating: 0, count: shape.floats)
      for (level, tensor) in levels.enumerated() {
        tensor.withUnsafePointer { values in
          for index in sums.indices { sums[index] += weights[level] * map(level, Double(values[index])) }
        }
      }
      for index in sums.indices { floats[index] = Float(sums[index]) }
    }
  }
}

/// The C library's exponential in double precision.
func exponential(_ value: Double) -> Double { exp(value) }
