/// A format of `format_datetime` or `format_timespan`, read once for many values.
public struct TimeFormat: Sendable {
  /// What a part of the format prints.
  enum Field: Sendable {
    case literal(UInt8)
    /// The year without its century.
    case shortYear(width: Int)
    case year
    case month(width: Int)
    case day(width: Int)
    case hour(width: Int)
    /// The hour on a clock of twelve hours.
    case halfDayHour(width: Int)
    case minute(width: Int)
    case second(width: Int)
    /// The first digits of the fraction of the second.
    case fraction(digits: Int)
    /// The same without trailing zeros.
    case significantFraction(digits: Int)
    /// `AM` or `PM`.
    case half
  }

  let fields: [Field]

  /// Reads a format of `format_datetime`; nil when it has other characters than the specifiers
  /// `y M d H h m s f F tt` and the delimiters blank `/ - : , . _ [ ]`.
  public init?(datetime format: UnsafeBufferPointer<UInt8>) {
    guard let fields = Self.read(format, field: Self.dateTimeField) else { return nil }
    self.fields = fields
  }

  /// Reads a format of `format_timespan`; nil when it has other characters than the specifiers
  /// `d H h m s f F` and the delimiters blank `/ - : , . _ [ ]`.
  public init?(timespan format: UnsafeBufferPointer<UInt8>) {
    guard let fields = Self.read(format, field: Self.timeSpanField) else { return nil }
    self.fields = fields
  }

  /// Splits a format; `field` gives the field for a letter that comes `count` times and how many
  /// of them it takes.
  private static func read(
    _ format: UnsafeBufferPointer<UInt8>,
    field: (_ letter: UInt8, _ count: Int) -> (field: Field, length: Int)?
  ) -> [Field]? {
    var fields: [Field] = []
    var index = 0
    while index < format.count {
      let byte = format[index]
      if delimiters.contains(byte) {
        fields.append(.literal(byte))
        index &+= 1
        continue
      }
      var end = index
      while end < format.count, format[end] == byte { end &+= 1 }
      guard let next = field(byte, end &- index) else { return nil }
      fields.append(next.field)
      index &+= next.length
    }
    return fields
  }

  private static let delimiters: [UInt8] = Array(" /-:,._[]".utf8)

  private static func dateTimeField(_ letter: UInt8, _ count: Int) -> (Field, Int)? {
    let width = min(count, 2)
    switch letter {
    case UInt8(ascii: "y"): return count >= 4 ? (.year, 4) : (.shortYear(width: width), width)
    case UInt8(ascii: "M"): return (.month(width: width), width)
    case UInt8(ascii: "d"): return (.day(width: width), width)
    case UInt8(ascii: "h"): return (.halfDayHour(width: width), width)
    case UInt8(ascii: "t"): return count >= 2 ? (.half, 2) : nil
    default: return clockField(letter, count)
    }
  }

  private static func timeSpanField(_ letter: UInt8, _ count: Int) -> (Field, Int)? {
    switch letter {
    case UInt8(ascii: "d"): return (.day(width: min(count, 8)), min(count, 8))
    case UInt8(ascii: "h"): return (.hour(width: min(count, 2)), min(count, 2))
    default: return clockField(letter, count)
    }
  }

  private static func clockField(_ letter: UInt8, _ count: Int) -> (Field, Int)? {
    let width = min(count, 2)
    let digits = min(count, 7)
    switch letter {
    case UInt8(ascii: "H"): return (.hour(width: width), width)
    case UInt8(ascii: "m"): return (.minute(width: width), width)
    case UInt8(ascii: "s"): return (.second(width: width), width)
    case UInt8(ascii: "f"): return (.fraction(digits: digits), digits)
    case UInt8(ascii: "F"): return (.significantFraction(digits: digits), digits)
    default: return nil
    }
  }
}

extension ByteSink {
  /// Appends an instant in a format of `format_datetime`.
  public mutating func append(datetime value: DateTime, format: TimeFormat) {
    let parts = value.parts
    let clock = TimeSpan.Parts(
      days: parts.date.day,
      hours: parts.hour,
      minutes: parts.minute,
      seconds: parts.second,
      fractionTicks: parts.fractionTicks
    )
    for field in format.fields {
      switch field {
      case .year: append(number: parts.date.year, width: 4)
      case .shortYear(let width): append(number: parts.date.year % 100, width: width)
      case .month(let width): append(number: parts.date.month, width: width)
      default: append(field, clock)
      }
    }
  }

  /// Appends a time span in a format of `format_timespan`; a negative one starts with `-`.
  public mutating func append(timespan value: TimeSpan, format: TimeFormat) {
    if value.ticks < 0 { append(UInt8(ascii: "-")) }
    let parts = value.parts
    for field in format.fields { append(field, parts) }
  }

  private mutating func append(_ field: TimeFormat.Field, _ parts: TimeSpan.Parts) {
    switch field {
    case .literal(let byte): append(byte)
    case .day(let width): append(number: parts.days, width: width)
    case .hour(let width): append(number: parts.hours, width: width)
    case .halfDayHour(let width): append(number: (parts.hours &+ 11) % 12 &+ 1, width: width)
    case .minute(let width): append(number: parts.minutes, width: width)
    case .second(let width): append(number: parts.seconds, width: width)
    case .half: append(parts.hours < 12 ? "AM" : "PM")
    case .fraction(let digits): appendFraction(parts.fractionTicks, digits: digits)
    case .significantFraction(let digits):
      let start = count
      appendFraction(parts.fractionTicks, digits: digits)
      while count > start, bytes[count &- 1] == UInt8(ascii: "0") { truncate(to: count &- 1) }
    case .year, .shortYear, .month: break
    }
  }

  private mutating func append(number: Int, width: Int) {
    append(unsigned: UInt64(number.magnitude), width: width)
  }

  /// Appends the first digits of seven.
  private mutating func appendFraction(_ ticks: Int, digits: Int) {
    let divisor = PowersOfTen.whole[max(0, 7 &- digits)]
    append(unsigned: UInt64(ticks.magnitude) / divisor, width: digits)
  }
}
