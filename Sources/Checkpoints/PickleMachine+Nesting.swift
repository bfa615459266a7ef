extension PickleMachine {
  /// Throws when a chain of containers, each an item of the one before, is longer than ``maxNesting``; a container that
  /// contains itself is such a chain.
  ///
  /// A walk with a stack of its own, because the depth is the file's choice; each item is looked at once.
  func checkNesting() throws(CheckpointError) {
    /// 0 unseen, -1 under way, else the longest chain that starts here.
    var depth = [Int32](repeating: 0, count: containers.count)
    var path: [(row: Int, next: Int, longest: Int32)] = []
    for start in containers.indices where depth[start] == 0 {
      path.append((start, 0, 0))
      depth[start] = -1
      while let (row, next, longest) = path.last {
        guard next < containers[row].items.count else {
          path.removeLast()
          depth[row] = longest + 1
          if let above = path.indices.last { path[above].longest = max(path[above].longest, longest + 1) }
          continue
        }
        path[path.count - 1].next += 1
        guard let inner = Self.row(containers[row].items[next]) else { continue }
        switch depth[inner] {
        case 0:
          depth[inner] = -1
          path.append((inner, 0, 0))
        case -1: throw cursor.fault("a container that contains itself")
        case let known: path[path.count - 1].longest = max(longest, known)
        }
        guard path.count <= Self.maxNesting else { throw tooDeep }
      }
      guard depth[start] <= Self.maxNesting else { throw tooDeep }
    }
  }

  private var tooDeep: CheckpointError { cursor.fault("values nested deeper than \(Self.maxNesting)") }

  private static func row(_ value: PickleValue) -> Int? {
    switch value {
    case .tuple(let row), .list(let row), .dict(let row), .orderedDict(let row): row
    default: nil
    }
  }
}
