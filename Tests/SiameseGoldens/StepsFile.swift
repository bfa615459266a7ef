import Geometry
import Imaging
package import Siamese
import Tensors
package import TestSupport
import Testing

/// `steps.json` and `steps-otb.json`: single frames of the original tracker, from states set by hand.
package struct StepsFile: Decodable {
  struct Template: Decodable {
    let frame: String
    let initBbox: [Double]
    let sZ: Int
    let channelAverage: [Double]
    let crop: GoldenOutcome.Crop
    let state: GoldenState
  }

  struct Step: Decodable {
    let name: String
    let template: String
    let frame: String
    let imageSize: [Int]
    let before: GoldenState
    let expect: GoldenOutcome
  }

  /// The configuration the original ran with, by pysot's keys; those that are numbers.
  struct Settings: Decodable {
    let numbers: [String: Double]

    private struct Number: Decodable {
      let value: Double?

      init(from decoder: any Decoder) throws { value = try? decoder.singleValueContainer().decode(Double.self) }
    }

    init(from decoder: any Decoder) throws {
      numbers = try decoder.singleValueContainer().decode([String: Number].self).compactMapValues(\.value)
    }
  }

  package let preset: String
  let settings: Settings
  let frames: String
  let templates: [String: Template]
  let steps: [Step]

  package init(path: String) throws { self = try ModelGoldens.json(path) }

  /// A setting of the original by pysot's key, as PENALTY_K.
  package func setting(_ key: String) -> Double? { settings.numbers[key] }

  /// Runs every step once, starting a tracker a template.
  ///
  /// - Parameters:
  ///   - title: for messages.
  ///   - limit: of steps with a search crop beyond this many pixels a side only the crop is compared, and they are named.
  ///   - model: whose tracker runs them.
  package func compare<Model: TemplateModel>(
    _ title: String, _ model: Model, limit: Int = .max, into tally: inout Tally
  ) throws where Model.State: GoldenTemplateState {
    let source = try GoldenFrames(frames)
    var comparison = OutcomeComparison(tolerance: 1e-4)
    var started: [String: TemplateTracker<Model>] = [:]
    var (count, clock) = (0, ContinuousClock.now)
    var longest = (Duration.zero, "")
    for (key, template) in templates.sorted(by: { $0.key < $1.key }) {
      guard source.has(template.frame) else {
        tally.excuse("\(title), template \(key): no frame here")
        continue
      }
      let frame = try source.image(template.frame)
      var tracker = TemplateTracker(model)
      try tracker.start(on: frame, target: ModelGoldens.box(template.initBbox))
      let name = "\(title), template \(key)"
      let means = frame.channelMeans
      let averages = [means.blue, means.green, means.red]
      tally.expect(
        zip(averages, template.channelAverage).allSatisfy { abs($0 - $1) <= 1e-9 },
        "\(name): averages \(averages), wanted \(template.channelAverage)")
      let state = try template.state.target
      let found = tracker.state?.target
      tally.expect(found == state, "\(name): state \(String(describing: found)), wanted \(state)")
      let (square, crop, _) = tracker.template(frame, around: state)
      tally.expect(square.side == template.sZ, "\(name): side \(square.side), wanted \(template.sZ)")
      OutcomeComparison.compare(
        square, crop, template.crop, imageSize: [frame.width, frame.height], name, into: &tally)
      started[key] = tracker
    }
    for step in steps {
      let name = "\(title), \(step.name)"
      guard var tracker = started[step.template], source.has(step.frame) else {
        tally.excuse("\(name): no frame here")
        continue
      }
      let frame = try source.image(step.frame)
      tally.expect(
        [frame.width, frame.height] == step.imageSize, "\(name): a frame of \(frame.width) x \(frame.height)")
      let before = try step.before.state(as: Model.State.self)
      tracker.state = before
      guard step.expect.instanceSize <= limit else {
        let (window, crop) = try tracker.look(at: frame)
        let side = model.response(of: before).instanceSize
        comparison.compare(side, window, crop, step.expect, step.imageSize, name, into: &tally)
        tally.excuse(
          "\(name): a search of \(step.expect.instanceSize) pixels, its crop compared; TRACKBENCH_GOLDEN_ALL=1 runs it")
        continue
      }
      clock = .now
      let after = try tracker.step(frame)
      count += 1
      let time = ContinuousClock.now - clock
      let found = FoundOutcome(
        model, from: before, after.window, crop: after.crop, after.choice, to: after.state, box: after.box)
      if time > longest.0 { longest = (time, step.name) }
      try comparison.compare(found, step.expect, imageSize: step.imageSize, name, into: &tally)
    }
    print(
      "golden \(title): \(count) steps, largest deviation of a score \(comparison.largestScore), of a box "
        + "\(comparison.largestBox); longest \(longest.0) (\(longest.1))")
  }
}
