/// One function a layout, as the metrics reference describes them in 4 and 6.2.
extension LayoutWriter {
  /// Every layout, for tests that go through all of them.
  public static let all: [@Sendable () throws -> LayoutWriter] = [
    { try vot2016() }, { try vot2018() }, { try got10kVal() }, { try lasot() }, { try lasotFlat() }, { try uav123() },
    { try nfs(rate: 30) }, { try nfs(rate: 240) }, { try nfsText() }, { try tcolor128() }, { try dtb70() },
    { try trackingNet() },
  ]

  /// Pictures beside the annotation, no `sequence` file, `.tag` and `.label` files of which one is short (Q29).
  public static func vot2016() throws -> LayoutWriter {
    var layout = try LayoutWriter("vot2016", place: "VOT2016")
    try layout.write("bag\nball1\n", to: "list.txt")
    for (name, count) in [("bag", 12), ("ball1", 8)] {
      let truth = corners(boxes(count))
      try layout.write(text(truth), to: "\(name)/groundtruth.txt")
      try layout.pictures(1...count, in: name, digits: 8)
      layout.keep(name, truth)
    }
    try layout.write(String(repeating: "0\n", count: 11) + "1\n", to: "bag/camera_motion.tag")
    try layout.write("0\n1\n1\n", to: "bag/occlusion.label")
    return layout
  }

  /// Pictures in `color`, `sequence` files, rectangles among the polygons, anchors as in VOT2020.
  public static func vot2018() throws -> LayoutWriter {
    var layout = try LayoutWriter("vot2018", place: "VOT2018")
    try layout.write("ants1\nzebrafish1\n", to: "list.txt")
    for (name, count) in [("ants1", 10), ("zebrafish1", 6)] {
      let truth = name == "ants1" ? corners(boxes(count)) : boxes(count)
      try layout.write(text(truth), to: "\(name)/groundtruth.txt")
      try layout.pictures(1...count, in: "\(name)/color", digits: 8)
      try layout.write(
        "name=\(name)\nfps=25\nwidth=\(width)\nheight=\(height)\nchannels.color=color/%08d.jpg\nformat=default\n",
        to: "\(name)/sequence")
      layout.keep(name, truth)
    }
    try layout.write("1\n0\n0\n0\n0\n0\n0\n0\n0\n-1\n", to: "ants1/anchor.value")
    return layout
  }

  /// Labels, `meta_info.ini`; the second sequence's target is away in its last frame and has a box of zeros there.
  public static func got10kVal() throws -> LayoutWriter {
    var layout = try LayoutWriter("got10k-val", place: "GOT-10k")
    let names = ["GOT-10k_Val_000001", "GOT-10k_Val_000002"]
    try layout.write(names.joined(separator: "\n"), to: "val/list.txt")
    for (index, name) in names.enumerated() {
      let count = 9 + index
      var truth = boxes(count)
      if index == 1 { truth[count - 1] = [0, 0, 0, 0] }
      let inside = "val/\(name)"
      try layout.write(text(truth), to: "\(inside)/groundtruth.txt")
      try layout.pictures(1...count, in: inside, digits: 8)
      let away = (0..<count).map { index == 1 && $0 == count - 1 }
      try layout.write(away.map { $0 ? "0\n" : "7\n" }.joined(), to: "\(inside)/cover.label")
      try layout.write(away.map { $0 ? "1\n" : "0\n" }.joined(), to: "\(inside)/absence.label")
      try layout.write(away.map { _ in "0\n" }.joined(), to: "\(inside)/cut_by_image.label")
      try layout.write(
        "[METAINFO]\nurl: none\nbegin: 00:00:00\nend: 00:00:10\nanno_fps: 10Hz\nobject_class: dog\n"
          + "resolution: (\(width), \(height))\n", to: "\(inside)/meta_info.ini")
      layout.keep(name, truth)
    }
    return layout
  }

  /// Class folders, flags in one comma line, a box of zeros where the target is out of view.
  public static func lasot() throws -> LayoutWriter {
    var layout = try LayoutWriter("lasot", place: "LaSOT")
    for (name, count) in [("airplane-1", 10), ("airplane-13", 7), ("zebra-2", 8)] {
      var truth = boxes(count)
      var away = Array(repeating: "0", count: count)
      if name == "airplane-13" {
        truth[4] = [0, 0, 0, 0]
        away[4] = "1"
      }
      let inside = "\(name.prefix { $0 != "-" })/\(name)"
      try layout.write(text(truth), to: "\(inside)/groundtruth.txt")
      try layout.write(Array(repeating: "0", count: count).joined(separator: ","), to: "\(inside)/full_occlusion.txt")
      try layout.write(away.joined(separator: ",") + "\n", to: "\(inside)/out_of_view.txt")
      try layout.write("white airplane flying", to: "\(inside)/nlp.txt")
      try layout.pictures(1...count, in: "\(inside)/img", digits: 8)
      layout.keep(name, truth)
    }
    return layout
  }

