import Geometry
import Scoring
import Testing

/// The fields of a profile with their values as text, which tells all values apart that occur.
private func fields(_ profile: Profile) -> [String: String] {
  Dictionary(
    uniqueKeysWithValues: Mirror(reflecting: profile).children.map { child in
      // Sets print in any order.
      let value =
        (child.value as? Set<String>).map { "\($0.sorted())" }
        ?? (child.value as? ReadableLayout).map { "\($0.delimiters.map(\.rawValue).sorted()) \($0.blankLines)" }
        ?? (child.value as? any Hashable).map { "\($0.hashValue)" } ?? String(reflecting: child.value)
      return (child.label ?? "", value)
    })
}

private let profiles = Profile.toolkits + Profile.variants

@Suite("Rules of profiles")
struct ProfileRuleTests {
  @Test("Every field of a profile but its name belongs to exactly one rule")
  func everyField() {
    let all = Mirror(reflecting: Profile.otb).children.compactMap(\.label)
    let listed = Profile.rules.flatMap(\.fields)
    #expect(Set(listed).count == listed.count, "a field is in two rules")
    #expect(Set(all) == Set(listed + ["name"]))
    #expect(Set(Profile.rules.map(\.name)).count == Profile.rules.count)
    #expect(!Profile.rules.contains { $0.name.contains("other") && $0.name != "error of other annotations" })
  }

  @Test("A rule copies its own fields and no other", arguments: Profile.rules)
  func copies(_ rule: Profile.Rule) {
    for one in profiles {
      for other in profiles {
        let mixture = fields(rule.taken(from: other, into: one))
        let (mine, theirs) = (fields(one), fields(other))
        for (name, value) in mixture {
          #expect(value == (rule.fields.contains(name) ? theirs : mine)[name], "\(name) of \(rule.name)")
        }
        #expect(rule.isSame(one, other) == rule.fields.allSatisfy { mine[$0] == theirs[$0] })
        if !rule.isSame(one, other), rule.concernsOnePass {
          #expect(rule.setting(of: one) != rule.setting(of: other), "\(rule.name): \(one.name), \(other.name)")
        }
      }
    }
  }

  @Test("All rules of a profile together are the profile")
  func allTogether() {
    for one in profiles {
      for other in profiles {
        var mixture = Profile.rules.reduce(one) { $1.taken(from: other, into: $0) }
        #expect(mixture.name == one.name)
        #expect(Profile.rules.allSatisfy { $0.isSame(mixture, other) })
        mixture = Profile.rules.reduce(mixture) { $1.taken(from: one, into: $0) }
        #expect(mixture == one)
      }
    }
  }

  @Test("Any mixture of rules scores anything without a trap, and refuses only what an owner of a rule refuses")
  func mixtures() {
    var generator = SplitMix64(seed: 2)
    let numbers: [Double] = [0, -1, 1, 5, 20, 1e300, .nan, .infinity, 0.5]
    func box() -> Box {
      Bool.random(using: &generator)
        ? Box(x: 10, y: 12, width: 20, height: 30)
        : Box(
          x: numbers.randomElement(using: &generator) ?? 0, y: numbers.randomElement(using: &generator) ?? 0,
          width: numbers.randomElement(using: &generator) ?? 0, height: numbers.randomElement(using: &generator) ?? 0)
    }
    for _ in 0..<400 {
      let owners = profiles.shuffled(using: &generator).prefix(3).filter(\.scoresOnePass)
      guard var mixture = owners.first else { continue }
      for rule in Profile.rules where rule.concernsOnePass {
        mixture = rule.taken(from: owners.randomElement(using: &generator) ?? mixture, into: mixture)
      }
      let truth = (0..<Int.random(in: 0...4, using: &generator)).map { _ in box() }
      let record = SequenceRecord(
        name: Bool.random(using: &generator) ? "monkey-17" : "made", truth: truth,
        prediction: (0..<Int.random(in: 0...5, using: &generator)).map { _ in box() },
        visible: Bool.random(using: &generator) ? nil : truth.map { _ in Bool.random(using: &generator) })
      if (try? SequenceScores(record, profile: mixture)) == nil {
        let refused = owners.contains { (try? SequenceScores(record, profile: $0)) == nil }
        #expect(refused, "\(owners.map(\.name)): \(record)")
      }
    }
  }

  @Test("The profiles that can score a protocol, as their toolkits treat the data set")
  func applicable() {
    func names(_ protocolName: String, _ dataset: String) -> [String] {
      Profile.applicable(to: protocolName, dataset: dataset).map(\.name)
    }
    #expect(names("ope", "otb100") == ["otb", "pysot", "pysot-toolkit", "got10k", "pytracking"])
    #expect(names("ope@realtime", "LaSOT") == ["lasot", "pysot", "pysot-toolkit", "got10k.lasot", "pytracking.lasot"])
    #expect(names("ope", "uav123") == ["otb", "pysot", "pysot-toolkit", "got10k.uav123", "pytracking.uav"])
    #expect(names("tre", "otb100") == ["otb"] && names("sre", "otb50") == ["otb"])
    #expect(names("supervised@realtime", "vot2018") == ["pysot", "pysot-toolkit", "got10k", "vot"])
    #expect(names("unsupervised", "vot2018") == ["vot"] && names("multistart", "vot2020") == ["vot"])
    #expect(names("longterm", "vot2018-lt") == ["pysot", "pysot-toolkit", "vot"])
    #expect(names("", "otb100").isEmpty && names("opes", "otb100").isEmpty)
  }
}
