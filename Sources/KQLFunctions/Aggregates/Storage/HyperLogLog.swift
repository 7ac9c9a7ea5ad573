import Columnar

/// A sketch that estimates how many different hashes it was shown (Flajolet; estimator by Ertl).
///
/// It depends on the set of hashes alone, not on their order or on how they were split.
final class HyperLogLog {
  /// The binary logarithm of the number of registers.
  let precision: Int
  private let registers: GroupArray<UInt8>

  init(precision: Int) {
    self.precision = precision
    registers = GroupArray(filler: 0)
    registers.resize(to: 1 << precision)
  }

  /// Bytes held.
  var byteCount: Int { registers.byteCount }

  /// The registers: for each class of hashes the longest run of leading zeros, plus one.
  var contents: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: registers.base, count: registers.count)
  }

  @inline(__always)
  func add(_ hash: UInt64) {
    let index = Int(truncatingIfNeeded: hash &>> UInt64(64 &- precision))
    let rest = hash &<< UInt64(precision) | 1 &<< UInt64(precision &- 1)
    let rank = UInt8(truncatingIfNeeded: rest.leadingZeroBitCount &+ 1)
    if rank > registers[index] { registers[index] = rank }
  }

  /// Takes over what registers of the same number have seen.
  func merge(_ other: UnsafeBufferPointer<UInt8>) {
    for index in 0..<min(other.count, registers.count) where other[index] > registers[index] {
      registers[index] = other[index]
    }
  }

  /// The estimated number of different hashes.
  var estimate: Int64 {
    let limit = 64 - precision
    var histogram = [Double](repeating: 0, count: 66)
    for register in contents { histogram[min(Int(register), limit + 1)] += 1 }
    let size = Double(registers.count)
    var sum = size * Self.tau(1 - histogram[limit + 1] / size)
    for rank in stride(from: limit, through: 1, by: -1) { sum = 0.5 * (sum + histogram[rank]) }
    sum += size * Self.sigma(histogram[0] / size)
    let value = 0.721_347_520_444_481_7 * size * size / sum
    return Int64(exactly: value.rounded()) ?? Int64.max
  }

  private static func sigma(_ start: Double) -> Double {
    if start == 1 { return .infinity }
    var power = start
    var factor = 1.0
    var sum = start
    var previous = -1.0
    while sum != previous {
      previous = sum
      power *= power
      sum += power * factor
      factor += factor
    }
    return sum
  }

  private static func tau(_ start: Double) -> Double {
    if start == 0 || start == 1 { return 0 }
    var root = start
    var factor = 1.0
    var sum = 1 - start
    var previous = -1.0
    while sum != previous {
      previous = sum
      root = root.squareRoot()
      factor *= 0.5
      sum -= (1 - root) * (1 - root) * factor
    }
    return sum / 3
  }
}