  /// One folder a sequence, `list.txt`, `absent.txt` for the two files of flags, fourteen flags of attributes.
  public static func lasotFlat() throws -> LayoutWriter {
    var layout = try LayoutWriter("lasot", place: "LaSOT")
    try layout.write("coin-3\ndog-1\n", to: "list.txt")
    for (name, count) in [("coin-3", 8), ("dog-1", 5)] {
      let truth = boxes(count)
      try layout.write(text(truth), to: "\(name)/groundtruth.txt")
      try layout.write((0..<count).map { $0 == 2 ? "1\n" : "0\n" }.joined(), to: "\(name)/absent.txt")
      try layout.write("1,1,0,0,0,0,1,0,1,1,0,0,1,1\n", to: "\(name)/attributes.txt")
      try layout.pictures(1...count, in: "\(name)/img", digits: 8)
      layout.keep(name, truth)
    }
    return layout
  }

  /// Targets of one video, of which the second begins at picture 775 of it; rows of NaN.
  public static func uav123() throws -> LayoutWriter {
    var layout = try LayoutWriter("uav123", place: "UAV123")
    for (name, video, range) in [("bird1_2", "bird1", 775...1477), ("uav2", "uav2", 1...133)] {
      var truth = boxes(range.count)
      if name == "bird1_2" { truth[3] = [.nan, .nan, .nan, .nan] }
      try layout.write(text(truth), to: "anno/UAV123/\(name).txt")
      try layout.pictures(range, in: "data_seq/UAV123/\(video)", digits: 6)
      layout.keep(name, truth)
    }
    try layout.write("1\n", to: "anno/UAV20L/bike1.txt")
    return layout
  }

  /// Lines at 240 a second, of left, top, right, bottom among other fields; at 30 pictures a second every eighth is a
  /// frame's, and the last sequence has one line more than that.
  public static func nfs(rate: Int) throws -> LayoutWriter {
    var layout = try LayoutWriter("nfs", place: "NFS")
    for (name, count) in [("airboard_1", 6), ("Skiing_red", 5)].sorted(by: { $0.0 < $1.0 }) {
      let step = rate == 30 ? 8 : 1
      let rows = count * step + (name == "Skiing_red" ? 1 : 0)
      let all = boxes(rows)
      let lines = all.enumerated().map { index, box in
        let edges = [box[0], box[1], box[0] + box[2], box[1] + box[3]].map(number).joined(separator: " ")
        return "0 \(edges) \(index + 1) 0 0 1 \"ball\"\n"
      }
      try layout.write(lines.joined(), to: "\(name)/\(rate)/\(name).txt")
      try layout.pictures(1...count, in: "\(name)/\(rate)/\(name)", digits: 5)
      layout.keep(name, (0..<count).map { all[$0 * step] })
    }
    return layout
  }

  /// As pytracking has it: tabs, left, top, width, height at 30 frames a second, a row of NaN.
  public static func nfsText() throws -> LayoutWriter {
    var layout = try LayoutWriter("nfs", place: "nfs")
    for (name, count) in [("Gymnastics", 7), ("airboard_1", 6)] {
      var truth = boxes(count)
      if name == "airboard_1" { truth[5] = [.nan, .nan, .nan, .nan] }
      try layout.write(text(truth, separator: "\t"), to: "anno/nfs_\(name).txt")
      try layout.pictures(1...count, in: "sequences/\(name)", digits: 5)
      layout.keep(name, truth)
    }
    return layout
  }

  /// A range of pictures, OTB's flags, and a folder whose files are spelt in another way.
  public static func tcolor128() throws -> LayoutWriter {
    var layout = try LayoutWriter("tcolor128", place: "Temple-color-128")
    for (name, spelt, range) in [
      ("David", "David", 300...306), ("Yo_yos_ce1", "Yo-yos_ce1", 1...5),
    ] {
      let truth = boxes(range.count)
      try layout.write(text(truth), to: "\(name)/\(spelt)_gt.txt")
      try layout.write("\(range.lowerBound),\(range.upperBound)\n", to: "\(name)/\(spelt)_frames.txt")
      try layout.write("1,0,0,1,0,0,0,0,0,0,0\n", to: "\(name)/\(spelt)_att.txt")
      try layout.pictures(max(1, range.lowerBound - 2)...range.upperBound, in: "\(name)/img", digits: 4)
      layout.keep(name, truth)
    }
    return layout
  }

  /// As OTB, with five digits; one of its names is OTB's for another sequence.
  public static func dtb70() throws -> LayoutWriter {
    var layout = try LayoutWriter("dtb70", place: "DTB70")
    for (name, count) in [("Animal1", 6), ("Basketball", 9)] {
      let truth = boxes(count)
      try layout.write(text(truth), to: "\(name)/groundtruth_rect.txt")
      try layout.pictures(1...count, in: "\(name)/img", digits: 5)
      layout.keep(name, truth)
    }
    try layout.write("1,1,0,1,0,1,0,0,0,0,0\n", to: "Animal1/attributes.txt")
    return layout
  }

  /// Pictures from 0 on without leading zeros; only the first box.
  public static func trackingNet() throws -> LayoutWriter {
    var layout = try LayoutWriter("trackingnet", place: "TrackingNet")
    for (name, count) in [("-0MeYDIwQ1A_0", 12), ("zzz_1", 3)] {
      let first = boxes(1)
      try layout.write(text(first), to: "TEST/anno/\(name).txt")
      try layout.pictures(0...count - 1, in: "TEST/frames/\(name)", digits: 1)
      layout.keep(name, first + Array(repeating: [.nan, .nan, .nan, .nan], count: count - 1))
    }
    return layout
  }
}
