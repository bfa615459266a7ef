import CKernels
import Foundation

/// What one core of this machine does at most, measured now: a virtual machine's speed moves with its neighbours, so a kernel's is
/// held against what the processor gave in the same seconds.
public enum MachineLimits {
  /// Floating point operations a second of one core, in units of 1e9, from multiplications with additions in registers of an
  /// instruction set: about ten milliseconds of work, timed by the thread's own clock, so that other processes do not count.
  public static func multiplyAddPeak(_ instructionSet: InstructionSet) -> Double {
    var sink: Float = 0
    func operations(_ rounds: Int) -> Int { tb_fma_peak_f32(instructionSet.isa, rounds, &sink) }
    // A first stretch wakes the wide units and tells how long the second must be.
    let first = ThreadClock.seconds { _ = operations(200_000) }
    let rounds = max(200_000, Int(200_000 * 0.01 / max(first, 1e-6)))
    var count = 0
    let seconds = ThreadClock.seconds { count = operations(rounds) }
    return Double(count) / max(seconds, 1e-9) / 1e9
  }

  /// Bytes a second that one core reads from memory, in units of 1e9, out of a block larger than most caches.
  public static func readBandwidth(bytes: Int = 256 << 20) -> Double {
    let count = max(bytes / 64, 1) * 16
    let values = UnsafeMutablePointer<Float>.allocate(capacity: count)
    defer { values.deallocate() }
    // First touched, or every page would be the same one of zeros.
    values.initialize(repeating: 1, count: count)
    var sum: UInt32 = 0
    let seconds = ThreadClock.seconds { sum = tb_read_all_f32(values, count) }
    // The words are equal and cancel out; a use of the sum keeps the reading.
    return (Double(count) * 4 + Double(sum & 1)) / max(seconds, 1e-9) / 1e9
  }
}

/// The processor time of the calling thread.
public enum ThreadClock {
  /// Since the thread began.
  public static var nanoseconds: UInt64 { read(CLOCK_THREAD_CPUTIME_ID) }

  /// Of all threads of the process.
  public static var ofProcess: UInt64 { read(CLOCK_PROCESS_CPUTIME_ID) }

  static func seconds(_ work: () -> Void) -> Double {
    let begin = nanoseconds
    work()
    return Double(nanoseconds - begin) / 1e9
  }

  private static func read(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
