import Columnar
import KernelTwins

/// A kernel by name; its data are made when it is asked for.
struct KernelCase: Sendable {
  let name: String
  let make: @Sendable () throws -> Kernel

  init(_ name: String, _ make: @escaping @Sendable () throws -> Kernel) {
    self.name = name
    self.make = make
  }
}

/// A kernel of the engine and its twin in C, over the same data.
struct Kernel {
  /// Rows, or values, of a run.
  let rows: Int
  /// Runs the engine's kernel; its results lie in memory that `results` reads.
  let harrier: () -> Void
  /// Runs the twin.
  let twin: () -> Void
  /// A digest of what the last run of each gave; they must be equal.
  let results: () -> (harrier: UInt64, twin: UInt64)
}

/// Memory for results, and what lies in it as a digest.
struct Words {
  let buffer: Buffer

  /// Gives zeros.
  init(byteCount: Int) { buffer = Buffer(zeroed: byteCount) }

  var longs: UnsafeMutablePointer<Int64> { buffer.values(Int64.self) }
  var words: UnsafeMutablePointer<UInt64> { buffer.values(UInt64.self) }
  var codes: UnsafeMutablePointer<UInt32> { buffer.values(UInt32.self) }
  var bytes: UnsafeMutablePointer<UInt8> { buffer.values(UInt8.self) }

  func digest(_ byteCount: Int? = nil) -> UInt64 {
    twin_digest(buffer.base, byteCount ?? buffer.byteCount)
  }
}

/// Numbers that a run of kernels leaves behind.
final class Counter {
  var value: UInt64 = 0
}
