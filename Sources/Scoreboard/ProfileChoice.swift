public import Scoring
import Store

/// Under whose rules runs are scored.
public enum ProfileChoice: Hashable, Sendable {
  /// The one people quote for a run's protocol.
  case usual
  /// Every one that has scores for a run's protocol over its data set.
  case applicable
  /// These, each as far as it has scores for a run.
  case named([Profile])
}

extension RunMaterial {
  /// The profiles of a choice, as their toolkits treat the run's data set.
  func profiles(_ choice: ProfileChoice) -> [Profile] {
    switch choice {
    case .usual: [usualProfile]
    case .applicable: Profile.applicable(to: run.identity.protocolName, dataset: dataset.name)
    case .named(let profiles): profiles.map { $0.adapted(to: dataset.name) }
    }
  }

  /// Whose rules people quote for this protocol.
  var usualProfile: Profile {
    let profile: Profile =
      switch baseProtocol {
      case "unsupervised", "multistart": .vot
      case "tre", "sre": .otb
      default: .pysot
      }
    return profile.adapted(to: dataset.name)
  }
}
