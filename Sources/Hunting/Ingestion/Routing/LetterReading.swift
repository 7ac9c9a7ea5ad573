/// How a line was read that became a dead letter, so that a replay reads it alike.
struct LetterReading: Sendable, Equatable {
  var format = FileFormat.json
  /// Whether the line was one of a stream whose events name their tables.
  var isRouted = false
  /// The column that names the tenant of each row.
  var tenantColumn: String?
  /// The line with the names of the columns, of a delimited file.
  var header: [UInt8] = []

  init() {}

  /// Reads what `encoded` gave; the reading of JSON lines where it is something else.
  init(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: 0x0A, maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, let format = FileFormat(rawValue: Self.text(parts[0])) else { return }
    self.format = format
    isRouted = Self.text(parts[1]) == "routed"
    tenantColumn = parts[2].isEmpty ? nil : Self.text(parts[2])
    header = Array(parts[3])
  }

  /// Three lines, then the names.
  var encoded: [UInt8] {
    let lines = [format.rawValue, isRouted ? "routed" : "", tenantColumn ?? ""]
    return lines.flatMap { Array($0.utf8) + [0x0A] } + header
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
