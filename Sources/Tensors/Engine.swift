public import Faults
import Foundation

/// How networks are computed: which kernels, and which way of convolving. A value that is handed down from the command
/// line to layers and workspaces; results differ between engines by rounding only.
public struct Engine: Sendable, Hashable {
  /// The kernels' instruction set.
  public var instructionSet: InstructionSet
  /// The way of convolving for every layer it suits, or nil to let ``ConvolutionAlgorithm/chosen(for:)`` decide layer by layer.
  public var convolution: ConvolutionAlgorithm?

  public init(instructionSet: InstructionSet = .best, convolution: ConvolutionAlgorithm? = nil) {
    precondition(InstructionSet.available.contains(instructionSet), "\(instructionSet) does not run here")
    self.instructionSet = instructionSet
    self.convolution = convolution
  }

  /// The engine that this process's environment asks for. Throws as ``init(environment:)``.
  public static func ofThisProcess() throws(EngineFault) -> Engine {
    try Engine(environment: ProcessInfo.processInfo.environment)
  }

  /// The engine that the variables of `environment` ask for: `TRACKBENCH_KERNELS` (plain, avx2 or avx512) and
  /// `TRACKBENCH_CONVOLUTION` (plain, gemm or depthwise). Absent or empty ones leave the choice to the machine.
  ///
  /// - Throws: ``EngineFault`` where a value is unknown or does not run on this processor.
  public init(environment: [String: String]) throws(EngineFault) {
    self.init()
    if let name = environment["TRACKBENCH_KERNELS"], !name.isEmpty {
      guard let wanted = InstructionSet(rawValue: name) else {
        throw EngineFault(
          variable: "TRACKBENCH_KERNELS", value: name, known: InstructionSet.allCases.map(\.rawValue), runs: true)
      }
      guard InstructionSet.available.contains(wanted) else {
        throw EngineFault(
          variable: "TRACKBENCH_KERNELS", value: name, known: InstructionSet.available.map(\.rawValue), runs: false)
      }
      instructionSet = wanted
    }
    if let name = environment["TRACKBENCH_CONVOLUTION"], !name.isEmpty {
      guard let wanted = ConvolutionAlgorithm(rawValue: name) else {
        throw EngineFault(
          variable: "TRACKBENCH_CONVOLUTION", value: name, known: ConvolutionAlgorithm.allCases.map(\.rawValue),
          runs: true)
      }
      convolution = wanted
    }
  }
}

/// An environment variable that asks for an engine this machine or this program does not have.
public struct EngineFault: Fault, Hashable {
  /// The variable's name.
  public let place: String
  public let cause: String
  public let remedy: String?

  init(variable: String, value: String, known: [String], runs: Bool) {
    place = variable
    let list = known.joined(separator: ", ")
    cause = runs ? "expected one of \(list), found \"\(value)\"" : "this processor does not run \(value)"
    remedy = runs ? "unset \(variable) to let the machine decide" : "set it to one of \(list), or unset it"
  }
}
