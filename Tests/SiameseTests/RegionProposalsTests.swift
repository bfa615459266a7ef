import Imaging
import Siamese
import Tensors
import Testing
import Tracking

/// From maps to a box, in closed form.
struct RegionProposalsTests {
  private static let state = TargetState(centerX: 50, centerY: 40, width: 64, height: 64)

  private static func proposals(side: Int, penalty: Double = 0, windowInfluence: Double = 0) -> RegionProposals {
    var search = SearchSettings(
      instanceSize: 255, baseSize: 0, penaltyK: penalty, windowInfluence: windowInfluence, learningRate: 1)
    search.baseSize = side - search.scoreSize
    return RegionProposals(search)
  }

  /// Maps of one score everywhere and boxes that are the anchors.
  private static func maps(side: Int, changes: [(channel: Int, row: Int, column: Int, value: Float)] = [])
    -> RegionProposalMaps
  {
    var classes = [Float](repeating: 0, count: 10 * side * side)
    for change in changes { classes[(change.channel * side + change.row) * side + change.column] = change.value }
    return RegionProposalMaps(
      classes: Tensor(nchw: classes, n: 1, c: 10, h: side, w: side),
      boxes: Tensor(nchw: [Float](repeating: 0, count: 20 * side * side), n: 1, c: 20, h: side, w: side))
  }

  @Test("With equal scores the window and the penalty choose the square anchor in the middle", arguments: [5, 21, 25])
  func flat(side: Int) throws {
    let proposals = Self.proposals(side: side, penalty: 0.1, windowInfluence: 0.4)
    let choice = try #require(proposals.choice(Self.maps(side: side), from: Self.state, scale: 1))
    #expect(proposals.anchors.position(of: choice.index) == (2, side / 2, side / 2))
    #expect(choice.score == 0.5 && choice.penalty == 1 && choice.box == CropBox(x: 0, y: 0, width: 64, height: 64))
    #expect(abs(choice.value - (0.5 * 0.6 + 0.4)) < 1e-15)
  }

  @Test("Of equal candidates the first wins, and a not-a-number never does")
  func ties() throws {
    let proposals = Self.proposals(side: 3)
    let target = 5  // The first anchor's target channel.
    var choice = proposals.choice(
      Self.maps(side: 3, changes: [(target + 1, 2, 2, 9), (target + 1, 1, 0, 9)]), from: Self.state, scale: 1)
    #expect(choice?.index == 9 + 3)
    choice = proposals.choice(
      Self.maps(side: 3, changes: [(target, 0, 0, .nan), (target, 1, 1, 3)]), from: Self.state, scale: 1)
    #expect(choice?.index == 4)
    let nothing = RegionProposalMaps(
      classes: Tensor(nchw: [Float](repeating: .nan, count: 90), n: 1, c: 10, h: 3, w: 3),
      boxes: Tensor(nchw: [Float](repeating: 0, count: 180), n: 1, c: 20, h: 3, w: 3))
    #expect(Self.proposals(side: 3, windowInfluence: 0.5).choice(nothing, from: Self.state, scale: 1) == nil)
  }

  @Test("Logits beyond all exponentials give scores of 0 and 1")
  func extremes() throws {
    let proposals = Self.proposals(side: 3)
    let choice = try #require(
      proposals.choice(
        Self.maps(side: 3, changes: [(5, 1, 1, 3e38), (0, 0, 1, 3e38)]), from: Self.state, scale: 1))
    #expect(choice.index == 4 && choice.score == 1)
  }

  @Test("A state is clipped to the picture's edge, to 10 pixels and to the picture, in that order of importance")
  func clipping() {
    let small = Image(width: 8, height: 200, pixels: [UInt8](repeating: 0, count: 8 * 200 * 3))
    let state = TargetState(centerX: -3, centerY: 250, width: 900, height: 2)
    #expect(state.clipped(to: small) == TargetState(centerX: 0, centerY: 200, width: 10, height: 10))
    let moved = Self.state.moved(to: CropBox(x: 3, y: -4, width: 128, height: 32), rate: 0.25)
    #expect(moved == TargetState(centerX: 53, centerY: 36, width: 80, height: 56))
  }

  @Test("Settings whose crops do not give the maps they say are refused with the way out")
  func settings() {
    func fault(_ instance: Int, _ side: Int) -> SettingsFault? {
      let search = SearchSettings(
        instanceSize: instance, baseSize: 8, penaltyK: 0, windowInfluence: 0, learningRate: 0)
      do {
        try search.check { _, _ in side }
        return nil
      } catch {
        return error
      }
    }
    #expect(fault(255, 25) == nil)
    #expect(fault(255, 21)?.remedy?.hasPrefix("--set base_size=4") == true)
    #expect(fault(255, 0)?.cause.contains("no map") == true)
    #expect(fault(100, 25)?.cause.contains("smaller than a template") == true)
  }
}
