public import Faults
import Foundation

extension Engine {
  /// The variables that ask for an engine.
  public enum Variable: String, Sendable, CaseIterable {
    /// plain, avx2 or avx512.
    case kernels = "TRACKBENCH_KERNELS"
    /// A ``ConvolutionAlgorithm``.
    case convolution = "TRACKBENCH_CONVOLUTION"
    /// openblas or native.
    case products = "TRACKBENCH_GEMM"
    /// Bytes of weights, with K, M or G behind for powers of 1024.
    case weightBytes = "TRACKBENCH_MEMORY"
    /// Threads inside a frame.
    case threads = "TRACKBENCH_THREADS"
  }

  /// The engine that this process's environment asks for. Throws as ``init(environment:)``.
  public static func ofThisProcess() throws(EngineFault) -> Engine {
    try Engine(environment: ProcessInfo.processInfo.environment)
  }

  /// The engine that the variables of `environment` ask for; see ``Variable``. Absent or empty ones leave the choice to the
  /// machine.
  ///
  /// - Throws: ``EngineFault`` where a value is unknown or does not run on this processor.
  public init(environment: [String: String]) throws(EngineFault) {
    func value(_ variable: Variable) -> String? {
      environment[variable.rawValue].flatMap { $0.isEmpty ? nil : $0 }
    }
    func named<Value: RawRepresentable<String> & CaseIterable>(
      _ variable: Variable, _: Value.Type
    ) throws(EngineFault) -> Value? {
      guard let name = value(variable) else { return nil }
      guard let value = Value(rawValue: name) else {
        throw EngineFault(variable.rawValue, value: name, known: Value.allCases.map(\.rawValue), runs: true)
      }
      return value
    }
    let wanted = try named(.kernels, InstructionSet.self)
    if let wanted, !InstructionSet.available.contains(wanted) {
      throw EngineFault(
        Variable.kernels.rawValue, value: wanted.rawValue, known: InstructionSet.available.map(\.rawValue), runs: false)
    }
    self.init(
      instructionSet: wanted ?? .best, convolution: try named(.convolution, ConvolutionAlgorithm.self),
      products: try named(.products, Products.self))
    if let text = value(.weightBytes) {
      guard let bytes = Self.bytes(text) else {
        throw EngineFault(Variable.weightBytes.rawValue, value: text, wanted: "a size such as 600M")
      }
      weightBytes = bytes
    }
    if let text = value(.threads) {
      guard let count = Int(text), 1...256 ~= count else {
        throw EngineFault(Variable.threads.rawValue, value: text, wanted: "a number from 1 to 256")
      }
      threads = count
    }
  }

  /// `600M` and the like: digits with K, M or G for powers of 1024; nil for anything else.
  public static func bytes(_ text: String) -> Int? {
    let units: [Character: Int] = ["K": 10, "M": 20, "G": 30]
    let shift = text.last.flatMap { units[Character($0.uppercased())] }
    guard let count = Int(shift == nil ? text[...] : text.dropLast()), count >= 0 else { return nil }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: 1 << (shift ?? 0))
    return overflow ? nil : bytes
  }
}

/// An environment variable that asks for an engine this machine or this program does not have.
public struct EngineFault: Fault, Hashable {
  /// The variable's name.
  public let place: String
  public let cause: String
  public let remedy: String?

  init(_ variable: String, value: String, known: [String], runs: Bool) {
    place = variable
    let list = known.joined(separator: ", ")
    cause = runs ? "expected one of \(list), found \"\(value)\"" : "this processor does not run \(value)"
    remedy = runs ? "unset \(variable) to let the machine decide" : "set it to one of \(list), or unset it"
  }

  init(_ variable: String, value: String, wanted: String) {
    place = variable
    cause = "expected \(wanted), found \"\(value)\""
    remedy = "unset \(variable) to let the machine decide"
  }
}
