import Columnar

/// Reads the texts of `datetime(…)`, `timespan(…)`, `guid(…)`, `decimal(…)` and bare timespans.
enum ScalarText {
  /// The value of a text; nil where the text is none of the type.
  static func parse(_ text: String, _ type: ScalarType) -> Scalar? {
    let bytes = Array(text.utf8)
    return switch type {
    case .timespan: TimeSpan(parsingLiteral: bytes).map(Scalar.timespan)
    case .datetime: DateTime(parsing: bytes).map(Scalar.datetime)
    case .guid: GUID(parsing: bytes).map(Scalar.guid)
    case .decimal: Decimal128(parsing: bytes).map(Scalar.decimal)
    default: nil
    }
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
