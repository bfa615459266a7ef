import Checkpoints
import Geometry
import SiamFC
import SiamRPNPlusPlusACM
import Siamese
import SiameseGoldens
import Tensors
import Testing
import Tracking

/// The paper's other two trackers, of which nothing was published: they have no goldens but the identity they are built on.
struct VariantTests {
  private static let narrow = SiamRPNPlusPlusACMNetwork.Architecture(
    .resNet50, width: 0.0625, levels: [16, 24, 16], isWeighted: true)

  @Test("SiamRPN++-ACM behaves as every tracker of the family must")
  func regionProposals() async throws {
    let engine = try Engine.ofThisProcess()
    let network = try SiamRPNPlusPlusACMNetwork(.rule(shapes: Self.narrow.shapes), Self.narrow, engine: engine)
    let model = SiamRPNPlusPlusACMModel(network: network, engine: engine)
    try await TrackerManners.check { model.makeTracker() }
  }

  @Test("SiamFC-ACM tracks with the first box as a prior, and a second start forgets the first")
  func siamFC() throws {
    let model = try TrackerDescription.siamFCACM.load(.rule(shapes: SiamFCNetwork.shapes(.fusion)))
    func run(_ tracker: inout any Tracker, _ target: Box) throws -> Estimate {
      try tracker.start(on: TrackerManners.frame(x: 60, y: 40), target: target)
      return try tracker.track(TrackerManners.frame(x: 62, y: 41))
    }
    var tracker = model.makeTracker()
    #expect(throws: TrackerError.notStarted) { try tracker.track(TrackerManners.frame(x: 62, y: 41)) }
    let first = try run(&tracker, TrackerManners.target)
    #expect(!first.box.isEmpty && first.score?.isFinite == true)
    // The same exemplar square, another shape of box: only the prior differs.
    let other = try run(&tracker, Box(x: 58, y: 42, width: 24, height: 20))
    #expect(other.score != first.score)
    #expect(try run(&tracker, TrackerManners.target) == first)
  }

  @Test("SiamFC-ACM's response is the fusion of exemplar and search crops, each scale for itself")
  func response() throws {
    let engine = try Engine.ofThisProcess()
    let network = try SiamFCNetwork(
      .rule(shapes: SiamFCNetwork.shapes(.fusion)), matching: .fusion, outScale: 0.001, engine: engine)
    let workspace = Workspace(engine: engine)
    var numbers = RandomBytes()
    let exemplar = network.features(numbers.pictures(1, side: 127), in: workspace)
    let memory = network.memory(of: exemplar, target: TargetSize(width: 60, height: 67), in: workspace)
    let crops = (0..<2).map { _ in numbers.pictures(1, side: 255) }
    let apart = crops.map {
      network.response(search: network.features($0, in: workspace), memory: memory, in: workspace).nchw
    }
    let both = Tensor(nchw: crops[0].nchw + crops[1].nchw, n: 2, c: 3, h: 255, w: 255)
    let together = network.response(search: network.features(both, in: workspace), memory: memory, in: workspace)
    #expect(together.shape.n == 2 && together.shape.h == 17 && together.shape.w == 17 && together.shape.c == 1)
    let wanted = apart[0] + apart[1]
    let magnitude = wanted.reduce(0) { max($0, abs($1)) }
    #expect(zip(together.nchw, wanted).allSatisfy { abs($0 - $1) <= 1e-5 * magnitude })
  }

  @Test("Their descriptions say that nothing is published, and hold the keys and presets we document")
  func descriptions() throws {
    let siamFC = TrackerDescription.siamFCACM
    #expect(siamFC.name == "siamfc-acm" && siamFC.convention == .oneBased)
    let added = siamFC.shapes.map(\.0).filter { !$0.hasPrefix("backbone.") }
    #expect(
      Set(added.map { $0.split(separator: ".").prefix(2).joined(separator: ".") })
        == ["head.xorr_kernel", "head.xorr_search", "head.xorr_bbox", "head.xorr_activate", "head.head"])
    #expect(siamFC.shapes.first { $0.0 == "head.xorr_kernel.weight" }?.1 == [256, 256, 6, 6])
    #expect(siamFC.shapes.first { $0.0 == "head.head.3.weight" }?.1 == [1, 256, 3, 3])
    let fault = #expect(throws: SettingsFault.self) {
      try siamFC.load(
        .rule(shapes: siamFC.shapes), [.init(key: "exemplar_sz", value: "135"), .init(key: "response_sz", value: "16")])
    }
    #expect(fault?.cause == "exemplars of 135 give features of 7 x 7, the fusion's kernels want 6 x 6")

    let proposals = TrackerDescription.siamRPNPlusPlusACM
    #expect(proposals.name == "siamrpn++-acm" && proposals.presets.map(\.name) == ["vot", "otb"])
    #expect(proposals.shapes.first { $0.0 == "rpn_head.rpn3.loc.head.3.weight" }?.1 == [20, 256, 3, 3])
    #expect(proposals.shapes.first { $0.0 == "rpn_head.rpn2.cls.xorr_bbox.0.weight" }?.1 == [32, 2])
    #expect(siamFC.publishedScores.isEmpty && proposals.publishedScores.isEmpty)
    for description in [siamFC, proposals] { #expect(throws: MissingWeights.self) { try description.load(nil) } }

    let error = #expect(throws: ForeignWeights.self) {
      try TrackerDescription.siamFC.load(.rule(shapes: siamFC.shapes), among: [.siamFC, siamFC, proposals])
    }
    #expect(error?.tracker == "siamfc-acm")
  }
}

/// Pictures of noise.
private struct RandomBytes {
  private var state: UInt32 = 5

  mutating func pictures(_ count: Int, side: Int) -> Tensor {
    let values = (0..<count * 3 * side * side).map { _ -> Float in
      state = state &* 1_664_525 &+ 1_013_904_223
      return Float(state >> 24)
    }
    return Tensor(nchw: values, n: count, c: 3, h: side, w: side)
  }
}
