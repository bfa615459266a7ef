public import Imaging

/// Pictures that open one at a time; nothing is held.
public struct Frames: Sendable {
  /// How many there are; 0 where the sequence can be scored but not run.
  public let count: Int
  /// What frame `index` (from 0) is called in messages: a path, or `demo/drift-3 frame 17`.
  public let label: @Sendable (_ index: Int) -> String
  /// The files behind the frames; nil where they are drawn.
  public let files: FrameFiles?
  private let open: @Sendable (_ index: Int) throws -> Image

  public init(
    count: Int, label: @escaping @Sendable (Int) -> String, open: @escaping @Sendable (Int) throws -> Image
  ) {
    self.count = count
    self.label = label
    self.open = open
    files = nil
  }

  /// Pictures in files, each opened when it is asked for.
  public init(files: FrameFiles) {
    count = files.count
    label = { files.path(at: $0) }
    open = { try Image(contentsOf: files.path(at: $0)) }
    self.files = files
  }

  private init(
    count: Int, label: @escaping @Sendable (Int) -> String, files: FrameFiles?,
    open: @escaping @Sendable (Int) throws -> Image
  ) {
    self.count = count
    self.label = label
    self.files = files
    self.open = open
  }

  /// The same frames, opened in another way.
  func replacingOpen(_ open: @escaping @Sendable (_ index: Int) throws -> Image) -> Frames {
    Frames(count: count, label: label, files: files, open: open)
  }

  /// No pictures: the sequence can be scored and not run.
  public static let none = Frames(files: FrameFiles(folder: "", names: []))

  /// Frame `index`, decoded or drawn now.
  /// - Throws: ``ImageError`` naming the file.
  public func image(at index: Int) throws -> Image { try open(index) }
}

/// The picture files of a sequence, in the order of its frames.
public struct FrameFiles: Sendable, Hashable {
  /// The folder they lie in.
  public let folder: String
  /// File names, one a frame.
  public let names: [String]
  /// The folder as messages call it: `Couple/img`.
  package let shown: String
  /// Pictures of the folder that no annotated frame uses.
  package let unused: Int

  /// - Parameters:
  ///   - shown: what messages call the folder; its path where nil.
  ///   - unused: pictures of the folder beyond those named.
  public init(folder: String, names: [String], shown: String? = nil, unused: Int = 0) {
    self.folder = folder
    self.names = names
    self.shown = shown ?? folder
    self.unused = unused
  }

  public var count: Int { names.count }

  /// The file of frame `index`, from 0; a name that no file has where there is no such frame.
  public func path(at index: Int) -> String {
    "\(folder)/\(names.indices.contains(index) ? names[index] : "frame \(index + 1), which has no picture")"
  }
}
