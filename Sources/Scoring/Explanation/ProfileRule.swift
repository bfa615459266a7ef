extension Profile {
  /// One thing toolkits disagree about: a field of ``Profile``, or some that make sense only together.
  ///
  /// ``Profile/rules`` lists them all, and every field but the name belongs to exactly one, so whatever makes two profiles
  /// differ has a name.
  public struct Rule: Sendable, Identifiable {
    /// What it is about: `first frame`.
    public let name: String
    /// The fields of ``Profile`` it consists of.
    public let fields: [String]
    /// True where the scores of one-pass runs depend on it; the others are about other protocols, about which attributes get
    /// a row and about which files can be read.
    public let concernsOnePass: Bool
    private let isEqual: @Sendable (Profile, Profile) -> Bool
    private let copy: @Sendable (Profile, inout Profile) -> Void
    private let wording: @Sendable (Profile) -> String

    init(
      _ name: String, _ fields: Field..., concernsOnePass: Bool = true,
      says wording: @escaping @Sendable (Profile) -> String
    ) {
      self.name = name
      self.fields = fields.map(\.name)
      self.concernsOnePass = concernsOnePass
      self.wording = wording
      isEqual = { one, other in fields.allSatisfy { $0.isEqual(one, other) } }
      copy = { source, profile in
        for field in fields { field.copy(source, &profile) }
      }
    }

    public var id: String { name }

    /// True where both profiles have the same rule.
    public func isSame(_ one: Profile, _ other: Profile) -> Bool { isEqual(one, other) }

    /// `profile` with this rule of another one. Any mixture can be scored, and stops only at sequences at which the owner of
    /// one of its rules stops.
    public func taken(from source: Profile, into profile: Profile) -> Profile {
      var mixture = profile
      copy(source, &mixture)
      return mixture
    }

    /// What a profile does here, a clause without subject: `scores the first frame as predicted`.
    public func setting(of profile: Profile) -> String { wording(profile) }
  }

  /// A field of ``Profile``, without its type.
  struct Field: Sendable {
    let name: String
    let isEqual: @Sendable (Profile, Profile) -> Bool
    let copy: @Sendable (Profile, inout Profile) -> Void

    init<Value: Equatable & Sendable>(_ name: String, _ path: any WritableKeyPath<Profile, Value> & Sendable) {
      self.name = name
      isEqual = { $0[keyPath: path] == $1[keyPath: path] }
      copy = { $1[keyPath: path] = $0[keyPath: path] }
    }
  }
}
