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
      let layout = column.contiguousLayout()
    {
      results.update(repeating: 0, count: column.views.count)
      scan(column, layout, for: needle, into: results)
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

  /// Sets the results of rows in which the needle lies, by one pass over the heap.
  private static func scan(
    _ column: TextColumn,
    _ layout: ContiguousLayout,
    for needle: Needle,
    into results: UnsafeMutablePointer<UInt8>
  ) {
    let range = layout.range
    let base = column.heap + (range.lowerBound &+ needle.filter.offset)
    let count = range.count &- needle.filter.minimumLength &+ 1
    guard count > 0 else { return }
    var rows = RowCursor(column, layout)
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
