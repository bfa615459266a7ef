extension Profile {
  /// got-10k/toolkit, its UAV123 experiment: frames with a NaN in the annotation do not exist.
  public static let got10kUAV123: Profile = {
    var profile = got10k
    profile.name = "got10k.uav123"
    profile.removesNaNTruth = true
    return profile
  }()

  /// got-10k/toolkit, its LaSOT experiment: as for UAV123, with a normalised precision whose score is the mean of its curve
  /// (Q4). Frames without the target are not left out.
  public static let got10kLaSOT: Profile = {
    var profile = got10kUAV123
    profile.name = "got10k.lasot"
    profile.normalised = NormalisedRule(
      sizeOffset: 0, dividesDifference: true, scoresMeanOfCurve: true, truth: .any, invalidError: .miss)
    profile.normalisedThresholds = .normalisedProducts
    return profile
  }()

  /// visionml/pytracking with its option `exclude_invalid_frames`: counts are divided by the number of valid frames.
  public static let pytrackingExcludingInvalid: Profile = {
    var profile = pytracking
    profile.name = "pytracking.exclude-invalid"
    profile.denominator = .validCount
    profile.removesAbsent = true
    return profile
  }()

  /// visionml/pytracking for its data set "uav": a NaN annotation is allowed, and one that does not count is a hit of
  /// precision (Q3).
  public static let pytrackingUAV: Profile = {
    var profile = pytracking
    profile.name = "pytracking.uav"
    profile.acceptsNaNTruth = true
    profile.invalidError = .hit
    return profile
  }()

  /// visionml/pytracking for its data set "lasot": frames without a visible target are misses of everything, and a short
  /// result stops it.
  public static let pytrackingLaSOT: Profile = {
    var profile = pytracking
    profile.name = "pytracking.lasot"
    profile.removesAbsent = true
    profile.short = .refuse
    return profile
  }()

  /// What toolkits change for a data set or an option, named `toolkit.variant`.
  public static let variants: [Profile] = [
    .got10kUAV123, .got10kLaSOT, .pytrackingExcludingInvalid, .pytrackingUAV, .pytrackingLaSOT,
  ]

  /// The profile this toolkit uses for a data set, by the name the data set has in this program: `lasot`, `uav123`. Most
  /// toolkits treat all data sets alike, and then it is the profile itself.
  public func adapted(to dataset: String) -> Profile {
    switch (name, dataset.lowercased()) {
    case ("got10k", "uav123"): .got10kUAV123
    case ("got10k", "lasot"): .got10kLaSOT
    case ("pytracking", "uav123"): .pytrackingUAV
    case ("pytracking", "lasot"): .pytrackingLaSOT
    default: self
    }
  }
}
