public import Columnar

/// Lengths of time as rules write them.
public enum RuleDuration {
  /// Reads `5m`, `1h`, `14d`, `1H`, `24H`, `PT1H`, `P14D` and `0`; nil for anything else.
  public static func read(_ text: String) -> TimeSpan? {
    let text = text.withoutBlanks
    if text == "0" { return TimeSpan(ticks: 0) }
    if let first = text.utf8.first, first == UInt8(ascii: "P") || first == UInt8(ascii: "p") {
      return TimeSpan(duration: Array(text.uppercased().utf8))
    }
    return readShort(text)
  }

  private static func readShort(_ text: String) -> TimeSpan? {
    let digits = text.prefix { ("0"..."9").contains($0) }
    guard let value = Int64(digits), !digits.isEmpty else { return nil }
    let unit: Int64
    switch text.dropFirst(digits.count).lowercased() {
    case "s": unit = TimeSpan.ticksPerSecond
    case "m", "min": unit = TimeSpan.ticksPerMinute
    case "h": unit = TimeSpan.ticksPerHour
    case "d": unit = TimeSpan.ticksPerDay
    default: return nil
    }
    let (ticks, overflows) = value.multipliedReportingOverflow(by: unit)
    return overflows ? nil : TimeSpan(ticks: ticks)
  }

  /// The ISO 8601 form, such as `PT1H` and `P14D`.
  public static func iso(_ span: TimeSpan) -> String {
    let seconds = span.ticks / TimeSpan.ticksPerSecond
    if seconds == 0 { return "PT0S" }
    let units: [(Int64, String)] = [
      (seconds / 3_600 % 24, "H"), (seconds / 60 % 60, "M"), (seconds % 60, "S"),
    ]
    let days = seconds / 86_400
    let time = units.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
    return "P" + (days > 0 ? "\(days)D" : "") + (time.isEmpty ? "" : "T" + time)
  }

  /// The short form that Sentinel's files prefer, such as `1h` and `14d`; ISO 8601 where the
  /// length is no whole number of one unit.
  public static func short(_ span: TimeSpan) -> String {
    let units: [(Int64, String)] = [
      (TimeSpan.ticksPerDay, "d"), (TimeSpan.ticksPerHour, "h"), (TimeSpan.ticksPerMinute, "m"),
    ]
    for (unit, letter) in units where span.ticks > 0 && span.ticks % unit == 0 {
      return "\(span.ticks / unit)\(letter)"
    }
    return iso(span)
  }
}
