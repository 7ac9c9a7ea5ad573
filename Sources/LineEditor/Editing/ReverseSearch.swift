/// An incremental search through the history, newest entries first.
struct ReverseSearch {
  /// Where the query was found: the place of the entry and the offset in it.
  struct Match: Equatable {
    let entry: Int
    let offset: Int
  }

  private(set) var query: [UInt8] = []
  private(set) var match: Match?
  /// Whether the last step found nothing; the match is then the one before.
  private(set) var isFailed = false
  private let entries: [[UInt8]]

  private static let queryLimitBytes = 1_024

  /// Starts with no query.
  init(_ history: History) { entries = history.entries }

  /// The entry found.
  var found: [UInt8]? { match.map { entries[$0.entry] } }

  /// Adds bytes to the query and searches on from the match.
  mutating func extend(_ bytes: [UInt8]) {
    guard query.count + bytes.count <= Self.queryLimitBytes else { return }
    query += bytes
    search(from: match?.entry ?? entries.count - 1, step: -1)
  }

  /// Takes the last character off the query and searches again from the newest entry.
  mutating func shorten() {
    guard !query.isEmpty else { return }
    query.removeSubrange(TextUnit.start(before: query.count, in: query)...)
    match = nil
    isFailed = false
    if !query.isEmpty { search(from: entries.count - 1, step: -1) }
  }

  /// Goes on to an older entry, or with `step` 1 to a newer one; equal entries are passed over.
  mutating func goOn(step: Int) {
    guard let match, !query.isEmpty else { return }
    var start = match.entry + step
    while entries.indices.contains(start), entries[start] == entries[match.entry] { start += step }
    search(from: start, step: step)
  }

  private mutating func search(from start: Int, step: Int) {
    let folded = query.map(ASCIIFolding.fold)
    var entry = start
    while entries.indices.contains(entry) {
      if let offset = Self.find(folded, in: entries[entry]) {
        match = Match(entry: entry, offset: offset)
        isFailed = false
        return
      }
      entry += step
    }
    isFailed = true
  }

  /// Where a query in lower case starts in an entry, letter case of ASCII aside.
  private static func find(_ query: [UInt8], in entry: [UInt8]) -> Int? {
    guard let first = query.first, entry.count >= query.count else { return nil }
    for start in 0...(entry.count - query.count) where ASCIIFolding.fold(entry[start]) == first {
      let rest = entry[start..<(start + query.count)]
      if zip(query, rest).allSatisfy({ $0 == ASCIIFolding.fold($1) }) { return start }
    }
    return nil
  }
}
