public import Tracking

/// The numbers that all trackers of the pysot family share. Names are those of pysot's configuration.
///
/// Source of the rules: `STVIR/pysot: pysot/tracker/siamrpn_tracker.py`; sections 2.3 to 2.6 of the model reference.
public struct SearchSettings: TemplateNumbers, Hashable {
  /// Side of the template crop in pixels, TRACK.EXEMPLAR_SIZE.
  public var exemplarSize = 127
  /// Side of the search crop in pixels, TRACK.INSTANCE_SIZE.
  public var instanceSize: Int
  /// What the network's map has more than (instance - exemplar) div stride + 1 places, TRACK.BASE_SIZE.
  public var baseSize: Int
  /// Margin around the target as a share of width plus height, TRACK.CONTEXT_AMOUNT.
  public var contextAmount = 0.5
  /// How much a change of size or shape costs, TRACK.PENALTY_K.
  public var penaltyK: Double
  /// Share of the window in the score that decides, 0...1, TRACK.WINDOW_INFLUENCE.
  public var windowInfluence: Double
  /// How far the size follows a candidate of full score, 0...1, TRACK.LR.
  public var learningRate: Double

  public init(
    instanceSize: Int, baseSize: Int, penaltyK: Double, windowInfluence: Double, learningRate: Double
  ) {
    self.instanceSize = instanceSize
    self.baseSize = baseSize
    self.penaltyK = penaltyK
    self.windowInfluence = windowInfluence
    self.learningRate = learningRate
  }

  /// Rows and columns of the network's map: (instance - exemplar) div stride + 1 + base.
  public var scoreSize: Int { (instanceSize - exemplarSize) / Anchors.stride + 1 + baseSize }
}

/// Settings that contain ``SearchSettings``.
public protocol SearchingSettings: TrackerSettings {
  var search: SearchSettings { get set }
}

extension SearchingSettings {
  /// The shared numbers as fields, under pysot's keys in lower case.
  public static var searchFields: [SettingField<Self>] {
    [
      .integer("exemplar_size", \.search.exemplarSize, in: 95...511, "side of the template crop in pixels"),
      .integer("instance_size", \.search.instanceSize, in: 95...1023, "side of the search crop in pixels"),
      .integer(
        "base_size", \.search.baseSize, in: 0...64, "places the network's map has beyond (instance - exemplar) / 8 + 1"),
      .number(
        "context_amount", \.search.contextAmount, in: 0...4, "margin around the target, as a share of width plus height"
      ),
      .number("penalty_k", \.search.penaltyK, in: 0...10, "how much a change of size or shape costs"),
      .number("window_influence", \.search.windowInfluence, in: 0...1, "share of the window in the deciding score"),
      .number("lr", \.search.learningRate, in: 0...1, "how far the size follows a candidate of full score"),
    ]
  }
}

extension SearchSettings {
  /// Throws where the search crop does not give the map that ``scoreSize`` says, as the original would then pair candidates with
  /// other places' windows, or stop.
  ///
  /// - Parameters:
  ///   - key: the setting that holds the instance's size.
  ///   - mapSide: what the network gives for template and search crops of these sides; below 1 for nothing.
  public func check(
    key: String = "instance_size", mapSide: (_ exemplar: Int, _ instance: Int) -> Int
  ) throws(SettingsFault) {
    let instance = instanceSize
    guard instance >= exemplarSize else {
      throw SettingsFault(
        key: key, cause: "a search crop of \(instance) is smaller than a template of \(exemplarSize)",
        remedy: "give \(key) at least the value of exemplar_size")
    }
    let (side, wanted) = (mapSide(exemplarSize, instance), scoreSize)
    guard side >= 1 else {
      throw SettingsFault(
        key: key, cause: "crops of \(exemplarSize) and \(instance) pixels leave this network no map",
        remedy: "give \(key) a larger value")
    }
    guard side == wanted else {
      let base = baseSize + side - wanted
      throw SettingsFault(
        key: key,
        cause:
          "crops of \(exemplarSize) and \(instance) pixels give maps of \(side), not the \(wanted) that base_size says",
        remedy: base >= 0 ? "--set base_size=\(base), or give \(key) another value" : "give \(key) another value")
    }
  }
}

extension SearchWindow {
  /// Where to look for a target with these numbers.
  /// - Parameter instance: side of the search crop in pixels.
  public init(around state: TargetState, _ numbers: some TemplateNumbers, instance: Int) {
    self.init(
      around: state, exemplar: numbers.exemplarSize, instance: instance, context: numbers.contextAmount)
  }
}
