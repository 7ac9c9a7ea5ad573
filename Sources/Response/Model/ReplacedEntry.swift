import Columnar
import GRDB
import Incidents

/// The entry of the allow and block list in whose place an action put its own, as its record keeps
/// it: what the action ended.
struct ReplacedEntry {
  let number: Int
  let text: String

  init(_ entry: ListEntry) {
    number = entry.reference.number
    let end = entry.expires.map { "expires \($0.text)" } ?? "never expires"
    text = "\(Self.prefix)\(number) (\(entry.action.rawValue), \(end))"
  }

  /// nil where an action replaced none.
  init?(reading text: String) {
    guard text.hasPrefix(Self.prefix) else { return nil }
    let digits = text.dropFirst(Self.prefix.count).prefix { $0.isNumber }
    guard let number = Int(digits) else { return nil }
    self.number = number
    self.text = text
  }

  private static let prefix = "entry "
}

extension IncidentWriter {
  /// Lets the entry hold again that an action replaced, whose own was just taken off.
  ///
  /// - Returns: what became of it; nil where the action replaced none.
  func restoreEntry(replacedBy action: ActionRecord) throws -> String? {
    guard let replaced = ReplacedEntry(reading: action.before) else { return nil }
    let before = "\(replaced.text), which it had replaced,"
    let known = try rows(
      "SELECT * FROM allow_block_entries WHERE tenant = ? AND number = ?",
      [action.tenant, replaced.number]
    )
    guard let entry = known.first.flatMap(ListEntry.init) else {
      return "\(before) is not known any more"
    }
    if let end = entry.expires, end.ticks <= now.ticks { return "\(before) has expired meanwhile" }
    try run(
      """
      UPDATE allow_block_entries SET removed = NULL, removed_by = NULL
      WHERE tenant = ? AND number = ?
      """,
      [action.tenant, replaced.number]
    )
    return "\(before) holds again"
  }
}
