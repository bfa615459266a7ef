import TestSupport

/// The checkpoint corpus, as its index lists it.
struct Corpus: Decodable {
  struct Row: Decodable, CustomStringConvertible {
    struct Tensor: Decodable {
      let key: String
      let dtype: String
      let shape: [Int]
      let sha256: String
    }

    let file: String
    let expect: String
    let container: String
    let reason: String?
    let tensors: [Tensor]?
    let skipped: [String]?
    let metadata: [String: String]?

    var description: String { file }

    func bytes() throws -> [UInt8] { try Shared.bytes("\(Corpus.folder)/\(file)") }
  }

  struct Limits: Decodable {
    private enum CodingKeys: String, CodingKey {
      case maxNesting = "max_nesting"
      case maxRank = "max_rank"
      case maxElements = "max_elements"
      case maxMemoIndex = "max_memo_index"
      case maxIntegerBytes = "max_integer_bytes"
      case maxSafetensorsHeader = "max_safetensors_header"
    }

    let maxNesting: Int
    let maxRank: Int
    let maxElements: Int
    let maxMemoIndex: Int
    let maxIntegerBytes: Int
    let maxSafetensorsHeader: Int
  }

  private enum CodingKeys: String, CodingKey {
    case allowedGlobals = "allowed_globals"
    case limits
    case files
  }

  static let folder = "golden/checkpoints"
  static let index = "\(folder)/index.json"

  let allowedGlobals: [String]
  let limits: Limits
  let files: [Row]

  static func load() throws -> Corpus { try Shared.json(index) }
}

/// A seeded stream for the property tests.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
