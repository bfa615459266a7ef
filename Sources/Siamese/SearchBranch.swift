public import Tensors
public import Tracking

/// A network's work on a frame without the tracker around it: search crops in, maps out, whatever the template gave held fixed.
///
/// What is timed against other programs, which know the network and not the tracker. Used by one thread at a time.
public final class SearchBranch {
  /// A map with the name other programs give it: `cls`, `loc`, `response`.
  public typealias NamedMap = (name: String, map: Tensor)

  public let workspace: Workspace
  private let forward: (_ crops: Tensor, _ trace: LayerTrace?) -> [NamedMap]

  public init(workspace: Workspace, forward: @escaping (_ crops: Tensor, _ trace: LayerTrace?) -> [NamedMap]) {
    self.workspace = workspace
    self.forward = forward
  }

  /// - Precondition: crops of ``CropSizes/search`` pixels a side.
  public func callAsFunction(_ crops: Tensor, trace: LayerTrace? = nil) -> [NamedMap] { forward(crops, trace) }
}

/// What a network is shown.
public struct CropSizes: Sendable, Hashable {
  /// Sides in pixels.
  public let template: Int
  public let search: Int
  /// Search crops a frame.
  public let searchCount: Int

  public init(template: Int, search: Int, searchCount: Int = 1) {
    self.template = template
    self.search = search
    self.searchCount = searchCount
  }
}

/// A model whose network can be run on crops alone.
public protocol CropModel: TrackerModel {
  var engine: Engine { get }
  var cropSizes: CropSizes { get }

  /// The network after it has seen a template.
  ///
  /// - Parameters:
  ///   - template: one crop as the network sees it, of ``CropSizes/template`` pixels a side.
  ///   - target: the target's size in it, for networks with a prior; others ignore it.
  func searchBranch(template: Tensor, target: TargetSize) -> SearchBranch
}

/// What a head says about a search crop, as other programs list it.
public protocol NetworkMaps: Sendable {
  var named: [SearchBranch.NamedMap] { get }
}

extension RegionProposalMaps: NetworkMaps {
  public var named: [SearchBranch.NamedMap] { [("cls", classes), ("loc", boxes)] }
}

extension BoxAdaptiveMaps: NetworkMaps {
  public var named: [SearchBranch.NamedMap] { [("cls", classes), ("loc", distances)] }
}

extension TemplateModel {
  /// Of a search that has not lost its target.
  public var cropSizes: CropSizes { CropSizes(template: search.exemplarSize, search: search.instanceSize) }

  public func searchBranch(template: Tensor, target: TargetSize) -> SearchBranch {
    let workspace = Workspace(engine: engine)
    let memory = network.memory(of: template, target: target, in: workspace)
    return SearchBranch(workspace: workspace) { [network] crops, trace in
      network(crops, memory: memory, in: workspace, trace: trace).named
    }
  }
}
