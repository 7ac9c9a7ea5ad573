import Columnar

/// Numbers pairs of numbers from 0 in the order in which they come.
///
/// While the product of both domains is small, a table with one cell for each possible pair
/// holds the numbers; else, and for good, a hash table.
final class PairTable {
  /// The pairs by number: the first number in the upper half. Unused once there is a hash table.
  private var pairs: UnsafeMutablePointer<UInt64>
  private var capacity = 16
  private var denseCount = 0
  private var cells: PairCells
  private var sparse: WordTable?
  /// Room for the packed pairs of a batch.
  private var packed: UnsafeMutablePointer<UInt64>
  private var packedCapacity = 1

  /// - Parameter cellBytes: the most memory that cells of possible pairs may take.
  init(cellBytes: Int = .max) {
    pairs = .allocateBlock(capacity: capacity)
    packed = .allocate(capacity: packedCapacity)
    cells = PairCells(byteLimit: cellBytes)
  }

  deinit {
    pairs.freeBlock()
    packed.deallocate()
  }

  /// Pairs so far.
  var count: Int { sparse?.count ?? denseCount }

  /// Bytes held.
  var byteCount: Int {
    (capacity + packedCapacity) * 8 + cells.byteCount + (sparse?.byteCount ?? 0)
  }

  /// The pairs by number, the first number in the upper half of each.
  var words: UnsafePointer<UInt64> { UnsafePointer(sparse?.words ?? pairs) }

  /// Writes the numbers of pairs, new ones where they are new.
  ///
  /// - Parameter domains: all first and second numbers are below these.
  func insert(
    _ first: UnsafePointer<UInt32>,
    _ second: UnsafePointer<UInt32>,
    domains: (Int, Int),
    count rows: Int,
    into numbers: UnsafeMutablePointer<UInt32>
  ) {
    if sparse == nil, !cells.fit(domains.0, domains.1, pairs, denseCount) { makeSparse() }
    if let sparse {
      sparse.insert(pack(first, second, rows), count: rows, into: numbers)
    } else {
      insertDense(first, second, rows, numbers)
    }
  }

  /// Writes the numbers of pairs, `UInt32.max` for those that have none.
  func find(
    _ first: UnsafePointer<UInt32>,
    _ second: UnsafePointer<UInt32>,
    count rows: Int,
    packed: UnsafeMutablePointer<UInt64>,
    into numbers: UnsafeMutablePointer<UInt32>
  ) {
    if let sparse {
      for row in 0..<rows { packed[row] = Self.pair(first[row], second[row]) }
      return sparse.find(packed, count: rows, into: numbers)
    }
    for row in 0..<rows { numbers[row] = cells.number(first[row], second[row]) }
  }

  /// Adds another table's pairs, whose numbers are translated first; the result maps its numbers.
  func merge(
    _ other: PairTable,
    _ first: [UInt32],
    _ second: [UInt32],
    domains: (Int, Int)
  ) throws -> [UInt32] {
    let total = other.count
    let theirs = other.words
    var mapping = [UInt32](repeating: 0, count: total)
    let block = 4096
    var firsts = [UInt32](repeating: 0, count: block)
    var seconds = firsts
    for start in stride(from: 0, to: total, by: block) {
      let rows = min(block, total - start)
      if start & 0xFFFF == 0 { try MemoryAccount.checkEnd() }
      for row in 0..<rows {
        let pair = theirs[start + row]
        firsts[row] = first[Int(pair &>> 32)]
        seconds[row] = second[Int(UInt32(truncatingIfNeeded: pair))]
      }
      mapping.withUnsafeMutableBufferPointer { mapping in
        guard let base = mapping.baseAddress else { return }
        insert(firsts, seconds, domains: domains, count: rows, into: base + start)
      }
    }
    return mapping
  }

  /// Free of branches, since whether a pair is new is hard to foresee.
  private func insertDense(
    _ first: UnsafePointer<UInt32>,
    _ second: UnsafePointer<UInt32>,
    _ rows: Int,
    _ numbers: UnsafeMutablePointer<UInt32>
  ) {
    reserve(denseCount &+ rows &+ 1)
    let base = cells.base
    let (firstStep, secondStep) = cells.steps
    let pairs = pairs
    var next = denseCount
    for row in 0..<rows {
      let cell = base + (Int(first[row]) &* firstStep &+ Int(second[row]) &* secondStep)
      let known = cell.pointee
      let isNew = UInt32(unsafeBitCast(known == 0, to: UInt8.self))
      pairs[next] = Self.pair(first[row], second[row])
      next &+= Int(isNew)
      let entry = known | (UInt32(truncatingIfNeeded: next) & (0 &- isNew))
      cell.pointee = entry
      numbers[row] = entry &- 1
    }
    denseCount = next
  }

  private func makeSparse() {
    let table = WordTable()
    for number in 0..<denseCount { _ = table.insert(pairs[number]) }
    sparse = table
    cells = PairCells()
    pairs.freeBlock()
    capacity = 1
    pairs = .allocateBlock(capacity: 1)
  }

  private func pack(
    _ first: UnsafePointer<UInt32>,
    _ second: UnsafePointer<UInt32>,
    _ rows: Int
  ) -> UnsafePointer<UInt64> {
    if rows > packedCapacity {
      packed.deallocate()
      packedCapacity = rows
      packed = .allocate(capacity: rows)
    }
    let target = packed
    for row in 0..<rows { target[row] = Self.pair(first[row], second[row]) }
    return UnsafePointer(target)
  }

  private func reserve(_ wanted: Int) {
    guard wanted > capacity else { return }
    let larger = max(wanted, capacity * 2)
    pairs = pairs.resizeBlock(capacity: larger)
    capacity = larger
  }

  @inline(__always)
  private static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 {
    UInt64(first) &<< 32 | UInt64(second)
  }
}
