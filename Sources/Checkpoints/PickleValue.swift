/// One value of a pickle, 16 bytes. Containers and records are numbers of rows in the machine's tables, not references:
/// so a value nested a million deep is freed like any other, and a cycle is only a number.
enum PickleValue {
  /// A stretch of the pickle, relative to its first byte.
  struct Slice {
    var start: UInt32
    var count: UInt32
  }

  case none
  case bool(Bool)
  case int(Int)
  case float(Double)
  /// UTF-8, all of it below U+0100: what `latin1` can encode.
  case text(Slice)
  /// UTF-8 with characters above U+00FF.
  case wideText(Slice)
  /// A Python 2 string, which is text and bytes at once; valid UTF-8.
  case string(Slice)
  case bytes(Slice)
  /// The bytes that `latin1` makes of this UTF-8 text; decoded only where an array needs them.
  case encoded(Slice)
  case global(PickleGlobal)
  case tuple(Int)
  case list(Int)
  case dict(Int)
  case orderedDict(Int)
  case storage(Int)
  case tensor(Int)
  case dtype(Int)
  case array(Int)
  case scalar

  /// Whether Python lets it be a key of a dict; tuples are asked for in the machine's table.
  var isHashable: Bool {
    switch self {
    case .list, .dict, .orderedDict, .array: false
    default: true
    }
  }
}

/// Items of a tuple or list; keys and values in turn of a dict.
struct PickleContainer {
  var items: [PickleValue] = []
  /// For tuples: whether all items are hashable.
  var isHashable = true
}

/// A persistent id: a block of raw elements outside the pickle.
struct PickleStorage {
  var key: String
  var type: ElementType
  var count: Int
  /// Its bytes in the file; for the legacy container known only after the pickles are read.
  var range: Range<Int>
}

/// What `_rebuild_tensor_v2` was given; the view fits its storage.
struct PickleTensor {
  var storage: Int
  var offset: Int
  var shape: [Int]
  var strides: [Int]
}

/// A NumPy element type.
struct PickleDtype {
  /// nil for types that may stand beside the weights (random generator states are `u4`) but are never tensors.
  var type: ElementType?
  var width: Int
  var isBigEndian = false
  var isBuilt = false
}

/// A NumPy array: empty until BUILD gave its state.
struct PickleArray {
  struct State {
    var dtype: PickleDtype
    var shape: [Int]
    var isFortran: Bool
    var data: PickleValue
  }

  var state: State?
}
