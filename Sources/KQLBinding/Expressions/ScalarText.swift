import Columnar

/// Reads the texts of `datetime(…)`, `timespan(…)`, `guid(…)`, `decimal(…)` and bare timespans.
enum ScalarText {
  /// The value of a text; nil where the text is none of the type.
  static func parse(_ text: String, _ type: ScalarType) -> Scalar? {
    let bytes = Array((type == .datetime ? normalized(text) : text).utf8)
    return switch type {
    case .timespan: TimeSpan(parsingLiteral: bytes).map(Scalar.timespan)
    case .datetime: DateTime(parsing: bytes).map(Scalar.datetime)
    case .guid: GUID(parsing: bytes).map(Scalar.guid)
    case .decimal: Decimal128(parsing: bytes).map(Scalar.decimal)
    default: nil
    }
  }

  /// A date with blanks or commas between its parts, as in `2021 - 01 - 31` or `2021, 1, 31`,
  /// without them; special blanks become plain ones.
  private static func normalized(_ text: String) -> String {
    let plain = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value > 0x7F && $0.properties.isWhitespace ? " " : $0 }
      )
    )
    let parts = plain.split { $0 == "," || $0 == "-" }.map { $0.trimmingBlanks }
    let isLoose = plain.contains(",") || plain.contains(" -") || plain.contains("- ")
    guard isLoose, parts.count == 3, parts.allSatisfy({ Int($0) != nil }) else { return plain }
    return parts.map { $0.count == 1 ? "0" + $0 : $0 }.joined(separator: "-")
  }

  /// The time of day of a text without a date, such as `8:00 AM`; nil for other texts.
  static func timeOfDay(_ text: String) -> TimeSpan? {
    let someDay = DateTime(ticks: 0)
    guard let instant = DateTime(parsing: Array(text.utf8), today: someDay),
      instant.ticks >= 0, instant.ticks < TimeSpan.ticksPerDay
    else { return nil }
    return TimeSpan(ticks: instant.ticks)
  }
}

extension Substring {
  /// The text without blanks at its edges.
  fileprivate var trimmingBlanks: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
