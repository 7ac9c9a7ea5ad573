public import Columnar
import Execution
import Segments
public import TableStore

/// Reads single rows of a table as they were ingested, for parts of Harrier that take over what
/// rows say.
public struct StoredRows {
  private let cache: SegmentCache
  private let table: TableEntry

  public init(_ table: TableEntry, cache: SegmentCache) {
    self.table = table
    self.cache = cache
  }

  /// The values that a text column has in rows that came after one, each once.
  public func texts(of column: String, after sequence: Int64) throws -> [String] {
    var seen: Set<String> = []
    var found: [String] = []
    for entry in table.segments where entry.lastSequence > sequence {
      guard let vector = try vector(of: column, in: entry) else { continue }
      let from = entry.runs.first(after: sequence)
      for row in from..<entry.rowCount {
        guard let text = vector.scalar(at: row).text, !text.isEmpty else { continue }
        if seen.insert(text).inserted { found.append(text) }
      }
    }
    return found
  }

  /// The rows in which a text column has one of some values, in the order in which they came.
  public func rows(where column: String, isOneOf values: Set<String>) throws -> [[String: Scalar]] {
    var found: [[String: Scalar]] = []
    for entry in table.segments {
      guard let vector = try vector(of: column, in: entry) else { continue }
      let rows = (0..<entry.rowCount).filter { row in
        vector.scalar(at: row).text.map(values.contains) ?? false
      }
      if rows.isEmpty { continue }
      let start = found.count
      found += rows.map { _ in [:] }
      for name in try cache.segment(entry).schema.columns.map(\.name) {
        guard let cells = try self.vector(of: name, in: entry) else { continue }
        for (offset, row) in rows.enumerated() {
          let cell = cells.scalar(at: row)
          if !cell.isMissing { found[start + offset][name] = cell }
        }
      }
    }
    return found
  }

  /// A column of a segment; nil where it has none of that name.
  private func vector(of column: String, in entry: SegmentEntry) throws -> Vector? {
    let segment = try cache.segment(entry)
    guard let index = segment.schema.index(of: column) else { return nil }
    let reader = try segment.column(index)
    try reader.ensure(0..<segment.rowCount)
    return reader.vector
  }
}

extension [IngestionRun] {
  /// The first row of a segment that came after a sequence number; that behind the last where none
  /// did.
  func first(after sequence: Int64) -> Int {
    var row: Int64 = 0
    for run in self {
      if run.lastSequence > sequence {
        return Int(row + Swift.max(0, sequence + 1 - run.firstSequence))
      }
      row += run.rowCount
    }
    return Int(row)
  }
}

extension Scalar {
  /// The text of a string.
  fileprivate var text: String? {
    guard case .string(let value) = self else { return nil }
    return value.text
  }

  /// Whether it says nothing.
  fileprivate var isMissing: Bool { isNull || self == .missing(type) }
}
