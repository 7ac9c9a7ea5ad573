import Columnar
import Glibc

/// About how many distinct values there are: HyperLogLog with 1,024 registers, as a rule off by 3 %
/// or less.
///
/// Sketches of segments merge into that of their table, as counts of distinct values do not.
public struct DistinctSketch: Sendable, Equatable {
  static let registerCount = 1024
  private static let indexBits = UInt64(10)

  /// The longest run of zero bits, plus one, among the hashes of each register.
  private(set) var registers: [UInt8]

  public init() { registers = Array(repeating: 0, count: Self.registerCount) }

  /// Reads registers; nil where they are not as many.
  init?(registers: UnsafeRawBufferPointer) {
    guard registers.count == Self.registerCount else { return nil }
    self.registers = Array(registers)
  }

  /// Whether no value came.
  var isEmpty: Bool { registers.allSatisfy { $0 == 0 } }

  /// Adds values by their hashes.
  mutating func insert(_ hash: UInt64) {
    registers.withUnsafeMutableBufferPointer { Self.insert(hash, $0) }
  }

  /// Adds many words, hashed twice: once leaves small numbers too regular in the upper bits.
  mutating func insert(words: UnsafePointer<UInt64>, count: Int) {
    registers.withUnsafeMutableBufferPointer { registers in
      var last: UInt64?
      for index in 0..<count where words[index] != last {
        last = words[index]
        Self.insert(hashWord(hashWord(words[index])), registers)
      }
    }
  }

  @inline(__always)
  private static func insert(_ hash: UInt64, _ registers: UnsafeMutableBufferPointer<UInt8>) {
    let index = Int(truncatingIfNeeded: hash &>> (64 &- indexBits))
    let rest = hash &<< indexBits | (1 &<< (indexBits &- 1))
    let rank = UInt8(truncatingIfNeeded: rest.leadingZeroBitCount &+ 1)
    if rank > registers[index] { registers[index] = rank }
  }

  /// Takes in the values of another sketch.
  public mutating func merge(_ other: DistinctSketch) {
    for index in registers.indices {
      registers[index] = max(registers[index], other.registers[index])
    }
  }

  /// About how many distinct values there were.
  public var estimate: Int {
    let count = Double(Self.registerCount)
    let sum = registers.reduce(0.0) { $0 + Double(sign: .plus, exponent: -Int($1), significand: 1) }
    let raw = 0.7213 / (1 + 1.079 / count) * count * count / sum
    let zeros = registers.count { $0 == 0 }
    if raw <= 2.5 * count, zeros > 0 { return Int((count * log(count / Double(zeros))).rounded()) }
    return Int(raw.rounded())
  }
}

extension DistinctSketch {
  /// The registers as a section, compressed where that saves; no bytes where no value came.
  func encoded(_ compressor: Compressor) -> [UInt8] {
    if isEmpty { return [] }
    return registers.withUnsafeBytes { compressor.compress($0) } ?? registers
  }

  /// Reads what `encoded` made; nil where it is not that.
  init?(encoded bytes: UnsafeRawBufferPointer) {
    if bytes.isEmpty {
      self.init()
    } else if bytes.count == Self.registerCount {
      self.init(registers: bytes)
    } else {
      var expanded = [UInt8](repeating: 0, count: Self.registerCount)
      let isWhole = expanded.withUnsafeMutableBytes { Decompression.expand(bytes, into: $0) }
      guard isWhole else { return nil }
      self.init()
      registers = expanded
    }
  }
}
