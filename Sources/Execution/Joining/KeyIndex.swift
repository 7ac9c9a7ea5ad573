import CSIMD
import Columnar

/// Numbers distinct keys of one word from 0 in the order in which they come.
///
/// Keys that lie close together are laid out by value; others go to lines of four, each as long as
/// a cache line, so that nearly every look-up touches one. Lines are fetched some rows ahead, and
/// no branch depends on a key.
struct KeyIndex: Sendable {
  /// Distinct keys.
  let count: Int
  private let layout: Layout

  private enum Layout {
    /// For each key its number plus one, 0 for none.
    case direct(Buffer)
    /// Lines of ``lineWords`` words.
    case hashed(Buffer, mask: Int)
  }

  /// Makes an index of keys and writes the number of each.
  ///
  /// - Parameter greatest: no key is above it.
  init(
    _ keys: UnsafePointer<UInt64>,
    count rows: Int,
    greatest: UInt64,
    into ids: UnsafeMutablePointer<UInt32>
  ) throws {
    if greatest < UInt64(max(4096, rows * 16)) {
      let table = Buffer(sparse: (Int(truncatingIfNeeded: greatest) + 1) * 4)
      count = try Self.insertDirect(keys, rows, table.values(UInt32.self), ids)
      layout = .direct(table)
      return
    }
    // At most half of the places are taken, so that few lines are full.
    var lineCount = 4
    while lineCount * Self.lineKeys < rows * 2 { lineCount *= 2 }
    // Sparse, so that half a gigabyte is not cleared in one go that nothing can end.
    let lines = Buffer(sparse: lineCount * Self.lineWords * 8)
    adviseHugePages(lines.base, byteCount: lines.byteCount)
    count = try Self.insertHashed(keys, rows, lines.values(UInt64.self), lineCount - 1, ids)
    layout = .hashed(lines, mask: lineCount - 1)
  }

  /// Bytes held, which no account counts.
  var byteCount: Int {
    switch layout {
    case .direct(let table): table.byteCount
    case .hashed(let lines, _): lines.byteCount
    }
  }

  /// The numbers of many keys; `UInt32.max` for those that have none.
  func find(
    _ keys: UnsafePointer<UInt64>,
    count rows: Int,
    into ids: UnsafeMutablePointer<UInt32>
  ) {
    switch layout {
    case .hashed(let lines, let mask):
      withExtendedLifetime(lines) {
        Self.findHashed(keys, rows, lines.values(UInt64.self), mask, ids)
      }
    case .direct(let table):
      let number = table.values(UInt32.self)
      let size = UInt64(table.byteCount / 4)
      withExtendedLifetime(table) {
        for row in 0..<rows {
          let key = keys[row]
          ids[row] = key < size ? number[Int(truncatingIfNeeded: key)] &- 1 : .max
        }
      }
    }
  }

  /// Words of a line: four keys, then their four numbers of 32 bits, each plus one and 0 in a free
  /// place, then room up to the length of a cache line. Places are taken from the first on, and a
  /// key whose line is full goes to the next line.
  private static let lineWords = 8
  private static let lineKeys = 4
  /// The last of a line's numbers, counted in numbers: that of a full line is not 0.
  private static let lastNumber = lineKeys * 3 - 1
  /// How many rows ahead lines are fetched.
  private static let prefetchRows = 32

  @inline(__always)
  private static func isFull(_ line: UnsafePointer<UInt64>) -> Bool {
    UnsafeRawPointer(line).loadUnaligned(fromByteOffset: lastNumber * 4, as: UInt32.self) != 0
  }

  private static func insertDirect(
    _ keys: UnsafePointer<UInt64>,
    _ rows: Int,
    _ table: UnsafeMutablePointer<UInt32>,
    _ ids: UnsafeMutablePointer<UInt32>
  ) throws -> Int {
    var last: UInt32 = 0
    for row in 0..<rows {
      if row & 0xFFFF == 0 { try MemoryAccount.checkEnd() }
      let place = Int(truncatingIfNeeded: keys[row])
      if table[place] == 0 {
        last &+= 1
        table[place] = last
      }
      ids[row] = table[place] &- 1
    }
    return Int(last)
  }

