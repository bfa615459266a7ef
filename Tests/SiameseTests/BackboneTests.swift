import Checkpoints
import Siamese
import Tensors
import TestSupport
import Testing

/// Backbones, neck and head as far as they can be told without goldens: shapes, and one computation against another.
struct BackboneTests {
  private static func picture(side: Int, seed: UInt32 = 3) -> Tensor {
    var numbers = Numbers(seed: Int(seed))
    return Tensor(shape: TensorShape(n: 1, h: side, w: side, c: 3)) { floats in
      for index in 0..<side * side * 3 { floats[index] = Float(numbers.index(below: 256)) }
    }
  }

  @Test("Outputs have the sides and the channels that the networks promise", arguments: [127, 150, 255])
  func shapes(side: Int) throws {
    let engine = Engine()
    let workspace = Workspace(engine: engine)
    let width = 1.0 / 16
    let picture = Self.picture(side: side)
    let alexNet = try Weights.rule(shapes: AlexNet.shapes(width: width)).read { reader throws(WeightsError) in
      try AlexNet(reader, width: width, engine: engine)
    }
    let features = alexNet(picture, in: workspace).shape
    #expect(
      [features.h, features.w, features.c] == [
        AlexNet.outputSide(for: side), features.h, AlexNet.channels(width: width),
      ])
    let resNet = try Weights.rule(shapes: ResNet50.shapes(width: width)).read { reader throws(WeightsError) in
      try ResNet50(reader, width: width, engine: engine)
    }
    let mobileNet = try Weights.rule(shapes: MobileNetV2.shapes(width: width)).read { reader throws(WeightsError) in
      try MobileNetV2(reader, width: width, engine: engine)
    }
    for (levels, wanted, channels) in [
      (resNet(picture, in: workspace), ResNet50.outputSide(for: side), ResNet50.channels(width: width)),
      (mobileNet(picture, in: workspace), MobileNetV2.outputSide(for: side), MobileNetV2.channels(width: width)),
    ] {
      #expect(levels.map(\.shape.c) == channels)
      for level in levels { #expect(level.shape.h == wanted && level.shape.w == wanted) }
    }
  }

  @Test("Sides at the papers' crops are the papers', and below the smallest crop there is none")
  func sides() {
    #expect([127, 287, 255].map(AlexNet.outputSide) == [6, 26, 22])
    #expect([127, 255, 831].map(ResNet50.outputSide) == [15, 31, 103])
    #expect([127, 255].map(MobileNetV2.outputSide) == [15, 31])
    #expect([15, 19, 20, 31, 103].map(AdjustLayer.outputSide) == [7, 7, 20, 31, 103])
    #expect(DepthwiseCorrelation.outputSide(template: 7, search: 31) == 25)
    for side in 0...60 {
      for output in [AlexNet.outputSide(for: side), ResNet50.outputSide(for: side), MobileNetV2.outputSide(for: side)] {
        #expect(output >= 0 && output < max(1, side))
      }
    }
    #expect(AlexNet.channels() == 256 && ResNet50.channels() == [512, 1024, 2048])
    #expect(MobileNetV2.channels() == [44, 134, 448])
  }

  @Test("Networks over the definition and over matrix products agree, folded or not")
  func algorithms() throws {
    let width = 1.0 / 16
    let picture = Self.picture(side: 95)
    let plain = Engine(instructionSet: .plain, convolution: .plain)
    func agree(
      _ title: String, _ shapes: [(String, [Int])], _ run: (WeightReader, Engine, Bool) throws(WeightsError) -> Tensor
    )
      throws
    {
      let weights = Weights.rule(shapes: shapes)
      func values(_ engine: Engine, folding: Bool) throws -> [Float] {
        try weights.read { reader throws(WeightsError) in try run(reader, engine, folding) }.nchw
      }
      let wanted = try values(plain, folding: false)
      for folding in [true, false] {
        let (difference, magnitude) = deviation(try values(Engine(), folding: folding), wanted)
        #expect(difference <= 1e-5 * magnitude, "\(title), folded \(folding): \(difference) of \(magnitude)")
      }
    }
    try agree("AlexNet", AlexNet.shapes(width: width)) { reader, engine, folding throws(WeightsError) in
      let network = try AlexNet(reader, width: width, engine: engine, folding: folding)
      return network(picture, in: Workspace(engine: engine))
    }
    try agree("ResNet-50", ResNet50.shapes(width: width)) { reader, engine, folding throws(WeightsError) in
      let network = try ResNet50(reader, width: width, engine: engine, folding: folding)
      return network(picture, in: Workspace(engine: engine))[2]
    }
    try agree("MobileNetV2", MobileNetV2.shapes(width: width)) { reader, engine, folding throws(WeightsError) in
      let network = try MobileNetV2(reader, width: width, engine: engine, folding: folding)
      return network(picture, in: Workspace(engine: engine))[2]
    }
  }

