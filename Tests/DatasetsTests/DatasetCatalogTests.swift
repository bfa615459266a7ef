import Datasets
import Faults
import Foundation
import Geometry
import TestSupport
import Testing

@Suite("Data sets by name")
struct DatasetCatalogTests {
  @Test("The known data sets describe themselves")
  func known() {
    let infos = DatasetCatalog.known
    #expect(Set(infos.map(\.name)).isSuperset(of: ["otb100", "otb50", "otb2013"]))
    #expect(Set(infos.map(\.name)).count == infos.count)
    #expect(infos.first { $0.name == "otb100" }?.frames == 59_035)
    #expect(infos.first { $0.name == "otb2013" }?.sequences == 51)
    for info in infos {
      #expect(!info.title.isEmpty && !info.source.isEmpty && !info.licence.isEmpty, "\(info.name)")
    }
  }

  @Test(
    "An unknown name gets the nearest right one",
    arguments: [
      ("otb10", "; did you mean otb100?"), ("OTB-100", "; did you mean otb100?"),
      ("otb2031", "; did you mean otb2013?"),
      ("otb_50", "; did you mean otb50?"), ("penguins", ""),
    ])
  func unknown(name: String, tail: String) {
    let error = #expect(throws: DatasetError.self) { try DatasetCatalog.open(name, root: nil) }
    #expect(error?.kind == .unknownName)
    #expect(error?.cause == "unknown dataset \"\(name)\"\(tail)")
    #expect(error?.remedy?.contains("trackbench datasets list") == true)
  }

  @Test("A path that leads nowhere is called a folder, not a name", arguments: ["./nowhere/at/all", "/nowhere/x"])
  func nowhere(path: String) {
    let error = #expect(throws: DatasetError.self) { try DatasetCatalog.open(path, root: nil) }
    #expect(error?.kind == .missing && error?.place == path && error?.cause == "there is no such folder")
  }

  @Test("A folder without sequences says what was looked for")
  func noSequences() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: DatasetError.self) { try DatasetCatalog.open(folder.path, root: nil) }
    #expect(error?.cause.contains("groundtruth_rect.txt beside img/*.jpg") == true)
    try folder.makeFolder("OTB100")
    let root = #expect(throws: DatasetError.self) { try DatasetCatalog.open(folder.path, root: nil) }
    #expect(root?.remedy == "this looks like a data root: --dataset otb100 --data-root \(folder.path)")
  }

  @Test("An unknown sequence gets the nearest right one; excluded and wanted ones are told apart")
  func selecting() throws {
    let folder = try TemporaryFolder()
    for name in ["cup", "dog", "hat"] {
      try folder.write(lines(1), to: "\(name)/groundtruth_rect.txt")
      try folder.touch("\(name)/img", ["1.jpg"])
    }
    let dataset = try DatasetCatalog.open(folder.path, root: nil)
    #expect(try dataset.selecting(["hat", "cup"]).sequences.map(\.name) == ["cup", "hat"])
    #expect(try dataset.selecting(excluding: ["dog"]).sequences.map(\.name) == ["cup", "hat"])
    let error = #expect(throws: DatasetError.self) { try dataset.selecting(excluding: ["dgo"]) }
    #expect(error?.cause.hasSuffix("has no sequence \"dgo\"; did you mean dog?") == true && error?.place == "--exclude")
  }
}

@Suite("The nearest right name")
struct SuggestionTests {
  private static let trackers = ["siamfc", "siamrpn", "siamrpn++", "siamban", "siamban-acm", "nanotrack", "ncc"]

  @Test(
    "Slips are forgiven, strangers are not",
    arguments: [
      ("siamban_acm", "siamban-acm"), ("SiamFC", "siamfc"), ("siamrnp", "siamrpn"), ("nanotrak", "nanotrack"),
      ("nano", "nanotrack"), ("siamrpnpp", "siamrpn"), ("kcf", nil), ("", nil), ("--", nil), ("x", nil),
    ] as [(String, String?)])
  func nearest(typed: String, right: String?) {
    #expect(Suggestion.nearest(to: typed, among: Self.trackers) == right)
  }

  @Test("The tail of a sentence is empty where nothing is near")
  func tail() {
    #expect(Suggestion.tail(for: "ncd", among: Self.trackers) == "; did you mean ncc?")
    #expect(Suggestion.tail(for: "penguins", among: Self.trackers).isEmpty)
  }

  @Test("A name of a million letters costs nothing")
  func long() {
    #expect(Suggestion.nearest(to: String(repeating: "a", count: 1_000_000), among: Self.trackers) == nil)
  }
}

@Suite("The digest of an annotation")
struct AnnotationTests {
  private static func digest(_ text: String) throws -> String {
    try RegionFile.parse(Array(text.utf8), name: "g.txt").sha256
  }

  @Test("It depends on the numbers, not on how they are written")
  func forms() throws {
    let digest = try Self.digest("1,2,3,4\n5,6,7,8\n")
    for text in ["1\t2\t3\t4\r\n5 6 7 8", "1.0,2.00,3e0,4\n5,6,7,8\n\n"] { #expect(try Self.digest(text) == digest) }
    for text in ["1,2,3,4\n", "1,2,3,4\n5,6,7,8.5\n", "5,6,7,8\n1,2,3,4\n", "1,2,3,4,5,6,7,8\n"] {
      #expect(try Self.digest(text) != digest)
    }
    #expect(digest.count == 64)
  }

  @Test("Its text is canonical: NaN and negative zero have one form each")
  func canonical() throws {
    let annotation = try RegionFile.parse(Array("-NaN,nan,-0,4.50\n1,2,3,4,5,6,7,8\n".utf8), name: "g.txt")
    #expect(annotation.canonicalText == "nan,nan,0.0,4.5\n1.0,2.0,3.0,4.0,5.0,6.0,7.0,8.0\n")
  }
}

@Suite("The digest of random numbers")
struct CanonicalNumberTests {
  @Test("Every number is written as the standard library describes it")
  func numbers() {
    var random = SystemRandomNumberGenerator()
    var numbers: [Double] = [
      0.0001, 0.000_01, 0.1, 0.3, 1e15, 1e16, 123_456_789_012, 99_999_999_999.9999, 4_503_599_627_370_497.5, -0.5,
      1e-300,
      1.7976931348623157e308, .infinity, -.infinity, .leastNonzeroMagnitude, 0.30000000000000004, 2.675, 1e14 + 0.5,
    ]
    for _ in 0..<20_000 {
      let scales: [Double] = [1, 10, 100, 1000, 10_000, 100_000]
      let decimals = scales[Int.random(in: 0..<6, using: &random)]
      numbers.append((Double.random(in: -5000...5000, using: &random) * decimals).rounded() / decimals)
      numbers.append(Double(bitPattern: .random(in: 0 ... .max, using: &random)))
      numbers.append(Double.random(in: -1e12...1e12, using: &random))
    }
    while !numbers.count.isMultiple(of: 4) { numbers.append(7) }
    let regions = stride(from: 0, to: numbers.count, by: 4).map { (at: Int) -> Region in
      .box(Box(x: numbers[at], y: numbers[at + 1], width: numbers[at + 2], height: numbers[at + 3]))
    }
    let lines = Annotation(regions: regions, source: "").canonicalText.split(separator: "\n")
    for (index, line) in lines.enumerated() {
      let wanted = numbers[(index * 4)..<(index * 4 + 4)].map { (number: Double) -> String in
        number.isNaN ? "nan" : number == 0 ? "0.0" : number.description
      }
      #expect(line == wanted.joined(separator: ","))
    }
    #expect(lines.count == regions.count)
  }
}
