/// How results differ from a snapshot, in few words and lines.
struct SnapshotDifference: Equatable {
  let message: String
  /// Lines with `-` in front that are missing, and with `+` that should not be there; raw data.
  let details: [String]

  private static let mostLines = 12
  /// Rows of both for which the shortest difference is sought: its time grows with their square.
  private static let mostCompared = 4000

  /// Compares; nil where they are the same. Both have their rows sorted where order is left out.
  init?(expected: Snapshot, found: Snapshot) {
    if expected.tables.count != found.tables.count {
      message =
        "the snapshot has \(Self.count(expected.tables.count, "result")), "
        + "the query \(found.tables.count)"
      details = []
      return
    }
    for (index, pair) in zip(expected.tables, found.tables).enumerated() where pair.0 != pair.1 {
      let name = expected.tables.count > 1 ? "result \(index + 1)" : "the result"
      (message, details) = Self.difference(pair.0, pair.1, name)
      return
    }
    return nil
  }

  private static func difference(
    _ expected: Snapshot.Table,
    _ found: Snapshot.Table,
    _ name: String
  ) -> (String, [String]) {
    if expected.columns != found.columns {
      return (
        "the columns of \(name) are not those of the snapshot",
        [text("- ", expected.columns), text("+ ", found.columns)]
      )
    }
    let lines = changes(expected.rows, found.rows)
    var shown = Array(lines.prefix(mostLines))
    if lines.count > mostLines { shown.append("… and \(lines.count - mostLines) more lines") }
    return (
      "\(name) has \(count(found.rows.count, "row")), the snapshot \(expected.rows.count); "
        + "\(count(lines.count, "line")) differ\(lines.count == 1 ? "s" : "")",
      shown
    )
  }

  private static func text(_ mark: String, _ line: Snapshot.Line) -> String {
    mark + String(decoding: line, as: UTF8.self)
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// The rows that are gone and those that came. Rows that only moved count where they moved.
  private static func changes(
    _ expected: [Snapshot.Line],
    _ found: [Snapshot.Line]
  ) -> [String] {
    if expected.count + found.count > mostCompared { return pairedChanges(expected, found) }
    var removed: [(Int, String)] = []
    var inserted: [(Int, String)] = []
    for change in found.difference(from: expected) {
      switch change {
      case .remove(let offset, let row, _): removed.append((offset, text("- ", row)))
      case .insert(let offset, let row, _): inserted.append((offset, text("+ ", row)))
      }
    }
    return (removed + inserted).sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Compares row by row: for many rows, where the shortest difference takes too long to find.
  private static func pairedChanges(
    _ expected: [Snapshot.Line],
    _ found: [Snapshot.Line]
  ) -> [String] {
    (0..<max(expected.count, found.count)).flatMap { index -> [String] in
      let old = index < expected.count ? expected[index] : nil
      let new = index < found.count ? found[index] : nil
      if old == new { return [] }
      return [old.map { text("- ", $0) }, new.map { text("+ ", $0) }].compactMap { $0 }
    }
  }
}
