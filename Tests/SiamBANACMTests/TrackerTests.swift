import Checkpoints
import Geometry
import Imaging
import SiamBAN
import SiamBANACM
import Siamese
import SiameseGoldens
import Tensors
import Testing
import Tracking

/// The tracker with weights made by rule, which need no files, and mostly with a narrow network, which needs little time.
struct TrackerTests {
  private static let width = NetworkWidth(backbone: 0.0625, levels: [16, 24, 16])

  private static func model(_ overrides: [SettingOverride] = []) throws -> SiamBANACMModel {
    let engine = try Engine.ofThisProcess()
    return SiamBANACMModel(
      network: try SiamBANACMNetwork(.rule(shapes: SiamBANACMNetwork.shapes(width)), width: width, engine: engine),
      settings: try SiamBANACMSettings(overrides: overrides), engine: engine)
  }

  @Test("It behaves as every tracker of the family must, and two trackers of one model share its weights")
  func manners() async throws {
    let model = try Self.model()
    try await TrackerManners.check { model.makeTracker() }
  }

  @Test("Its cost a frame is the reference's, and printed")
  func cost() throws {
    // Section 2.9 of the model reference.
    let model = SiamBANACMModel(
      network: try GoldenTests.loaded.get(), settings: SiamBANACMSettings(), engine: try .ofThisProcess())
    try TrackerManners.cost("siamban-acm", SiamBANACMTracker(model), frames: 2, multiplyAdds: 59.0e9)
  }

  @Test("The prior is the first box in pixels of the template crop, and nothing else of it reaches a frame")
  func prior() throws {
    let state = TargetState(target: Box(x: 228, y: 168, width: 70, height: 75))
    let square = state.templateSquare(context: 0.5)
    #expect(square.side == 145)
    #expect(state.size(in: square, of: 127) == TargetSize(width: 61.31034469604492, height: 65.68965148925781))

    // One template, two sizes: the maps differ; one size, they do not.
    let model = try Self.model()
    let workspace = Workspace(engine: model.engine)
    func maps(_ size: TargetSize) -> [Float] {
      let memory = model.network.memory(
        of: TrackerManners.crop(127, in: workspace), target: size, in: workspace)
      return model.network(TrackerManners.crop(255, in: workspace), memory: memory, in: workspace).classes.nchw
    }
    let usual = maps(TargetSize(width: 60, height: 70))
    #expect(usual == maps(TargetSize(width: 60, height: 70)))
    #expect(usual != maps(TargetSize(width: 90, height: 40)))
  }

  @Test("Folded batch norms, of the sum of template, search and prior too, give what separate ones give")
  func folding() throws {
    let weights = Weights.rule(shapes: SiamBANACMNetwork.shapes(Self.width))
    try TrackerManners.folding {
      try SiamBANACMNetwork(weights, width: Self.width, engine: $0, folding: $1)
    }
  }

  @Test(
    "A fast move to the right or down enlarges the search for good, one to the left or up does not, and a start ends it",
    arguments: [(64.0, 0.0, true), (0, 64, true), (-64, 0, false), (0, -64, false), (63.4, 63.4, false)])
  func fastMotion(x: Double, y: Double, isFast: Bool) throws {
    let model = try Self.model()
    let frame = TrackerManners.frame(x: 60, y: 40)
    let state = SiamBANACMState(target: TargetState(target: TrackerManners.target), isFast: false)
    let window = model.window(around: state)
    let side = model.response(of: state).side
    // One place far ahead of all others, with a box whose middle is (x, y) in the crop.
    let (column, row) = (side / 2 + Int(x / 8), side / 2 + Int(y / 8))
    let place = row * side + column
    let (dx, dy) = (x - Double(Int(x / 8) * 8), y - Double(Int(y / 8) * 8))
    var classes = [Float](repeating: 0, count: 2 * side * side)
    classes[side * side + place] = 20
    for index in 0..<side * side where index != place { classes[index] = 20 }
    var distances = [Float](repeating: 30, count: 4 * side * side)
    for (channel, value) in [30 - dx, 35 - dy, 30 + dx, 35 + dy].enumerated() {
      distances[channel * side * side + place] = Float(value)
    }
    func follow(_ state: SiamBANACMState) throws -> SiamBANACMState {
      try model.decide(
        BoxAdaptiveMaps(
          classes: Tensor(nchw: classes, n: 1, c: 2, h: side, w: side),
          distances: Tensor(nchw: distances, n: 1, c: 4, h: side, w: side)), in: window, from: state, on: frame
      ).state
    }
    #expect(try follow(state).isFast == isFast)

    var tracker = SiamBANACMTracker(model)
    try tracker.start(on: frame, target: TrackerManners.target)
    #expect(tracker.state?.isFast == false)
    tracker.state?.isFast = true
    let step = try tracker.step(frame)
    #expect(step.crop.shape.h == 510 && step.state.isFast)
    #expect(try tracker.step(frame).state.isFast)
    try tracker.start(on: frame, target: TrackerManners.target)
    #expect(tracker.state?.isFast == false)
  }

