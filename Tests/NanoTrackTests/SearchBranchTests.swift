import Checkpoints
import Imaging
import NanoTrack
import Siamese
import SiameseGoldens
import Tensors
import Testing

struct SearchBranchTests {
  @Test("The network alone gives the maps the tracker decides by, run after run")
  func sameMaps() throws {
    let engine = try Engine.ofThisProcess()
    let model = try NanoTrackModel(
      weights: .rule(shapes: NanoTrackNetwork.shapes(.v3)), settings: NanoTrackSettings(.v3), engine: engine)
    #expect(model.cropSizes == CropSizes(template: 127, search: 255))
    let workspace = Workspace(engine: engine)
    func crop(_ side: Int) -> Tensor {
      workspace.blueFirstCrop(
        of: TrackerManners.frame(x: 60, y: 40), Square(left: 40, top: 20, side: 85), to: side, border: (9, 8, 7))
    }
    let (template, search) = (crop(127), crop(255))
    let size = TargetSize(width: 60, height: 50)
    let memory = model.network.memory(of: template, target: size, in: workspace)
    let wanted = model.network(search, memory: memory, in: workspace)

    let branch = model.searchBranch(template: template, target: size)
    var layers: [String] = []
    for _ in 0..<2 {
      layers = []
      let maps = branch(search) { name, _ in layers.append(name) }
      #expect(maps.map(\.name) == ["cls", "loc"])
      #expect(maps[0].map.nchw == wanted.classes.nchw)
      #expect(maps[1].map.nchw == wanted.distances.nchw)
    }
    #expect(layers.count > 50)
  }
}
