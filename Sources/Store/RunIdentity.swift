import Hashing

/// All that decides a run's boxes. Two runs with equal identity are one: the second resumes the first.
public struct RunIdentity: Hashable, Sendable {
  public enum Origin: String, Sendable {
    case run
    case imported = "import"
  }

  /// The tracker's name as reports show it.
  public var tracker: String
  public var dataset: String
  public var protocolName: String
  public var origin: Origin
  /// Every setting by key, defaults included.
  public var settings: [String: String]
  public var weightsName: String?
  public var weightsSHA256: String?
  /// Frames of each sequence to be tracked; nil for all.
  public var frameLimit: Int?

  public init(
    tracker: String, dataset: String, protocolName: String = "ope", origin: Origin, settings: [String: String] = [:],
    weightsName: String? = nil, weightsSHA256: String? = nil, frameLimit: Int? = nil
  ) {
    self.tracker = tracker
    self.dataset = dataset
    self.protocolName = protocolName
    self.origin = origin
    self.settings = settings
    self.weightsName = weightsName
    self.weightsSHA256 = weightsSHA256
    self.frameLimit = frameLimit
  }

  /// SHA-256 over the identity in a fixed order. The weights' file name does not count, their content does.
  public var key: String {
    var lines = [
      "tracker \(tracker)", "dataset \(dataset)", "protocol \(protocolName)", "origin \(origin.rawValue)",
      "weights \(weightsSHA256 ?? "-")", "frames \(frameLimit.map(String.init) ?? "all")",
    ]
    lines += settings.sorted { $0.key < $1.key }.map { "setting \($0.key)=\($0.value)" }
    return SHA256.hex(Array(lines.joined(separator: "\n").utf8))
  }
}

/// Where and how an invocation computed, stored beside what it added.
public struct Provenance: Hashable, Sendable {
  public var version: String
  public var cpu: String
  public var kernels: String
  public var blas: String
  public var jobs: Int
  public var threads: Int
  public var command: String

  public init(
    version: String, cpu: String, kernels: String, blas: String, jobs: Int, threads: Int, command: String
  ) {
    self.version = version
    self.cpu = cpu
    self.kernels = kernels
    self.blas = blas
    self.jobs = jobs
    self.threads = threads
    self.command = command
  }
}
