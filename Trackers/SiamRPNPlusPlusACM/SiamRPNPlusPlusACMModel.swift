public import Checkpoints
import Imaging
public import Siamese
public import Tensors
public import Tracking

/// SiamRPN++-ACM's network: template, search crop and box prior meet in an asymmetric convolution, at three levels of a ResNet-50.
///
/// Its keys are ours, made of the authors' two: `backbone.*` and `neck.downsample{2,3,4}.downsample.*` as in pysot,
/// `rpn_head.cls_weight` and `rpn_head.loc_weight` (3 numbers each), and for each level i = 2, 3, 4 and each part `cls` (10
/// outputs) and `loc` (20), below `rpn_head.rpn{i}.{cls,loc}.`, SiamBAN-ACM's unit: `conv_kernel.{0,1}`, `conv_search.{0,1}`,
/// `xorr_kernel`, `xorr_search`, `xorr_bbox.{0,1,3,4,6}`, `xorr_activate.{0,2,3}`, `head.{0,1,3}`.
public typealias SiamRPNPlusPlusACMNetwork = RegionProposalNetwork<AsymmetricUnit>

/// SiamRPN++-ACM's numbers: those of SiamRPN++, as the paper keeps its tracker; no others are published.
public struct SiamRPNPlusPlusACMSettings: SearchingSettings {
  /// Source: `STVIR/pysot: experiments/siamrpn_r50_l234_dwxcorr/config.yaml`; section 3.1 of the model reference.
  public var search = SearchSettings(
    instanceSize: 255, baseSize: 8, penaltyK: 0.05, windowInfluence: 0.42, learningRate: 0.38)

  public init() {}

  public static var presets: [Preset<SiamRPNPlusPlusACMSettings>] {
    var otb = SiamRPNPlusPlusACMSettings()
    // experiments/siamrpn_r50_l234_dwxcorr_otb/config.yaml
    (otb.search.penaltyK, otb.search.windowInfluence, otb.search.learningRate) = (0.24, 0.5, 0.25)
    return [
      Preset("vot", "VOT2018, numbers of pysot's siamrpn_r50_l234_dwxcorr", settings: SiamRPNPlusPlusACMSettings()),
      Preset("otb", "OTB100, numbers of pysot's siamrpn_r50_l234_dwxcorr_otb", settings: otb),
    ]
  }

  public static var fields: [SettingField<SiamRPNPlusPlusACMSettings>] { searchFields }

  public func check() throws(SettingsFault) {
    try search.check(instance: search.instanceSize, mapSide: AsymmetricUnit.responseSide)
  }
}

/// SiamRPN++-ACM with its weights loaded: what all its trackers share, and none of them writes to.
public struct SiamRPNPlusPlusACMModel: TrackerModel {
  public let settings: SiamRPNPlusPlusACMSettings
  public let engine: Engine
  let network: SiamRPNPlusPlusACMNetwork
  let proposals: RegionProposals

  /// The network of published width.
  public static let architecture = SiamRPNPlusPlusACMNetwork.Architecture(.resNet50, width: 1, isWeighted: true)

  /// - Parameter architecture: narrower ones are for tests.
  /// - Throws: ``WeightsError`` where the weights do not fit.
  public init(
    weights: Weights, architecture: SiamRPNPlusPlusACMNetwork.Architecture = Self.architecture,
    settings: SiamRPNPlusPlusACMSettings = SiamRPNPlusPlusACMSettings(), engine: Engine
  ) throws(WeightsError) {
    self.settings = settings
    self.engine = engine
    network = try SiamRPNPlusPlusACMNetwork(weights, architecture, engine: engine)
    let instance = settings.search.instanceSize
    proposals = RegionProposals(instanceSize: instance, side: settings.search.scoreSize(instance: instance))
  }

  public func makeTracker() -> any Tracker { SiamRPNPlusPlusACMTracker(self) }

  /// What a frame's maps decide, and the state that follows from it (steps 3 to 10 of section 2.6).
  func follow(
    _ maps: RegionProposalMaps, _ window: SearchWindow, from state: TargetState, in frame: Image
  ) throws(TrackerError) -> (choice: PenalizedChoice, state: TargetState) {
    let search = settings.search
    let penalty = SizePenalty(state, scale: window.scale, strength: search.penaltyK)
    guard let choice = proposals.choice(maps, penalty: penalty, windowInfluence: search.windowInfluence) else {
      throw .noNumbers
    }
    var state = state
    state.follow(choice.box.divided(by: window.scale), rate: choice.rate(search.learningRate), in: frame)
    return (choice, state)
  }
}

extension TrackerDescription {
  /// SiamRPN++ with asymmetric convolutions: the paper's idea, put together by us.
  public static let siamRPNPlusPlusACM = TrackerDescription(
    name: "siamrpn++-acm", title: "SiamRPN++-ACM",
    paper: "Han, Dong, Khan, Shao, Shen: Learning to Fuse Asymmetric Feature Maps in Siamese Trackers, CVPR 2021; "
      + "its SiamRPN++ variant, of which no code was published, as we put it together",
    convention: .pysot,
    publishedWeights: "the authors published none; a training of one's own must use the keys that "
      + "`trackbench trackers show siamrpn++-acm` lists",
    settings: SiamRPNPlusPlusACMSettings.self, shapes: SiamRPNPlusPlusACMModel.architecture.shapes,
    load: { weights, settings in
      try SiamRPNPlusPlusACMModel(weights: weights, settings: settings, engine: .ofThisProcess())
    })
}