  @Test("The description lists presets, settings and shapes, and claims no scores")
  func description() throws {
    let description = TrackerDescription.siamBANACM
    #expect(description.name == "siamban-acm" && description.convention == .pysot)
    #expect(description.presets.map(\.name) == ["vot", "otb", "compact"] && description.publishedScores.isEmpty)
    #expect(try description.settings().first { $0.key == "enlarged_size" }?.value == .integer(510))
    // Section 2.9 of the model reference.
    let parameters = description.shapes.filter { !$0.0.contains(".running_") }
    #expect(parameters.reduce(0) { $0 + $1.1.reduce(1, *) } == 80_382_043)
    #expect(throws: MissingWeights.self) { try description.load(nil) }
  }

  @Test(
    "Settings at odds with the network are refused in one sentence",
    arguments: [
      ("enlarged_size", "120", "a search crop of 120 is smaller than a template of 127"),
      ("base_size", "7", "crops of 127 and 255 pixels give maps of 25, not the 24 that base_size says"),
      ("exemplar_size", "207", "crops of 207 and 255 pixels leave this network no map"),
    ])
  func settingFaults(key: String, value: String, cause: String) {
    let fault = #expect(throws: SettingsFault.self) {
      try TrackerDescription.siamBANACM.settings([.init(key: key, value: value)])
    }
    #expect(fault?.cause == cause)
  }

  @Test("SiamBAN's weights offered to SiamBAN-ACM, and the reverse, are told apart by name")
  func foreignWeights() throws {
    let trackers = [TrackerDescription.siamBAN, .siamBANACM]
    func fault(_ wanted: TrackerDescription, _ weights: Weights) throws -> ForeignWeights {
      try #require(#expect(throws: ForeignWeights.self) { try wanted.load(weights, among: trackers) })
    }
    let plain = try fault(.siamBANACM, .rule(shapes: SiamBANNetwork.shapes, name: "model.pth"))
    #expect(plain.tracker == "siamban" && plain.place == "model.pth")
    #expect(
      plain.cause
        == "these are the weights of SiamBAN, which have head.box2.cls.head.0.weight [256, 256, 1, 1]; "
        + "siamban-acm wants head.box2.cls.xorr_search.weight [256, 256, 5, 5]")
    #expect(plain.remedy == "try --tracker siamban, or give --weights a file of SiamBAN-ACM")
    let fused = try fault(.siamBAN, .rule(shapes: SiamBANACMNetwork.shapes, name: "acm.pth"))
    #expect(fused.tracker == "siamban-acm")
    #expect(
      fused.cause
        == "these are the weights of SiamBAN-ACM, which have head.box2.cls.xorr_search.weight [256, 256, 5, 5]; "
        + "siamban wants head.box2.cls.head.0.weight [256, 256, 1, 1]")

    // Weights of nobody keep their own error.
    #expect(throws: WeightsError.self) {
      try TrackerDescription.siamBAN.load(.rule(shapes: SiamBANNetwork.shapes(Self.width)), among: trackers)
    }
  }
}