  private static func insertHashed(
    _ keys: UnsafePointer<UInt64>,
    _ rows: Int,
    _ lines: UnsafeMutablePointer<UInt64>,
    _ mask: Int,
    _ ids: UnsafeMutablePointer<UInt32>
  ) throws -> Int {
    var last: UInt32 = 0
    for row in 0..<rows {
      if row & 0xFFFF == 0 { try MemoryAccount.checkEnd() }
      let key = keys[row]
      let coming = Int(truncatingIfNeeded: hashWord(keys[min(row &+ prefetchRows, rows &- 1)]))
      csimd_prefetch(lines + (coming & mask) &* lineWords)
      var place = Int(truncatingIfNeeded: hashWord(key)) & mask
      var number = csimd_find_in_line(lines + place &* lineWords, key)
      while number == 0, isFull(lines + place &* lineWords) {
        place = (place &+ 1) & mask
        number = csimd_find_in_line(lines + place &* lineWords, key)
      }
      if number == 0 {
        last &+= 1
        number = last
        append(key, number, to: lines + place &* lineWords)
      }
      ids[row] = number &- 1
    }
    return Int(last)
  }

  /// Takes the first free place of a line that is not full.
  @inline(__always)
  private static func append(
    _ key: UInt64,
    _ number: UInt32,
    to line: UnsafeMutablePointer<UInt64>
  ) {
    let numbers = UnsafeMutableRawPointer(line + lineKeys)
    var place = 0
    while numbers.load(fromByteOffset: place &* 4, as: UInt32.self) != 0 { place &+= 1 }
    line[place] = key
    numbers.storeBytes(of: number, toByteOffset: place &* 4, as: UInt32.self)
  }

  private static func findHashed(
    _ keys: UnsafePointer<UInt64>,
    _ rows: Int,
    _ lines: UnsafePointer<UInt64>,
    _ mask: Int,
    _ ids: UnsafeMutablePointer<UInt32>
  ) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: max(1, rows * 2)) { scratch in
      guard let places = scratch.baseAddress else { return }
      let search = LineSearch(
        keys: keys,
        lines: lines,
        mask: UInt32(truncatingIfNeeded: mask),
        places: places,
        waiting: places + rows
      )
      for row in 0..<rows {
        places[row] = UInt32(truncatingIfNeeded: hashWord(keys[row])) & search.mask
      }
      for row in 0..<min(prefetchRows, rows) { search.prefetch(row) }
      var left = 0
      for row in 0..<rows {
        search.prefetch(min(row &+ prefetchRows, rows &- 1))
        left = search.look(for: row, left, ids)
      }
      while left > 0 {
        let waiting = left
        left = 0
        for index in 0..<waiting {
          left = search.look(for: Int(search.waiting[index]), left, ids)
        }
      }
    }
  }

  /// The look-ups of a batch.
  private struct LineSearch {
    let keys: UnsafePointer<UInt64>
    let lines: UnsafePointer<UInt64>
    let mask: UInt32
    /// The line at which each row is to look.
    let places: UnsafeMutablePointer<UInt32>
    /// Rows that must look at one more line.
    let waiting: UnsafeMutablePointer<UInt32>

    @inline(__always)
    func prefetch(_ row: Int) { csimd_prefetch(lines + Int(places[row]) &* lineWords) }

    /// Looks at one line for a row; returns how many rows wait then.
    @inline(__always)
    func look(for row: Int, _ left: Int, _ ids: UnsafeMutablePointer<UInt32>) -> Int {
      let place = places[row]
      let line = lines + Int(place) &* lineWords
      let number = csimd_find_in_line(line, keys[row])
      // No number is 0, and that less one is what an unknown key gets.
      ids[row] = number &- 1
      places[row] = (place &+ 1) & mask
      waiting[left] = UInt32(truncatingIfNeeded: row)
      let isMissing = unsafeBitCast(number == 0, to: UInt8.self)
      return left &+ Int(isMissing & unsafeBitCast(isFull(line), to: UInt8.self))
    }
  }
}
