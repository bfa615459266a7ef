import Datasets
import Evaluation
import Foundation
import Geometry
import Interchange
import Scoring
import TestSupport
import Testing

private let threeLines = "1,2,3,4\n1,2,3,4\n1,2,3,4\n"

@Suite("Reading results of GOT-10k, TRE and SRE")
struct OtherFoldersTests {
  @Test("Repetitions of GOT-10k with their columns of times")
  func got10k() throws {
    let folder = try TemporaryFolder()
    for name in ["A_1", "B_2"] {
      for number in 1...3 { try folder.write(threeLines, to: "T/\(name)/\(name)_00\(number).txt") }
    }
    try folder.write("0.1,0.2,0.3\n0.1,0.2,0.3\n0.1,0.2,NaN\n", to: "T/A_1/A_1_time.txt")
    try folder.write("1,2,3,4\n", to: "T/C_3/C_3_001.txt")
    try folder.write("1,2,3\n", to: "T/D_4/D_4_001.txt")
    let outcome = try read(folder.file("T"), dataset(["A_1", "B_2", "C_3", "D_4", "E_5"], frames: 3))
    #expect(outcome.protocolName == "ope")
    #expect(outcome.trajectories.map(\.pass.repetition) == [1, 2, 3, 1, 2, 3, 1])
    #expect(outcome.trajectories[1].seconds == [0.2, 0.2, 0.2] && outcome.trajectories[2].seconds[2].isNaN)
    #expect(outcome.trajectories[3].seconds.isEmpty)
    #expect(outcome.notes.map(\.description) == ["C_3/C_3_001.txt:2: ends after 1 line, the annotation has 3"])
    #expect(outcome.refused.map(\.place) == ["D_4/D_4_001.txt:1"])
    #expect(outcome.missing == ["E_5"])
    #expect(outcome.layouts["A_1"]?.delimiter == .comma)
  }

  /// Boxes that all differ, so that a start can be told by its box.
  private static let truth = (0..<60).map { Box(x: Double($0) * 7 + 1, y: 2, width: 3, height: 4) }

  private func text(_ boxes: some Swift.Sequence<Box>) -> String { boxes.map { "\($0)\n" }.joined() }

  @Test("Starts come from meta.json, from 0 on")
  func metadata() throws {
    let folder = try TemporaryFolder()
    try folder.write(text(Self.truth), to: "a_01.txt")
    try folder.write(text(Self.truth[10...]), to: "a_02.txt")
    try folder.write(
      #"{"a": [{"index": 1, "annoBegin": 300, "startFrame": 300}, {"index": 2, "type": "rect", "annoBegin": 300, "startFrame": 310}]}"#,
      to: "meta.json")
    let all = dataset("d", [("a", Self.truth)])
    let outcome = try read(folder.path, all)
    #expect(outcome.protocolName == "tre")
    #expect(outcome.trajectories.map(\.pass) == [Pass(start: 0), Pass(start: 10)])
    #expect(outcome.isComplete && outcome.notes.isEmpty && outcome.ignored.isEmpty)
    try folder.remove("a_02.txt")
    #expect(try read(folder.path, all).refused.map(\.place) == ["a_02.txt"])
  }

  @Test(
    "A meta.json that does not fit is refused by what is wrong with it",
    arguments: [
      (#"{"a": [{"index": 1, "type": "ivtAff"}]}"#, "a, run 1: its rows are of type ivtAff, and only rect is read"),
      (
        #"{"a": [{"index": 1, "annoBegin": 1, "startFrame": 61}]}"#,
        "a, run 1: it starts in frame 61, and there are 60 from 1 on"
      ),
      (
        #"{"a": [{"index": 1, "annoBegin": 9223372036854775807, "startFrame": -9223372036854775808}]}"#,
        "a, run 1: it starts in frame -9223372036854775808, and there are 60 from 9223372036854775807 on"
      ),
      (#"{"a": [{"index": 1, "shiftType": "sideways"}]}"#, "a, run 1: unknown shiftType sideways"),
    ])
  func badMetadata(_ json: String, _ cause: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text(Self.truth), to: "a_01.txt")
    try folder.write(json, to: "meta.json")
    let outcome = try read(folder.path, dataset("d", [("a", Self.truth)]))
    #expect(outcome.refused.map(\.cause) == [cause])
    try folder.write("{\"a\": [", to: "meta.json")
    #expect(stop(folder.path, dataset("d", [("a", Self.truth)]))?.file == "meta.json")
  }

  @Test("Without meta.json, lengths and first boxes tell where runs start, and what cannot be told is refused")
  func guessed() throws {
    let folder = try TemporaryFolder()
    let starts = TemporalSegments.starts(truth: Self.truth)
    for (index, start) in starts.enumerated() {
      let number = index < 9 ? "0\(index + 1)" : "\(index + 1)"
      try folder.write(text(Self.truth[start...]), to: "a_\(number).txt")
      try folder.write(text(Self.truth), to: "b_\(number).txt")
    }
    let all = dataset("d", [("a", Self.truth), ("b", Self.truth.map { $0.offsetBy(dx: 1000, dy: 0) })])
    let outcome = try read(folder.path, all, "tre")
    #expect(outcome.trajectories.map(\.pass.start) == starts)
    #expect(outcome.refused.map(\.sequence) == ["b"])
    #expect(stop(folder.path, all)?.cause == "no file is named after a sequence of d")
  }

  @Test("Shifts come in the toolkit's order, twelve of them")
  func shifts() throws {
    let folder = try TemporaryFolder()
    for number in 1...12 { try folder.write(threeLines, to: "a_\(number).txt") }
    let all = dataset(["a"], frames: 3)
    let outcome = try read(folder.path, all, "sre")
    #expect(outcome.trajectories.map(\.pass.shift) == SpatialShift.allCases)
    try folder.write(threeLines, to: "a_01.txt")
    #expect(try read(folder.path, all, "sre").refused.map(\.cause) == ["a_01.txt and a_1.txt are both run 1"])
    try folder.remove("a_01.txt")
    try folder.remove("a_7.txt")
    #expect(try read(folder.path, all, "sre").refused.map(\.place) == ["a_07.txt"])
  }
}
