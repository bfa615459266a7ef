import Foundation

/// How networks are computed: which kernels, and which way of convolving. A value that is handed down from the command
/// line to layers and workspaces; results differ between engines by rounding only.
public struct Engine: Sendable, Hashable {
  /// Who multiplies matrices.
  public enum Products: String, Sendable, Hashable, CaseIterable {
    /// The BLAS library, over patches.
    case openblas
    /// Our own kernels, over pixels where they lie.
    case native
  }

  /// The kernels' instruction set.
  public var instructionSet: InstructionSet
  /// The way of convolving for every layer it suits, or nil to let ``ConvolutionAlgorithm/chosen(for:engine:)`` decide layer
  /// by layer.
  public var convolution: ConvolutionAlgorithm?
  /// Our own where there are kernels made for this processor, else the library's.
  public var products: Products
  /// Bytes that the weights of all convolutions of a network may take, nil for no bound. Winograd's weights are kept where
  /// they pay most.
  public var weightBytes: Int?
  /// Threads that share the work of a layer. Results do not depend on it, to the bit.
  public var threads: Int
  var plan = WinogradPlan.everywhere

  public init(
    instructionSet: InstructionSet = .best, convolution: ConvolutionAlgorithm? = nil, products: Products? = nil,
    weightBytes: Int? = nil, threads: Int = 1
  ) {
    precondition(InstructionSet.available.contains(instructionSet), "\(instructionSet) does not run here")
    precondition(threads > 0)
    self.instructionSet = instructionSet
    self.convolution = convolution
    self.products = products ?? (instructionSet == .plain ? .openblas : .native)
    self.weightBytes = weightBytes
    self.threads = threads
  }

  /// In a few words: instruction set and ways of convolving, for provenance.
  public var summary: String {
    let way =
      switch convolution {
      case nil: products == .native ? "Winograd and direct" : "OpenBLAS"
      case .gemm?: "OpenBLAS"
      case let way?: way.rawValue
      }
    let bound = weightBytes.map { ", weights within \($0 >> 20) MiB" } ?? ""
    return "\(instructionSet.rawValue), \(way)\(bound)"
  }
}
