import CSIMD

/// Searches whole columns of text.
public enum TextSearch {
  /// Places that one pass collects before they are compared.
  static let placeCapacity = 1024

  /// Decides each value of a column: `results[row]` becomes 1 where the needle matches, else 0.
  ///
  /// Values that lie one after the other are searched in one SIMD pass over their bytes, whose
  /// hits are then mapped to rows; others are searched one by one. `results` has room for all
  /// rows.
  public static func search(
    _ column: TextColumn,
    for needle: Needle,
    into results: UnsafeMutablePointer<UInt8>
  ) {
    if needle.mode.scans, !needle.bytes.isEmpty, !needle.filter.passesEverywhere,
      let range = column.contiguousRange()
    {
      results.update(repeating: 0, count: column.views.count)
      scan(column, range, for: needle, into: results)
      return
    }
    for row in 0..<column.views.count {
      results[row] = needle.matches(column.bytes(row)) ? 1 : 0
    }
  }

  /// As `search` with a needle made from its parts; `views` are packed as `TextColumn` says.
  public static func searchColumn(
    heap: UnsafePointer<UInt8>,
    views: UnsafeBufferPointer<UInt64>,
    needle: Needle,
    into results: UnsafeMutablePointer<UInt8>
  ) {
    search(TextColumn(heap: heap, views: views), for: needle, into: results)
  }

  /// Sets the results of rows in which the needle lies, by one pass over `range` of the heap.
  private static func scan(
    _ column: TextColumn,
    _ range: Range<Int>,
    for needle: Needle,
    into results: UnsafeMutablePointer<UInt8>
  ) {
    let base = column.heap + (range.lowerBound &+ needle.filter.offset)
    let count = range.count &- needle.filter.minimumLength &+ 1
    guard count > 0 else { return }
    var rows = RowCursor(column)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: placeCapacity) { places in
      guard let slots = places.baseAddress else { return }
      var at = 0
      while at < count {
        var next = 0
        let found = csimd_collect_pairs(
          base,
          at,
          count,
          needle.filter.pair,
          slots,
          placeCapacity,
          &next
        )
        for slot in 0..<found {
          let place = range.lowerBound &+ Int(slots[slot])
          if place < rows.settledEnd || !rows.advance(to: place) { continue }
          let text = rows.bytes
          let start = place &- rows.start
          let end = needle.matchEnd(at: start, in: text)
          if end >= 0, needle.hasBoundaries(start, end, in: text) {
            results[rows.row] = 1
            rows.settle()
          }
        }
        if found > 0, isDense(found, in: next &- at, column) {
          // Most values hold the first place that fits, so it is faster to look no further.
          finish(column, from: rows.row, for: needle, into: results)
          return
        }
        at = next
      }
    }
  }

  /// True where more than two places come on each value.
  private static func isDense(_ found: Int, in bytes: Int, _ column: TextColumn) -> Bool {
    guard found >= placeCapacity / 2, let last = column.views.last else { return false }
    let perValue = (TextView(last).end &- TextView(column.views[0]).start) / column.views.count
    return found &* perValue > 2 &* bytes
  }

  /// Decides the rest of the values one by one.
  private static func finish(
    _ column: TextColumn,
    from first: Int,
    for needle: Needle,
    into results: UnsafeMutablePointer<UInt8>
  ) {
    for row in first..<column.views.count where results[row] == 0 {
      results[row] = needle.matches(column.bytes(row)) ? 1 : 0
    }
  }
}

/// Finds the row of ascending places in a heap.
struct RowCursor {
  private let column: TextColumn
  private(set) var row = 0
  private(set) var start = 0
  private var end = 0
  /// Places before this one are done with.
  private(set) var settledEnd = 0
  /// True where empty values lie in order too, so that rows may be jumped over.
  private let isMonotonic: Bool

  init(_ column: TextColumn) {
    self.column = column
    var last = 0
    var ascends = true
    for packed in column.views {
      let view = TextView(packed)
      ascends = ascends && view.end >= last
      last = view.end
    }
    isMonotonic = ascends
    if column.views.count > 0 { take(0) }
  }

  /// The bytes of the row that holds the place asked for last.
  var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: column.heap + start, count: end &- start)
  }

  /// Moves on to the row that holds a place; false where no value does.
  @inline(__always)
  mutating func advance(to place: Int) -> Bool {
    if place >= end { skip(to: place) }
    return place >= start && place < end
  }

  /// Leaves out the rest of the row.
  @inline(__always)
  mutating func settle() { settledEnd = end }

  private mutating func take(_ next: Int) {
    let view = TextView(column.views[next])
    row = next
    start = view.start
    end = view.end
  }

  private mutating func skip(to place: Int) {
    let count = column.views.count
    var next = row &+ 1
    let near = min(next &+ 8, count)
    while next < near, TextView(column.views[next]).end <= place { next &+= 1 }
    if next == near, next < count, TextView(column.views[next]).end <= place {
      next = isMonotonic ? gallop(from: next, to: place) : step(from: next, to: place)
    }
    if next < count {
      take(next)
    } else {
      settledEnd = Int.max
      start = Int.max
      end = Int.max
    }
  }

  private func step(from first: Int, to place: Int) -> Int {
    var next = first
    while next < column.views.count, TextView(column.views[next]).end <= place { next &+= 1 }
    return next
  }

  /// The first row at or after `first` that ends past the place; `first` itself does not.
  private func gallop(from first: Int, to place: Int) -> Int {
    let count = column.views.count
    var low = first
    var stride = 8
    while low &+ stride < count, TextView(column.views[low &+ stride]).end <= place {
      low &+= stride
      stride &*= 2
    }
    var high = min(low &+ stride, count)
    while low &+ 1 < high {
      let middle = low &+ (high &- low) / 2
      if TextView(column.views[middle]).end <= place { low = middle } else { high = middle }
    }
    return high
  }
}
