public import Checkpoints
public import Tensors

/// A part of a head that lets template and search features meet and makes a few maps of what comes out.
///
/// Heads are built over any unit, so that one head serves depth-wise correlation and asymmetric convolution alike.
public protocol FusionUnit: Sendable {
  /// What the unit keeps of a template for the whole sequence.
  associatedtype Memory: Sendable

  /// The tensors it reads, with their keys and shapes.
  ///
  /// - Parameters:
  ///   - name: the module's name, as `head.box2.cls`.
  ///   - channels: of template, search and everything between.
  ///   - outputs: channels of the result.
  static func shapes(_ name: String, channels: Int, outputs: Int) -> [(String, [Int])]

  /// Rows and columns of the result for features of these sides; below 1 where there is none.
  static func outputSide(template: Int, search: Int) -> Int

  /// Reads the unit's tensors; see ``shapes(_:channels:outputs:)``.
  ///
  /// - Parameter folding: computes batch norms within the convolutions before them; false keeps them apart, for tests that look in between.
  init(
    _ reader: WeightReader, name: String, channels: Int, outputs: Int, engine: Engine, folding: Bool
  ) throws(WeightsError)

  /// What there is to know of a template, computed once a sequence.
  ///
  /// - Parameters:
  ///   - template: one image, adjusted to the unit's channels: 7 x 7.
  ///   - target: the target's size in the template crop, for units with a prior.
  func memory(
    of template: Tensor, target: TargetSize, in workspace: Workspace, trace: LayerTrace?
  ) -> Memory

  /// The unit's maps for a search image's features: n x (h - 6) x (w - 6) x outputs.
  func callAsFunction(_ search: Tensor, memory: Memory, in workspace: Workspace, trace: LayerTrace?) -> Tensor
}

extension DepthwiseCorrelation: FusionUnit {
  /// The template's kernel; the target's size plays no part.
  public func memory(
    of template: Tensor, target: TargetSize, in workspace: Workspace, trace: LayerTrace?
  ) -> Tensor {
    kernel(of: template, in: workspace, trace: trace)
  }

  public func callAsFunction(
    _ search: Tensor, memory: Tensor, in workspace: Workspace, trace: LayerTrace?
  ) -> Tensor {
    self(search, kernel: memory, in: workspace, trace: trace)
  }
}
