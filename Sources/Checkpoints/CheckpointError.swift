public import Faults

/// Why a checkpoint file was not read. Nothing of the file is returned beside it.
public struct CheckpointError: Fault, Equatable {
  /// What a caller may branch on.
  public enum Kind: Sendable, Equatable {
    /// The file cannot be opened, read or written.
    case file
    /// No container this program knows: a web page, a pointer file, an archive of another kind.
    case unrecognised
    /// Cut short, altered, or in contradiction with itself.
    case damaged
    /// Whole, but it holds something this program does not read (an element type, compression).
    case unsupported
    /// It asks for code: a global or an opcode that a state dict never needs.
    case unsafe
  }

  public let kind: Kind
  /// File name, then the record, key or byte where there is one: `net.pth: archive/data.pkl, byte 17`.
  public let place: String
  public let cause: String
  public let remedy: String?

  package init(_ kind: Kind, at place: String, _ cause: String, remedy: String? = nil) {
    self.kind = kind
    self.place = Printable.text(place)
    self.cause = Printable.text(cause)
    switch kind {
    case .damaged: self.remedy = remedy ?? "fetch the file again and compare its size and SHA-256 with the source's"
    case .unsafe:
      self.remedy =
        remedy ?? "save only the state dict (torch.save(model.state_dict(), path)) or convert to safetensors"
    case .file, .unrecognised, .unsupported: self.remedy = remedy
    }
  }
}
