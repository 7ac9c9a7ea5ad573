import Columnar
import DetectionRules

/// Times of a test: instants, and distances from the time of the case.
enum TestTime {
  /// The time of a case that states none: 2026-01-01T00:00:00Z.
  static let standard = DateTime(ticks: 639_028_224_000_000_000)

  /// Reads `now`, `now-5m`, `now-1h30m`, `now+2h` or an instant such as `2026-01-31T12:00:00Z`;
  /// nil for anything else.
  ///
  /// - Parameter now: nil where only an instant makes sense.
  static func read(_ text: String, now: DateTime?) -> DateTime? {
    guard text.lowercased().hasPrefix("now") else { return DateTime(parsing: Array(text.utf8)) }
    guard let now else { return nil }
    let rest = text.dropFirst(3).filter { $0 != " " }
    guard let sign = rest.first else { return now }
    guard sign == "-" || sign == "+", let distance = span(rest.dropFirst()) else { return nil }
    return now.moved(by: sign == "-" ? -distance : distance)
  }

  /// The ticks of spans one behind the other, such as `1h30m`.
  private static func span(_ text: Substring) -> Int64? {
    var rest = text
    var total: Int64 = 0
    while !rest.isEmpty {
      let digits = rest.prefix { ("0"..."9").contains($0) }
      let unit = rest.dropFirst(digits.count).prefix { $0.isLetter }
      guard !digits.isEmpty, !unit.isEmpty,
        let part = RuleDuration.read(String(digits + unit))
      else { return nil }
      let (sum, overflows) = total.addingReportingOverflow(part.ticks)
      if overflows { return nil }
      total = sum
      rest = rest.dropFirst(digits.count + unit.count)
    }
    return text.isEmpty ? nil : total
  }
}
