package import Siamese
package import TestSupport
import Testing

extension SearchingSettings {
  /// The numbers of the configuration that the original ran with, one comparison each; keys it does not name are passed over.
  package func compare(with file: StepsFile, more: [(String, Double)] = [], into tally: inout Tally) {
    let numbers: [(String, Double)] = [
      ("PENALTY_K", search.penaltyK), ("WINDOW_INFLUENCE", search.windowInfluence), ("LR", search.learningRate),
      ("EXEMPLAR_SIZE", Double(search.exemplarSize)), ("INSTANCE_SIZE", Double(search.instanceSize)),
      ("BASE_SIZE", Double(search.baseSize)), ("CONTEXT_AMOUNT", search.contextAmount),
    ]
    for (key, value) in numbers + more {
      guard let wanted = file.setting(key) else { continue }
      tally.expect(value == wanted, "\(file.preset): \(key) is \(value), wanted \(wanted)")
    }
  }
}
