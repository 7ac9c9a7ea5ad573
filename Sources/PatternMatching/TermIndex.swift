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
  private let withoutTerm: [Int]
  private let ignoresCase: Bool
  /// Lengths of ASCII terms and a filter over their first bytes, for `csimd_collect_terms`.
  private let lengths: UInt64
  private let bloom: [UInt8]
  /// True where a needle matches every value.
  private let matchesAll: Bool

  /// Fails where a needle cannot be filed: one that ignores case and is not all ASCII, as its
  /// forms differ in length.
  init?(_ needles: [Needle]) {
    guard !needles.contains(where: { $0.comparison == .folded }) else { return nil }
    ignoresCase = needles.contains { $0.ignoresCase }
    matchesAll = needles.contains { $0.bytes.isEmpty }
    var entries: [Entry] = []
    var withoutTerm: [Int] = []
    for (number, needle) in needles.enumerated() {
      let longest = needle.compared.withUnsafeBufferPointer(Self.longestTerm)
      if let longest {
        entries.append(
          Entry(
            needle: number,
            termStart: longest.lowerBound,
            term: Array(needle.compared[longest])
          )
        )
      } else {
        withoutTerm.append(number)
      }
    }
    var buckets = HashBuckets(capacity: entries.count)
    var lengths: UInt64 = 0
    var bloom = [UInt8](repeating: 0, count: 8192)
    for (number, entry) in entries.enumerated() {
      let hash = entry.term.withUnsafeBufferPointer { ByteHash.hash($0, lowering: false) }
      buckets.insert(number, hash)
      lengths |= 1 &<< UInt64(min(entry.term.count, 63))
      let head = (entry.term + [UInt8](repeating: 0, count: 8))
        .withUnsafeBufferPointer { $0.baseAddress.map { csimd_load64($0) } ?? 0 }
      let bit = Int(csimd_term_hash(head, entry.term.count))
      bloom[bit / 8] |= 1 &<< UInt8(truncatingIfNeeded: bit % 8)
    }
    self.entries = entries
    self.withoutTerm = withoutTerm
    self.buckets = buckets
    self.lengths = lengths
    self.bloom = bloom
  }

  /// True where any needle lies in the value.
  func matchesAny(_ text: UnsafeBufferPointer<UInt8>, _ needles: [Needle]) -> Bool {
    if matchesAll { return true }
    var isFound = false
    TermCharacter.forEachTerm(in: text) { term in
      isFound = holds(term, in: text, needles)
      return !isFound
    }
    return isFound || withoutTerm.contains { needles[$0].matches(text) }
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
    guard column.contiguousRange() != nil else {
      for row in 0..<count { results[row] = matchesAny(column.bytes(row), needles) ? 1 : 0 }
      return
    }
    scan(column, needles, into: results)
    for number in withoutTerm {
      for row in 0..<count where results[row] == 0 {
        results[row] = needles[number].matches(column.bytes(row)) ? 1 : 0
      }
    }
  }

  /// Sets the results of rows in which a needle lies, by one pass over the column.
  private func scan(
    _ column: TextColumn,
    _ needles: [Needle],
    into results: UnsafeMutablePointer<UInt8>
  ) {
    guard let views = column.views.baseAddress else { return }
    let count = column.views.count
    let capacity = 512
    var rows = RowCursor(column)
    var cursor = csimd_term_cursor(view: 0, at: 0)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * capacity) { runs in
      bloom.withUnsafeBufferPointer { bits in
        guard let slots = runs.baseAddress else { return }
        var filter = csimd_term_filter(lengths: lengths, bloom: bits.baseAddress)
        while cursor.view < count {
          let found = csimd_collect_terms(
            column.heap,
            views,
            count,
            &cursor,
            &filter,
            slots,
            capacity
          )
          for slot in 0..<found {
            let start = Int(slots[2 &* slot])
            let length = slots[2 &* slot &+ 1]
            if start < rows.settledEnd || !rows.advance(to: start) { continue }
            let first = start &- rows.start
            let isWide = length &>> 31 == 1
            let run = first..<(first &+ Int(length & 0x7FFF_FFFF))
            if isWide
              ? holdsTerm(run, in: rows.bytes, needles) : holds(run, in: rows.bytes, needles)
            {
              results[rows.row] = 1
              rows.settle()
            }
          }
        }
      }
    }
  }

  /// True where a term of this run, which holds characters beyond ASCII, is that of a needle
  /// that lies around it.
  private func holdsTerm(
    _ run: Range<Int>,
    in text: UnsafeBufferPointer<UInt8>,
    _ needles: [Needle]
  ) -> Bool {
    let part = UnsafeBufferPointer(rebasing: text[run])
    let start = run.lowerBound
    var isFound = false
    TermCharacter.forEachTerm(in: part) { term in
      isFound = holds((term.lowerBound &+ start)..<(term.upperBound &+ start), in: text, needles)
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
