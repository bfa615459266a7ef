import Checkpoints
import TestSupport
import Testing

@Suite("Safetensors")
struct SafetensorsTests {
  private func file(_ header: String, data: Int = 0) -> [UInt8] {
    let json = Array(header.utf8)
    return (0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) } + json
      + [UInt8](repeating: 0, count: data)
  }

  private func keys(_ header: String, data: Int = 0) throws -> [String] {
    try Checkpoint.read(bytes: file(header, data: data), name: "hand").tensors.map(\.key)
  }

  private func entry(_ key: String, _ begin: Int, _ end: Int, shape: String = "[1]") -> String {
    #"\#(key):{"dtype":"F32","shape":\#(shape),"data_offsets":[\#(begin),\#(end)]}"#
  }

  @Test("Escapes, white space and any order of fields are JSON")
  func json() throws {
    #expect(try keys("{\(entry(#""aA\n\"\\\/\ud83d\ude00""#, 0, 4))}   ", data: 4) == ["aA\n\"\\/😀"])
    #expect(
      try keys("{ \"k\" :\t{ \"data_offsets\" : [ 0 , 4 ] ,\n\"shape\":[ ],\r\"dtype\":\"I32\"} }", data: 4) == ["k"])
    #expect(try keys("{}") == [])
  }

  @Test(
    "Broken headers are refused",
    arguments: [
      #"{"a":1}"#, #"{"a":{}}"#, "{", #"{"a"}"#, #"{"a":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}"#,
      #"{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#,
      #"{"a":{"dtype":"F32","shape":[1e0],"data_offsets":[0,4]}}"#,
      #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#,
      #"{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"extra":0}}"#,
      #"{"a":{"dtype":"F32","shape":[1,],"data_offsets":[0,4]}}"#,
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},}"#,
      #"{"\ud83d":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
      #"{"\x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
      #"{"__metadata__":{"a":"b","a":"c"}}"#, #"{"__metadata__":{"a":["b"]}}"#, "{}\n", "{}x",
    ])
  func broken(header: String) {
    #expect(throws: CheckpointError.self) { try keys(header, data: 4) }
  }

  @Test("Names are equal when their letters are, however they are escaped")
  func duplicates() {
    #expect(throws: CheckpointError.self) {
      try keys("{\(entry(#""a""#, 0, 4)),\(entry(#""\u0061""#, 4, 8))}", data: 8)
    }
  }

  @Test("A header whose length begins like a pickle is still a header", arguments: [0x80, 0x180, 0x280, 0x480])
  func likeAPickle(length: Int) throws {
    let header = "{\(entry(#""a""#, 0, 4))}"
    #expect(try keys(header + String(repeating: " ", count: length - header.utf8.count), data: 4) == ["a"])
    let folder = try TemporaryFolder()
    let path = folder.file("w.safetensors")
    for count in 0..<40 {
      try Safetensors.write([(String(repeating: "k", count: count * 8), [1], [1])], to: path)
      #expect(try Checkpoint.read(path: path).container == .safetensors)
    }
  }

  @Test("Empty tensors may lie at any border")
  func empty() throws {
    let header =
      "{\(entry(#""b""#, 0, 4)),\(entry(#""e""#, 4, 4, shape: "[0]")),\(entry(#""z""#, 0, 0, shape: "[5,0]"))}"
    #expect(try keys(header, data: 4) == ["b", "e", "z"])
  }

  @Test("A header of a hundred thousand open brackets ends in an error")
  func deep() {
    let open = String(repeating: "[", count: 100_000)
    #expect(throws: CheckpointError.self) { try keys("{\"a\":{\"shape\":\(open)") }
    #expect(throws: CheckpointError.self) { try keys("{\"a\":\(String(repeating: "{\"a\":", count: 100_000))") }
  }

  @Test("Keys and metadata with quotes, controls and emoji survive writing")
  func writing() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("w.safetensors")
    let key = "a\"b\\c\n\u{1}é😀"
    try Safetensors.write([(key, [2], [1, .infinity])], metadata: [key: key], to: path)
    let read = try Checkpoint.read(path: path)
    #expect(read.tensors.map(\.key) == [key] && read.metadata == [key: key])
    #expect(try read.tensors[0].floats() == [1, .infinity])
  }

  @Test("What cannot be written is said before anything is written")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("w.safetensors")
    #expect(throws: CheckpointError.self) { try Safetensors.write([("a", [3], [1])], to: path) }
    #expect(throws: CheckpointError.self) { try Safetensors.write([("a", [1], [1]), ("a", [1], [1])], to: path) }
    #expect(throws: CheckpointError.self) { try Checkpoint.read(path: path) }
    #expect(throws: CheckpointError.self) {
      try Safetensors.write([("a", [1], [1])], to: folder.file("no/such/folder"))
    }
  }
}
