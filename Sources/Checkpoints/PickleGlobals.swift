/// The names a pickle may mention. Anything else is refused as soon as it appears, whether used or not.
///
/// None of them is ever called: they select which inert record is built. Raw values are those of the corpus's `allowed_globals`.
enum PickleGlobal: String, CaseIterable {
  case orderedDict = "collections.OrderedDict"
  case rebuildTensor = "torch._utils._rebuild_tensor_v2"
  case rebuildParameter = "torch._utils._rebuild_parameter"
  case floatStorage = "torch.FloatStorage"
  case doubleStorage = "torch.DoubleStorage"
  case halfStorage = "torch.HalfStorage"
  case bfloat16Storage = "torch.BFloat16Storage"
  case longStorage = "torch.LongStorage"
  case intStorage = "torch.IntStorage"
  case shortStorage = "torch.ShortStorage"
  case charStorage = "torch.CharStorage"
  case byteStorage = "torch.ByteStorage"
  case boolStorage = "torch.BoolStorage"
  case dtype = "numpy.dtype"
  case ndarray = "numpy.ndarray"
  case scalar1 = "numpy.core.multiarray.scalar"
  case scalar2 = "numpy._core.multiarray.scalar"
  case reconstruct1 = "numpy.core.multiarray._reconstruct"
  case reconstruct2 = "numpy._core.multiarray._reconstruct"
  case encode = "_codecs.encode"
  case bytes = "__builtin__.bytes"

  /// By module, then by name: `torch` with `_utils._rebuild_tensor_v2` is not `torch._utils` with `_rebuild_tensor_v2`.
  private static let known: [String: [String: PickleGlobal]] = {
    var known: [String: [String: PickleGlobal]] = [:]
    for global in allCases {
      let parts = global.rawValue.split(separator: ".")
      known[parts.dropLast().joined(separator: "."), default: [:]][String(parts[parts.count - 1])] = global
    }
    return known
  }()

  static func named(module: String, _ name: String) -> PickleGlobal? { known[module]?[name] }

  /// Element type of a PyTorch storage class, nil for the others.
  var storageType: ElementType? {
    switch self {
    case .floatStorage: .f32
    case .doubleStorage: .f64
    case .halfStorage: .f16
    case .bfloat16Storage: .bf16
    case .longStorage: .i64
    case .intStorage: .i32
    case .shortStorage: .i16
    case .charStorage: .i8
    case .byteStorage: .u8
    case .boolStorage: .bool
    default: nil
    }
  }
}
