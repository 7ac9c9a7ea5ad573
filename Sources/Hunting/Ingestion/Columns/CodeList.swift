import CSIMD
import Columnar

/// The dictionary codes of the rows of a chunk.
final class CodeList {
  private(set) var buffer: Buffer
  private(set) var count = 0

  init(capacity: Int = 256) {
    buffer = Buffer(byteCount: max(16, capacity) * 4)
  }

  @inline(__always)
  func append(_ code: UInt32) {
    if (count &+ 1) &* 4 > buffer.byteCount { grow() }
    buffer.values(UInt32.self)[count] = code
    count &+= 1
  }

  func append(_ code: UInt32, times: Int) {
    for _ in 0..<times { append(code) }
  }

  private func grow() {
    let larger = Buffer(byteCount: buffer.byteCount * 2)
    memcpy(larger.base, buffer.base, count * 4)
    buffer = larger
  }
}