  @Test("A neck cuts narrow maps to their middle and leaves wide ones, and a single level has no number in its keys")
  func neck() throws {
    #expect(AdjustLayer.shapes([8], to: [4]).first?.0 == "neck.downsample.downsample.0.weight")
    #expect(AdjustLayer.shapes([8, 8], to: [4, 4]).first?.0 == "neck.downsample2.downsample.0.weight")
    let engine = Engine()
    let workspace = Workspace(engine: engine)
    let neck = try Weights.rule(shapes: AdjustLayer.shapes([3], to: [2])).read { reader throws(WeightsError) in
      try AdjustLayer(reader, inputs: [3], outputs: [2], engine: engine)
    }
    let wide = Self.picture(side: 31)
    #expect(neck([wide], in: workspace)[0].shape.h == 31)
    for side in [7, 8, 15, 19] {
      let map = Self.picture(side: side)
      let cut = neck([map], in: workspace)[0]
      #expect(cut.shape.h == 7 && cut.shape.w == 7)
      // A 1 x 1 convolution sees one place: the wide map's result with the same values there is the same.
      let first = (side - 7) / 2
      let embedded = Tensor(shape: TensorShape(n: 1, h: 20, w: 20, c: 3)) { floats in
        for y in 0..<min(side, 20) {
          for x in 0..<min(side, 20) {
            for c in 0..<3 { floats[(y * 20 + x) * 3 + c] = map[0, y, x, c] }
          }
        }
      }
      let whole = neck([embedded], in: workspace)[0]
      for y in 0..<7 {
        for x in 0..<7 { #expect(cut[0, y, x, 1] == whole[0, y + first, x + first, 1]) }
      }
    }
  }

  @Test("Level weights are the softmax of what is stored, and the plain mean without")
  func fusion() throws {
    let channels = [4, 6]
    let engine = Engine()
    let workspace = Workspace(engine: engine)
    let template = channels.map { Tensor(nchw: (0..<$0 * 49).map { Float($0 % 7) - 3 }, n: 1, c: $0, h: 7, w: 7) }
    let search = channels.map { Tensor(nchw: (0..<$0 * 256).map { Float($0 % 11) - 5 }, n: 1, c: $0, h: 16, w: 16) }
    func maps(isWeighted: Bool) throws -> (fused: [Float], levels: [[Float]]) {
      let shapes = RegionProposalHead<DepthwiseCorrelation>.shapes(channels: channels, isWeighted: isWeighted)
      let head = try Weights.rule(shapes: shapes).read { reader throws(WeightsError) in
        try RegionProposalHead<DepthwiseCorrelation>(
          reader, channels: channels, isWeighted: isWeighted, engine: engine)
      }
      var levels: [[Float]] = []
      let memory = head.memory(of: template, target: TargetSize(width: 0, height: 0), in: workspace)
      let maps = head(search, memory: memory, in: workspace) { name, output in
        if name == "rpn_head.rpn2.cls" || name == "rpn_head.rpn3.cls" { levels.append(output.nchw) }
      }
      #expect(maps.classes.shape.c == 10 && maps.boxes.shape.c == 20 && maps.boxes.shape.h == 10)
      return (maps.classes.nchw, levels)
    }
    let mean = try maps(isWeighted: false)
    #expect(
      deviation(mean.fused, zip(mean.levels[0], mean.levels[1]).map { ($0 + $1) / 2 }).difference < 1e-6)
    let weighted = try maps(isWeighted: true)
    let stored = RuleWeights.tensor(key: "rpn_head.cls_weight", shape: [2], allKeys: [])
    let weights = LevelWeights(softmaxOf: stored).weights.map { Float($0) }
    #expect(abs(weights[0] + weights[1] - 1) < 1e-6 && weights[0] != stored[0])
    #expect(
      deviation(
        weighted.fused, zip(weighted.levels[0], weighted.levels[1]).map { $0 * weights[0] + $1 * weights[1] }
      ).difference < 1e-5)
  }

  @Test("Anchors have pysot's sizes, truncated twice, and their flat index runs over places first")
  func anchors() {
    #expect(Anchors.sizes.map(\.width) == [104, 88, 64, 40, 32])
    #expect(Anchors.sizes.map(\.height) == [32, 40, 64, 80, 96])
    let anchors = Anchors(side: 21)
    #expect(anchors.position(of: 640) == (1, 9, 10))
    #expect(anchors.grid.offset(10) == 0 && anchors.grid.offset(0) == -80)
  }
}
