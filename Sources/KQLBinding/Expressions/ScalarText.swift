import Columnar

/// Reads the texts of `datetime(…)`, `timespan(…)`, `guid(…)` and bare timespans.
enum ScalarText {
  /// The value of a text; nil where the text is none of the type.
  static func parse(_ text: String, _ type: ScalarType) -> Scalar? {
    switch type {
    case .timespan: timespan(text).map { .timespan(TimeSpan(ticks: $0)) }
    case .datetime: datetime(text).map(Scalar.datetime)
    case .guid: guid(text).map(Scalar.guid)
    default: nil
    }
  }

  // MARK: timespan

  private static let units: [(names: Set<String>, ticks: Double)] = [
    (["d", "day", "days"], 864_000_000_000),
    (["h", "hr", "hrs", "hour", "hours"], 36_000_000_000),
    (["m", "min", "minute", "minutes"], 600_000_000),
    (["s", "sec", "second", "seconds"], 10_000_000),
    (
      ["ms", "milli", "millis", "millisec", "millisecond", "milliseconds"], 10_000
    ),
    (["micro", "micros", "microsec", "microsecond", "microseconds"], 10),
    (["nano", "nanos", "nanosec", "nanosecond", "nanoseconds"], 0.01),
    (["tick", "ticks"], 1),
  ]

  /// Ticks of `1.5h`, `15 seconds`, `1.02:03:04.5`, or of a number of days.
  private static func timespan(_ text: String) -> Int64? {
    let isNegative = text.utf8.first == UInt8(ascii: "-")
    let body = isNegative ? String(text.dropFirst()) : text
    guard let ticks = body.contains(":") ? clock(body) : quantity(body) else { return nil }
    return isNegative ? 0 &- ticks : ticks
  }

  private static func quantity(_ text: String) -> Int64? {
    let number = text.prefix { $0 == "." || ("0"..."9").contains($0) }
    let unit = text.dropFirst(number.count).drop { $0 == " " }
    let scale =
      unit.isEmpty ? 864_000_000_000 : units.first { $0.names.contains(String(unit)) }?.ticks
    guard let scale, !number.isEmpty else { return nil }
    if let whole = Int64(number), scale >= 1, let factor = Int64(exactly: scale) {
      let (ticks, overflow) = whole.multipliedReportingOverflow(by: factor)
      return overflow ? nil : ticks
    }
    guard let value = Double(String(number)) else { return nil }
    return Int64(exactly: (value * scale).rounded())
  }

  /// Ticks of `[d.]hh:mm[:ss[.fffffff]]`.
  private static func clock(_ text: String) -> Int64? {
    var parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 || parts.count == 3 else { return nil }
    var days: Int64 = 0
    if let point = parts[0].firstIndex(of: ".") {
      guard let count = Int64(parts[0][..<point]), count < 10_675_199 else { return nil }
      days = count
      parts[0] = String(parts[0][parts[0].index(after: point)...])
    }
    guard let hours = Int64(parts[0]), let minutes = Int64(parts[1]), 0..<24 ~= hours,
      0..<60 ~= minutes
    else { return nil }
    let seconds = parts.count == 3 ? secondTicks(parts[2]) : 0
    guard let seconds else { return nil }
    return days &* TimeSpan.ticksPerDay &+ hours &* TimeSpan.ticksPerHour
      &+ minutes &* TimeSpan.ticksPerMinute &+ seconds
  }

  private static func secondTicks(_ text: String) -> Int64? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let seconds = Int64(first), 0..<60 ~= seconds else {
      return nil
    }
    guard parts.count == 2 else { return seconds &* TimeSpan.ticksPerSecond }
    let digits = parts[1].prefix(7)
    guard let fraction = Int64(digits), fraction >= 0 else { return nil }
    let scale = (digits.count..<7).reduce(Int64(1)) { result, _ in result * 10 }
    return seconds &* TimeSpan.ticksPerSecond &+ fraction &* scale
  }

  // MARK: datetime

  /// Reads `yyyy-MM-dd[ T]hh:mm[:ss[.fffffff]][Z]` and its shorter forms.
  private static func datetime(_ text: String) -> DateTime? {
    var body = text
    if body.last == "Z" || body.last == "z" { body.removeLast() }
    let pieces = body.split { $0 == "T" || $0 == " " || $0 == "t" }
    guard let date = pieces.first, pieces.count <= 2 else { return nil }
    let separator: Character = date.contains("/") ? "/" : "-"
    let numbers = date.split(separator: separator).map { Int64($0) ?? -1 }
    guard (1...3).contains(numbers.count), numbers.allSatisfy({ $0 > 0 }) else { return nil }
    let month = numbers.count > 1 ? numbers[1] : 1
    let day = numbers.count > 2 ? numbers[2] : 1
    let fields =
      separator == "/" && numbers.count == 3
      ? (day, numbers[0], month) : (numbers[0], month, day)
    guard let days = dayNumber(fields.0, fields.1, fields.2) else { return nil }
    let time = pieces.count == 2 ? clock(String(pieces[1])) : 0
    guard let time else { return nil }
    return DateTime(checkedTicks: days &* TimeSpan.ticksPerDay &+ time)
  }

  /// Days since 0001-01-01.
  private static func dayNumber(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64? {
    guard 1...9999 ~= year, 1...12 ~= month else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard let index = Int(exactly: month - 1), 1...lengths[index] ~= day else { return nil }
    let before = year - 1
    let yearDays = before * 365 + before / 4 - before / 100 + before / 400
    return yearDays + lengths[..<index].reduce(0, +) + day - 1
  }

  // MARK: guid

  private static func guid(_ text: String) -> GUID? {
    let digits = text.utf8.filter { $0 != UInt8(ascii: "-") }
    guard digits.count == 32, text.utf8.count == 32 || text.utf8.count == 36 else { return nil }
    let hex = String(decoding: digits, as: UTF8.self)
    guard let high = UInt64(hex.prefix(16), radix: 16),
      let low = UInt64(hex.suffix(16), radix: 16)
    else { return nil }
    return GUID(high: high, low: low)
  }
}
