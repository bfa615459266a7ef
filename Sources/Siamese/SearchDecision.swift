/// Which candidate of a response is the target (steps 5 to 7 of section 2.6 of the model reference): the one whose score is
/// largest once a change of size or shape has been penalised and the window mixed in. In double precision.
///
/// Candidates are whatever a head proposes, anchors' boxes or points' boxes; only they know how a score and a box are read.
///
/// Source: `STVIR/pysot: pysot/tracker/siamrpn_tracker.py`, `track`.
public struct SearchDecision: Sendable, Hashable {
  /// The best candidate's number.
  public let index: Int
  /// Its score, 0...1, without penalty and window: what trackers report.
  public let score: Double
  /// Its penalty, 0...1.
  public let penalty: Double
  /// The mixture that decided: penalty * score * (1 - influence) + window * influence.
  public let windowedScore: Double
  /// Its box, in pixels of the search crop.
  public let box: CropBox

  /// How far the size follows: penalty * score * `rate`, without the window (quirk Q2.17).
  public func rate(_ rate: Double) -> Double { penalty * score * rate }

  /// The first of the best candidates. NaN never wins against a number; where nothing is a number, the first candidate is returned.
  ///
  /// - Parameters:
  ///   - count: candidates, a multiple of the window's.
  ///   - window: the cosine window; candidate k lies in its cell k modulo count of cells.
  ///   - windowInfluence: the window's share, 0...1.
  ///   - penalty: of a candidate's size against the target's, in pixels of the search crop.
  ///   - candidate: score, 0...1, and box of a candidate, in pixels of the search crop.
  /// - Precondition: at least one candidate.
  public init(
    among count: Int, window: [Double], windowInfluence: Double, penalty: SizePenalty,
    candidate: (_ index: Int) -> (score: Double, box: CropBox)
  ) {
    precondition(count > 0 && !window.isEmpty && count.isMultiple(of: window.count))
    var best: SearchDecision?
    var cell = 0
    for index in 0..<count {
      let (score, box) = candidate(index)
      let factor = penalty(width: box.width, height: box.height)
      let value = factor * score * (1 - windowInfluence) + window[cell] * windowInfluence
      if best.map({ value > $0.windowedScore || $0.windowedScore.isNaN && !value.isNaN }) ?? true {
        best = SearchDecision(index: index, score: score, penalty: factor, windowedScore: value, box: box)
      }
      cell = cell + 1 == window.count ? 0 : cell + 1
    }
    self = best ?? SearchDecision(index: 0, score: .nan, penalty: .nan, windowedScore: .nan, box: .none)
  }

  private init(index: Int, score: Double, penalty: Double, windowedScore: Double, box: CropBox) {
    self.index = index
    self.score = score
    self.penalty = penalty
    self.windowedScore = windowedScore
    self.box = box
  }
}

extension CropBox {
  fileprivate static let none = CropBox(x: .nan, y: .nan, width: .nan, height: .nan)
}
