import Columnar
import Synchronization

/// What earlier tests of a segment's values came to, so that a condition that is asked again (by a
/// scheduled rule, or by a hunter who adds one more operator) costs next to nothing.
///
/// A segment never changes, so what is remembered stays true. The memory is bounded: results that
/// were asked for longest ago go first.
public final class TestMemory: Sendable {
  /// Names a test: a column and an unambiguous form of the condition.
  public struct Key: Hashable, Sendable {
    let column: Int
    let condition: [UInt8]

    /// - Parameters:
    ///   - column: the position of the column in the segment.
    ///   - condition: bytes that no other condition has.
    public init(column: Int, condition: [UInt8]) {
      self.column = column
      self.condition = condition
    }
  }

  /// The most bytes that the results of one segment take.
  static let limitBytes = 2 << 20

  private struct Contents {
    var results: [Key: TestResult] = [:]
    /// The key asked for last at the end.
    var order: [Key] = []
    var byteCount = 0
  }

  private let contents = Mutex(Contents())
  /// Counts the bytes as those of decoded columns.
  private let meter: MemoryMeter

  init(meter: MemoryMeter) { self.meter = meter }

  deinit { meter.subtract(byteCount) }

  /// The result of a test, where it is remembered.
  public func result(_ key: Key) -> TestResult? {
    contents.withLock { contents in
      guard let known = contents.results[key] else { return nil }
      if contents.order.last != key {
        contents.order.removeAll { $0 == key }
        contents.order.append(key)
      }
      return known
    }
  }

  /// Remembers a result; where another thread was first, its result is kept and returned.
  public func remember(_ result: TestResult, _ key: Key) -> TestResult {
    contents.withLock { contents in
      if let known = contents.results[key] { return known }
      contents.results[key] = result
      contents.order.append(key)
      let before = contents.byteCount
      defer { meter.add(contents.byteCount - before) }
      contents.byteCount += result.byteCount + key.condition.count
      while contents.byteCount > Self.limitBytes, let oldest = contents.order.first,
        oldest != key
      {
        contents.order.removeFirst()
        let gone = contents.results.removeValue(forKey: oldest)
        contents.byteCount -= (gone?.byteCount ?? 0) + oldest.condition.count
      }
      return result
    }
  }

  /// Bytes held.
  var byteCount: Int { contents.withLock { $0.byteCount } }

  /// Forgets everything.
  func removeAll() {
    contents.withLock { contents in
      meter.subtract(contents.byteCount)
      contents = Contents()
    }
  }
}

/// Which distinct values of a text column pass a test, and which blocks have no row that does.
public final class TestResult: Sendable {
  /// The values that pass.
  public enum Passing: Sendable {
    case none
    case all
    /// The codes of a few values, ascending.
    case codes([UInt32])
    /// One bit a value, lowest first.
    case bits([UInt64])
  }

  public let passing: Passing
  /// One bit a block, set once the block is known to have no row that passes.
  private let emptyBlocks = Mutex<[UInt64]>([])

  /// Packs flags.
  ///
  /// - Parameters:
  ///   - flags: 1 for each value that passes, else 0.
  ///   - count: how many values there are.
  ///   - passed: how many pass.
  public init(flags: UnsafePointer<UInt8>, count: Int, passed: Int) {
    if passed == 0 {
      passing = .none
    } else if passed == count {
      passing = .all
    } else if passed <= count / 64 {
      var codes: [UInt32] = []
      codes.reserveCapacity(passed)
      for code in 0..<count where flags[code] != 0 {
        codes.append(UInt32(truncatingIfNeeded: code))
      }
      passing = .codes(codes)
    } else {
      var bits = [UInt64](repeating: 0, count: (count + 63) / 64)
      for code in 0..<count { bits[code >> 6] |= UInt64(flags[code]) &<< UInt64(code & 63) }
      passing = .bits(bits)
    }
  }

  /// A result without looking at flags.
  public init(_ passing: Passing) { self.passing = passing }

  /// Bytes held, those of blocks at their most.
  var byteCount: Int {
    switch passing {
    case .none, .all: 64
    case .codes(let codes): 128 + codes.count * 4
    case .bits(let bits): 128 + bits.count * 8
    }
  }

  /// Writes 1 for each value that passes into zeroed flags.
  public func write(to flags: UnsafeMutablePointer<UInt8>, count: Int) {
    switch passing {
    case .none: return
    case .all: for code in 0..<count { flags[code] = 1 }
    case .codes(let codes): for code in codes { flags[Int(code)] = 1 }
    case .bits(let bits):
      for code in 0..<count {
        flags[code] = UInt8(truncatingIfNeeded: bits[code >> 6] &>> UInt64(code & 63) & 1)
      }
    }
  }

  /// Whether a block is known to have no row that passes.
  public func isEmpty(block: Int) -> Bool {
    emptyBlocks.withLock { words in
      block >> 6 < words.count && words[block >> 6] &>> UInt64(block & 63) & 1 == 1
    }
  }

  /// Takes note of a block in which no row passes.
  public func noteEmpty(block: Int) {
    emptyBlocks.withLock { words in
      while words.count <= block >> 6 { words.append(0) }
      words[block >> 6] |= 1 &<< UInt64(block & 63)
    }
  }
}
