internal import Hashing

/// A checkpoint file, read whole and checked: which container it is, and its tensors as views on its bytes.
///
/// Reading executes nothing of the file, creates nothing, and allocates a small multiple of the file's size. A file is either
/// accepted as a whole or refused; there are no partial results. Of a file on disk nothing is kept once it is checked: its
/// tensors are read again one by one when asked for, so that a network's weights are in memory once and not twice.
public struct Checkpoint: Sendable {
  /// The four containers, told apart by their bytes; the file name's ending plays no part.
  public enum Container: String, Sendable {
    /// PyTorch since 1.6: a zip archive with a pickle and raw storages.
    case zip
    /// PyTorch before 1.6: pickles in sequence, then raw storages.
    case legacy
    /// A pickle of NumPy arrays.
    case pickle
    case safetensors
  }

  /// The file's name without folders.
  public let name: String
  public let container: Container
  /// In the order of the file.
  public private(set) var tensors: [StoredTensor]
  /// Keys beside the tensors whose values are none (text, numbers, lists), in the order of the file.
  public let skipped: [String]
  /// `__metadata__` of a safetensors file; empty for the others.
  public let metadata: [String: String]
  /// Size of the file.
  public let byteCount: Int
  /// SHA-256 of the whole file, lower-case hexadecimal.
  public let sha256: String

  /// Takes `bytes`, the whole file, for its size and digest.
  init(
    name: String, container: Container, tensors: [StoredTensor], skipped: [String] = [],
    metadata: [String: String] = [:], bytes: [UInt8]
  ) {
    self.name = name
    self.container = container
    self.tensors = tensors
    self.skipped = skipped
    self.metadata = metadata
    byteCount = bytes.count
    sha256 = SHA256.hex(bytes)
  }

  /// Reads the regular file at `path`. Throws when it cannot be read, or is no checkpoint this program accepts.
  ///
  /// The file stays open for as long as a tensor of it is held.
  public static func read(path: String) throws(CheckpointError) -> Checkpoint {
    let name = String(path.split(separator: "/").last ?? Substring(path))
    let file = try OpenFile(path, name: name)
    var checkpoint = try read(bytes: try file.bytes(), name: name)
    checkpoint.tensors = checkpoint.tensors.map { $0.left(in: file) }
    return checkpoint
  }

  /// Reads a checkpoint from memory; `name` stands for it in errors.
  public static func read(bytes: [UInt8], name: String) throws(CheckpointError) -> Checkpoint {
    switch try Sniffer.container(of: bytes, name: name) {
    case .zip: try TorchZip.read(bytes, name: name)
    case .legacy: try TorchLegacy.read(bytes, name: name)
    case .pickle: try NumpyPickle.read(bytes, name: name)
    case .safetensors: try Safetensors.read(bytes, name: name)
    }
  }

  /// Names a pickle may mention, `module.name`; every other one is refused where it appears.
  public static var allowedGlobals: [String] { PickleGlobal.allCases.map(\.rawValue) }

  /// What a file may ask for before it is refused.
  package static var limits:
    (nesting: Int, rank: Int, elements: Int, memoIndex: Int, integerBytes: Int, safetensorsHeader: Int)
  {
    (
      PickleMachine.maxNesting, TensorBounds.maxRank, TensorBounds.maxElements, PickleMachine.maxMemoIndex,
      PickleMachine.maxIntegerBytes, Safetensors.maxHeader
    )
  }
}
