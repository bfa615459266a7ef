import NCC
import NanoTrack
import SiamBAN
import SiamBANACM
import SiamFC
import SiamRPN
import SiamRPNPlusPlus
import SiamRPNPlusPlusACM
import Tracking

/// The trackers this program knows, in the order lists show them. A new tracker is one line here.
enum TrackerCatalog {
  static let all: [TrackerDescription] = [
    .siamFC,
    .siamFCACM,
    .siamRPN,
    .siamRPNPlusPlus,
    .siamRPNPlusPlusACM,
    .siamBAN,
    .siamBANACM,
    .nanoTrack,
    .ncc,
  ]

  static func named(_ name: String) throws -> TrackerDescription {
    guard let found = all.first(where: { $0.name == name }) else {
      throw CommandFault.unknown("tracker", name, among: all.map(\.name))
    }
    return found
  }
}
