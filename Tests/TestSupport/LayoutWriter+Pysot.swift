extension LayoutWriter {
  /// pysot's form: sequences without annotation of their own, and `VOT2018.json` beside them with tags (one list short, one
  /// empty: Q29), or `LaSOT.json` with the `absent` flag that means the opposite (Q24).
  ///
  /// - Parameters:
  ///   - dataset: `vot2018`, `lasot`, `uav123` or `nfs`.
  ///   - withPictures: whether the sequences are there too.
  public static func pysot(_ dataset: String, withPictures: Bool = true) throws -> LayoutWriter {
    let known = ["vot2018": "VOT2018", "lasot": "LaSOT", "uav123": "UAV123", "nfs": "NFS"]
    let folder = known[dataset] ?? dataset
    var layout = try LayoutWriter(dataset, place: folder)
    let isVOT = dataset.hasPrefix("vot")
    var entries: [String] = []
    for (name, count) in [("ants1", 6), ("zebrafish1", 4)] {
      let truth = isVOT ? corners(boxes(count)) : boxes(count)
      let inside = isVOT ? "\(name)/color" : "\(name)/img"
      let names = (1...count).map { "\"\(inside)/0000000\($0).jpg\"" }.joined(separator: ",")
      var fields = [
        "\"video_dir\": \"\(name)\"", "\"init_rect\": \(list(truth[0]))", "\"img_names\": [\(names)]",
        "\"gt_rect\": [\(truth.map(list).joined(separator: ","))]",
      ]
      if isVOT {
        fields.append("\"width\": \(width), \"height\": \(height)")
        for tag in ["camera_motion", "illum_change", "motion_change", "size_change", "occlusion"] {
          // One list is short, one empty.
          let flags = name == "ants1" && tag == "occlusion" ? 0 : name == "ants1" && tag == "size_change" ? 2 : count
          fields.append("\"\(tag)\": \(list(Array(repeating: tag == "size_change" ? 1 : 0, count: flags)))")
        }
      } else {
        fields.append("\"attr\": [\"Scale Variation\", \"Background Clutter\", \"Out-of-View\"]")
      }
      if dataset == "lasot" { fields.append("\"absent\": \(list((0..<count).map { $0 == 2 ? 0 : 1 }))") }
      entries.append("\"\(name)\": {\(fields.joined(separator: ", "))}")
      if withPictures { try layout.pictures(1...count, in: inside, digits: 8) }
      layout.keep(name, truth)
    }
    try layout.write("{\n\(entries.joined(separator: ",\n"))\n}\n", to: "\(folder).json")
    return layout
  }

  private static func list(_ numbers: [Double]) -> String { "[\(numbers.map(number).joined(separator: ","))]" }
}
