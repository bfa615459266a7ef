import Datasets
import Foundation
import Imaging
import Synchronization
import Testing

/// Frames that say which of them were opened, and how many at a time.
private final class Watched: Sendable {
  struct Log {
    var opened: [Int] = []
    var open = 0
    var mostOpen = 0
  }

  let log = Mutex(Log())
  /// Microseconds that opening a frame takes.
  let delay: UInt32
  let damaged: Int?

  init(delay: UInt32 = 0, damaged: Int? = nil) {
    self.delay = delay
    self.damaged = damaged
  }

  struct Damaged: Error, Hashable {
    let frame: Int
  }

  func frames(_ count: Int) -> Frames {
    Frames(
      count: count, label: { "frame \($0)" },
      open: { index in
        self.log.withLock {
          $0.opened.append(index)
          $0.open += 1
          $0.mostOpen = max($0.mostOpen, $0.open)
        }
        defer { self.log.withLock { $0.open -= 1 } }
        if self.delay > 0 { usleep(self.delay) }
        if index == self.damaged { throw Damaged(frame: index) }
        return Image(width: 1, height: 1, pixels: [UInt8(index), 0, 0])
      })
  }

  var opened: [Int] { log.withLock { $0.opened } }
}

@Suite("Frames opened ahead")
struct FramesAheadTests {
  @Test(
    "They are the same pictures, forwards and backwards, each opened once", arguments: [1, -1], [0, 300] as [UInt32])
  func samePictures(step: Int, delay: UInt32) throws {
    let watched = Watched(delay: delay)
    let frames = watched.frames(40).readingAhead(step: step)
    #expect(frames.count == 40 && frames.label(3) == "frame 3")
    let order = step > 0 ? Array(0..<40) : (0..<40).reversed()
    for index in order { #expect(try frames.image(at: index).pixels[0] == UInt8(index)) }
    #expect(watched.opened == order)
  }

  @Test("The next frame is opened before anyone asks for it, and no further one")
  func oneAhead() throws {
    let watched = Watched()
    let frames = watched.frames(10).readingAhead()
    _ = try frames.image(at: 0)
    while watched.opened.count < 2 { usleep(100) }
    usleep(20_000)
    #expect(watched.opened == [0, 1])
    #expect(try frames.image(at: 1).pixels[0] == 1)
  }

  @Test("A frame out of order is opened then and there")
  func jumps() throws {
    let watched = Watched(delay: 200)
    let frames = watched.frames(30).readingAhead()
    for index in [0, 7, 8, 3, 29, 0] { #expect(try frames.image(at: index).pixels[0] == UInt8(index)) }
    #expect(watched.log.withLock { $0.mostOpen } == 1, "what was begun is waited for before another is opened")
  }

  @Test("An error comes with its frame, not before, and later frames are there")
  func errors() throws {
    let watched = Watched(damaged: 2)
    let frames = watched.frames(5).readingAhead()
    _ = try frames.image(at: 0)
    #expect(try frames.image(at: 1).pixels[0] == 1)
    #expect(throws: Watched.Damaged(frame: 2)) { try frames.image(at: 2) }
    #expect(try frames.image(at: 3).pixels[0] == 3)
    #expect(try frames.image(at: 4).pixels[0] == 4)
  }

  @Test("Nothing is opened any more once the frames are gone")
  func cancelled() throws {
    for delay: UInt32 in [0, 2_000] {
      let watched = Watched(delay: delay)
      do {
        let frames = watched.frames(100).readingAhead()
        _ = try frames.image(at: 0)
      }
      let (open, opened) = watched.log.withLock { ($0.open, $0.opened) }
      #expect(open == 0 && opened.count <= 2)
      usleep(5_000)
      #expect(watched.opened == opened)
    }
  }

  @Test("Neither the range nor the frames are left")
  func bounds() throws {
    let watched = Watched()
    let forward = watched.frames(10).readingAhead(within: 0..<3)
    _ = try forward.image(at: 2)
    let backward = watched.frames(10).readingAhead(step: -1)
    _ = try backward.image(at: 0)
    usleep(5_000)
    #expect(watched.opened == [2, 0])
  }
}
