extension Benchmark {
  /// Every one, in the order of `datasets list`.
  static let all = [
    vot(2016), vot(2018, frames: 21_356, names: VOTLists.vot2018), vot(2019, frames: 19_935, names: VOTLists.vot2019),
    got10kVal, lasot, uav123, nfs, dtb70, tcolor128, trackingNet,
  ]

  private static func vot(_ year: Int, frames: Int? = nil, names: [String]? = nil) -> Benchmark {
    Benchmark(
      name: "vot\(year)", title: "Visual Object Tracking challenge \(year)", sequences: 60, frames: frames,
      source: "votchallenge.net", folderNames: ["VOT\(year)"], listNames: ["VOT\(year)"],
      expected: "list.txt and <sequence>/\(year > 2016 ? "color/00000001.jpg" : "00000001.jpg"), groundtruth.txt",
      layout: .vot, names: names)
  }

  private static let got10kVal = Benchmark(
    name: "got10k-val", title: "GOT-10k, validation part", sequences: 180,
    source: "Huang, Zhao, Huang; got-10k.aitestunion.com", licence: "CC BY-NC-SA 4.0 by its makers' page",
    folderNames: ["GOT-10k"], listNames: ["GOT-10k-val", "GOT-10k"],
    expected: "val/list.txt and <sequence>/00000001.jpg, groundtruth.txt", layout: .got10k)

  private static let lasot = Benchmark(
    name: "lasot", title: "LaSOT, test part (protocol II)", sequences: 280,
    source: "Fan et al.; vision.cs.stonybrook.edu/~lasot (annotation: github.com/HengLan/LaSOT_Evaluation_Toolkit)",
    folderNames: ["LaSOT", "LaSOTBenchmark", "LaSOTTest", "LaSOTTesting"], listNames: ["LaSOT", "LaSOT_new"],
    expected: "<class>/<class>-<n>/img/00000001.jpg and groundtruth.txt, full_occlusion.txt, out_of_view.txt",
    layout: .lasot, attributes: .lasot, firstPixel: 1)

  private static let uav123 = Benchmark(
    name: "uav123", title: "UAV123: targets seen from drones", sequences: UAV123List.targets.count,
    frames: UAV123List.targets.reduce(0) { $0 + $1.range.count },
    source: "Mueller, Smith, Ghanem; cemse.kaust.edu.sa/ivul/uav123", folderNames: ["UAV123"],
    listNames: ["UAV123", "UAV"], expected: "data_seq/UAV123/<folder>/000001.jpg and anno/UAV123/<sequence>.txt",
    layout: .uav123, attributes: .uav123, names: UAV123List.targets.map(\.name), firstPixel: 1)

  private static let nfs = nfs("nfs", rate: nil)

  /// The pictures of 240 a second, where both rates are there; not listed, because it is the same benchmark.
  static let nfs240 = nfs("nfs240", rate: 240)

  private static func nfs(_ name: String, rate: Int?) -> Benchmark {
    Benchmark(
      name: name, title: "Need for Speed, \(rate ?? 30) pictures a second", sequences: 100,
      source: "Kiani Galoogahi et al.; ci2cv.net/nfs", folderNames: ["NFS"],
      listNames: rate == nil ? ["NFS", "NFS30"] : ["NFS240"],
      expected: "<sequence>/\(rate ?? 30)/<sequence>/*.jpg and <sequence>.txt, "
        + "or pytracking's sequences/<sequence>/00001.jpg and anno/nfs_<sequence>.txt",
      layout: .nfs(rate), attributes: .nfs)
  }

  private static let dtb70 = Benchmark(
    name: "dtb70", title: "Drone Tracking Benchmark", sequences: 70,
    source: "Li, Yeung; github.com/flyers/drone-tracking", folderNames: ["DTB70"], listNames: ["DTB70"],
    expected: "<sequence>/img/00001.jpg and groundtruth_rect.txt", layout: .dtb70, attributes: .dtb70, firstPixel: 1)

  private static let tcolor128 = Benchmark(
    name: "tcolor128", title: "Temple Color 128", sequences: 128,
    source: "Liang, Blasch, Ling; dabi.temple.edu/~hbling/data/TColor-128",
    folderNames: ["TColor128", "Temple-color-128", "TC128"], listNames: ["TColor128", "TC128"],
    expected: "<sequence>/img/0001.jpg and <sequence>_gt.txt, <sequence>_frames.txt", layout: .tcolor128,
    attributes: .otb, firstPixel: 1)

  private static let trackingNet = Benchmark(
    name: "trackingnet", title: "TrackingNet, TEST part (a server scores it)", sequences: 511,
    source: "Mueller et al.; tracking-net.org", folderNames: ["TrackingNet"],
    expected: "TEST/frames/<sequence>/0.jpg and TEST/anno/<sequence>.txt", layout: .trackingNet)
}
