import Synchronization

/// Which layers of a network may keep Winograd's weights.
enum WinogradPlan: Sendable, Hashable {
  case everywhere
  /// Layers by name.
  case only(Set<String>)
  /// Nothing is packed yet: layers say what they would need.
  case asking(WinogradSurvey)
}

/// What the layers of a network would need and save, as they say themselves.
final class WinogradSurvey: Sendable, Hashable {
  struct Candidate: Sendable {
    let name: String
    /// Bytes that its Winograd weights take more than its direct ones.
    let bytes: Int
    /// Products saved a frame.
    let saving: Double
  }
  struct Found: Sendable {
    var candidates: [Candidate] = []
    /// Bytes of all layers if none has Winograd weights.
    var directBytes = 0
  }
  private let found = Mutex(Found())

  func add(_ parameters: ConvolutionParameters, _ algorithm: ConvolutionAlgorithm, engine: Engine) {
    let (size, plain) = (MemoryLayout<Float>.stride, parameters.weights.count)
    var candidate: Candidate?
    if algorithm == .winograd, engine.convolution != .winograd,
      let form = WinogradForm.chosen(for: parameters, engine: engine)
    {
      candidate = Candidate(
        name: parameters.name, bytes: (form.weightFloats(parameters, engine.instructionSet) - plain) * size,
        saving: form.saving(for: parameters) * Double(parameters.weights.count))
    }
    found.withLock {
      $0.directBytes += plain * size
      if let candidate { $0.candidates.append(candidate) }
    }
  }

  /// The layers that fit into `bytes` beside all others' plain weights, most products saved for a byte first.
  func chosen(within bytes: Int) -> Set<String> {
    found.withLock { found in
      var left = bytes - found.directBytes
      var names: Set<String> = []
      func worth(_ candidate: Candidate) -> Double { candidate.saving / Double(max(candidate.bytes, 1)) }
      for candidate in found.candidates.sorted(by: { worth($0) > worth($1) }) where candidate.bytes <= left {
        left -= candidate.bytes
        names.insert(candidate.name)
      }
      return names
    }
  }

  static func == (a: WinogradSurvey, b: WinogradSurvey) -> Bool { a === b }
  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension Engine {
  /// Whether the plan leaves the layer of that name its Winograd weights.
  func allowsWinograd(_ name: String) -> Bool {
    guard case .only(let names) = plan else { return true }
    return names.contains(name)
  }

  /// Builds a network within ``weightBytes``: once to ask its layers, where there is a bound, and once to keep.
  public func building<Network>(_ build: (Engine) throws -> Network) rethrows -> Network {
    guard let weightBytes else { return try build(self) }
    let survey = WinogradSurvey()
    var engine = self
    engine.plan = .asking(survey)
    _ = try build(engine)
    engine.plan = .only(survey.chosen(within: weightBytes))
    return try build(engine)
  }
}
