extension Profile {
  /// The profiles that have scores for runs of a protocol over a data set, as their toolkits treat that data set
  /// (``adapted(to:)``): what `report --profile all` shows.
  ///
  /// LaSOT has its own toolkit, which is OTB's with LaSOT's rules, so `lasot` stands for `otb` there and only there. TRE and
  /// SRE are defined by the OTB toolkit alone. GOT-10k's own report is ``GOT10kScores``; profile got10k here is that toolkit's
  /// experiment on OTB.
  ///
  /// - Parameters:
  ///   - protocolName: `ope tre sre supervised unsupervised multistart longterm`, with or without `@realtime`; anything else
  ///     has no profile.
  ///   - dataset: the data set's name, in any case.
  /// - Returns: in the order of ``toolkits``; empty for an unknown protocol.
  public static func applicable(to protocolName: String, dataset: String) -> [Profile] {
    let name = protocolName.lowercased().prefix { $0 != "@" }
    let isLaSOT = dataset.lowercased().hasPrefix("lasot")
    return toolkits.filter { profile in
      switch name {
      case "ope": profile.scoresOnePass && profile.name != (isLaSOT ? Profile.otb : .lasot).name
      case "tre", "sre": profile.name == Profile.otb.name
      case "supervised": profile.supervised != nil
      case "unsupervised": profile.unsupervised != nil
      case "multistart": profile.multiStart != nil
      case "longterm": profile.longTerm != nil
      default: false
      }
    }.map { $0.adapted(to: dataset) }
  }
}
