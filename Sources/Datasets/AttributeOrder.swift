/// The attributes a benchmark marks its sequences with: short names in its makers' order, which is also the order of the
/// 0/1 flags in its files.
public struct AttributeOrder: Sendable, Hashable {
  /// `["SV", "ARC", …]`
  public let shortNames: [String]

  /// The Object Tracking Benchmark, and Temple Color 128.
  public static let otb = AttributeOrder(shortNames: Attribute.shortNames)
  /// UAV123 (metrics reference, 1.5).
  public static let uav123 = AttributeOrder("SV ARC LR FM FOC POC OV BC IV VC CM SOB")
  /// LaSOT's `attributes.txt` (LaSOT evaluation toolkit, `annos/att`).
  public static let lasot = AttributeOrder("IV POC DEF MB CM ROT BC VC SV FOC FM OV LR ARC")
  /// Need for Speed (ICCV 2017, table 2).
  public static let nfs = AttributeOrder("IV SV OCC DEF FM VC OV BC LR")
  /// Drone Tracking Benchmark (drone-tracking toolkit, `anno/att`).
  public static let dtb70 = AttributeOrder("SV ARV OCC DEF FCM IPR OPR OV BC SOA MB")

  static let all = [otb, uav123, lasot, nfs, dtb70]

  init(shortNames: [String]) { self.shortNames = shortNames }

  private init(_ names: String) { shortNames = names.split(separator: " ").map(String.init) }

  /// The names that a row of 0/1 flags stands for; nil where there are not as many flags as names.
  func names(flags: [Bool]) -> [String]? {
    guard flags.count == shortNames.count else { return nil }
    return zip(shortNames, flags).filter(\.1).map(\.0)
  }

  /// Names in this order, those it does not have behind it.
  func sorted(_ names: [String]) -> [String] {
    let wanted = Set(names)
    return shortNames.filter(wanted.contains) + names.filter { !shortNames.contains($0) }
  }

  /// The names of a table of `found` attributes: those of the first benchmark that has all of them, else OTB's and then
  /// whatever else there is.
  static func covering(_ found: Set<String>) -> [String] {
    guard !found.isEmpty else { return [] }
    if let order = all.first(where: { found.isSubset(of: $0.shortNames) }) { return order.shortNames }
    return otb.shortNames + found.subtracting(otb.shortNames).sorted()
  }
}

extension Attribute {
  /// Long names of attributes that OTB does not have.
  private static let others = [
    "ARC": "Aspect Ratio Change", "ARV": "Aspect Ratio Variation", "CM": "Camera Motion", "FCM": "Fast Camera Motion",
    "FOC": "Full Occlusion", "POC": "Partial Occlusion", "ROT": "Rotation", "SOA": "Similar Objects Around",
    "SOB": "Similar Object", "VC": "Viewpoint Change",
  ]

  /// The long name of a short one of any data set; the short one where it is of none.
  public static func longName(_ shortName: String) -> String {
    Attribute(rawValue: shortName)?.longName ?? others[shortName] ?? shortName
  }

  /// The short name of a long one, as pysot's lists have them: `Background Clutters`, `Background Clutter`,
  /// `Out-of-view`. The name itself where it is of no data set.
  static func shortName(_ longName: String) -> String { shortNamesByKey[key(longName)] ?? longName }

  private static let shortNamesByKey: [String: String] = {
    var names = Dictionary(uniqueKeysWithValues: allCases.map { (key($0.longName), $0.rawValue) })
    for (short, long) in others { names[key(long)] = short }
    return names
  }()

  /// Letters alone, without capitals and the plural's last.
  private static func key(_ name: String) -> String {
    let letters = name.lowercased().filter(\.isLetter)
    return letters.hasSuffix("s") ? String(letters.dropLast()) : letters
  }
}
