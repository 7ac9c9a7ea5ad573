import CSIMD

/// Finds many needles of `has` by looking each term of a text up by hash.
///
/// A needle that lies in a text with its boundaries has each of its own terms there as a whole
/// term. So each needle is filed under its longest term; where that term occurs, the needle is
/// compared around it. Needles without a term are searched one by one.
struct TermIndex: Sendable {
  /// A needle and where the term that it is filed under lies in it.
  private struct Entry: Sendable {
    var needle: Int
    var termStart: Int
    var term: [UInt8]
  }

  private let entries: [Entry]
  private let buckets: HashBuckets
  /// Needles that are searched one by one: those without a term, and those that ignore case and
  /// are not all ASCII, whose forms differ in length.
  private let others: [Int]
  private let ignoresCase: Bool
  private let filter: TermFilter
  /// True where a needle matches every value.
  private let matchesAll: Bool

  init(_ needles: [Needle]) {
    ignoresCase = needles.contains { $0.ignoresCase }
    matchesAll = needles.contains { $0.bytes.isEmpty }
    var entries: [Entry] = []
    var others: [Int] = []
    for (number, needle) in needles.enumerated() {
      let longest = needle.compared.withUnsafeBufferPointer(Self.longestTerm)
      if let longest, needle.comparison != .folded {
        let term = Array(needle.compared[longest])
        entries.append(Entry(needle: number, termStart: longest.lowerBound, term: term))
      } else {
        others.append(number)
      }
    }
    var buckets = HashBuckets(capacity: entries.count)
    for (number, entry) in entries.enumerated() {
      let hash = entry.term.withUnsafeBufferPointer { ByteHash.hash($0, lowering: false) }
      buckets.insert(number, hash)
    }
    self.entries = entries
    self.others = others
    self.buckets = buckets
    // Terms with other characters lie only in values that are cut into terms anyhow.
    filter = TermFilter(
      entries.map { $0.term }.filter { $0.allSatisfy { $0 < 0x80 } }
        .map { $0.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 } }
    )
  }

  /// True where any needle lies in the value.
  func matchesAny(_ text: UnsafeBufferPointer<UInt8>, _ needles: [Needle]) -> Bool {
    if matchesAll { return true }
    return matchesTerm(of: text, needles)
      || others.contains { needles[$0].matches(text) }
  }

  /// Decides each value of a column: 1 where any needle lies in it, else 0.
  func searchAny(
    _ column: TextColumn,
    _ needles: [Needle],
    into results: UnsafeMutablePointer<UInt8>
  ) {
    let count = column.views.count
    results.update(repeating: matchesAll ? 1 : 0, count: count)
    if matchesAll { return }
    guard let layout = column.contiguousLayout() else {
      for row in 0..<count { results[row] = matchesAny(column.bytes(row), needles) ? 1 : 0 }
      return
    }
    scan(column, layout, needles, into: results)
    for number in others {
      for row in 0..<count where results[row] == 0 {
        results[row] = needles[number].matches(column.bytes(row)) ? 1 : 0
      }
    }
  }

  /// Sets the results of rows in which a needle lies, by one pass over the column.
  private func scan(
    _ column: TextColumn,
    _ layout: ContiguousLayout,
    _ needles: [Needle],
    into results: UnsafeMutablePointer<UInt8>
  ) {
    let capacity = 512
    var rows = RowCursor(column, layout)
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: capacity) { places in
      filter.withKernelFilter { kernelFilter in
        guard let slots = places.baseAddress, let views = column.views.baseAddress else { return }
        var cursor = csimd_term_cursor()
        while cursor.view < column.views.count {
          let found = csimd_collect_terms(
            column.heap,
            views,
            column.views.count,
            &cursor,
            kernelFilter,
            slots,
            capacity
          )
          decide(places[0..<found], &rows, needles, into: results)
        }
      }
    }
  }

  /// Decides the rows in which places lie that the kernel gave.
  private func decide(
    _ places: Slice<UnsafeMutableBufferPointer<UInt64>>,
    _ rows: inout RowCursor,
    _ needles: [Needle],
    into results: UnsafeMutablePointer<UInt8>
  ) {
    for place in places {
      let start = Int(truncatingIfNeeded: place & 0xFFFF_FFFF)
      if start < rows.settledEnd || !rows.advance(to: start) { continue }
      let text = rows.bytes
      if place &>> 32 != 0 {
        results[rows.row] = matchesTerm(of: text, needles) ? 1 : 0
        rows.settle()
      } else if holds(Self.run(at: start &- rows.start, in: text), in: text, needles) {
        results[rows.row] = 1
        rows.settle()
      }
    }
  }

  /// The run of ASCII letters and digits that starts at an offset.
  ///
  /// Where another letter follows it, it is not a whole term; the value then holds a character
  /// beyond ASCII and is decided by another place.
  @inline(__always)
  private static func run(at start: Int, in text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    var end = start
    while end < text.count, TermCharacter.isASCIITermByte(text[end]) { end &+= 1 }
    return start..<end
  }

  /// True where a needle that has a term lies in the value.
  private func matchesTerm(
    of text: UnsafeBufferPointer<UInt8>,
    _ needles: [Needle]
  ) -> Bool {
    var isFound = false
    TermCharacter.forEachTerm(in: text) { term in
      isFound = holds(term, in: text, needles)
      return !isFound
    }
    return isFound
  }

  /// True where a needle that is filed under this term lies around it.
  @inline(__always)
  private func holds(
    _ term: Range<Int>,
    in text: UnsafeBufferPointer<UInt8>,
    _ needles: [Needle]
  ) -> Bool {
    let bytes = UnsafeBufferPointer(rebasing: text[term])
    let hash = ByteHash.hash(bytes, lowering: ignoresCase)
    return buckets.first(hash) { number in
      let entry = entries[number]
      let start = term.lowerBound &- entry.termStart
      guard entry.term.count == term.count, start >= 0 else { return false }
      let needle = needles[entry.needle]
      let end = needle.matchEnd(at: start, in: text)
      return end >= 0 && needle.hasBoundaries(start, end, in: text)
    }
  }

  private static func longestTerm(_ text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    var longest: Range<Int>?
    TermCharacter.forEachTerm(in: text) { term in
      if term.count > (longest?.count ?? 0) { longest = term }
      return true
    }
    return longest
  }
}
