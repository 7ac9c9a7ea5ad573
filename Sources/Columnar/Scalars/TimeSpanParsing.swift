extension TimeSpan {
  /// Reads a time span as `totimespan` does: `[-][d.]hh:mm[:ss[.fffffff]]`, or a number with a unit
  /// such as `1.5h`; nil for other texts, also for a number alone, and out of range.
  public init?(parsing text: UnsafeBufferPointer<UInt8>) {
    let text = text.trimmed
    let value =
      text.contains(UInt8(ascii: ":"))
      ? Self.readClock(text) : Self.readQuantity(text, plainUnit: nil)
    guard let value else { return nil }
    self = value
  }

  /// Reads a time span as `totimespan` does.
  public init?(parsing text: [UInt8]) {
    guard let value = text.withUnsafeBufferPointer({ TimeSpan(parsing: $0) }) else { return nil }
    self = value
  }

  /// Reads what stands in `timespan(…)`: as `init(parsing:)`, and a number alone counts days.
  public init?(parsingLiteral text: UnsafeBufferPointer<UInt8>) {
    let text = text.trimmed
    if let value = TimeSpan(parsing: text) {
      self = value
    } else if let value = Self.readQuantity(text, plainUnit: Self.ticksPerDay) {
      self = value
    } else {
      return nil
    }
  }

  /// Reads what stands in `timespan(…)`.
  public init?(parsingLiteral text: [UInt8]) {
    guard
      let value = text.withUnsafeBufferPointer({ TimeSpan(parsingLiteral: $0) })
    else { return nil }
    self = value
  }

  /// Makes a time span of `count` units given by name, such as `h` or `seconds`; nil when there is
  /// no such unit or the product is out of range.
  public init?(_ count: Double, unit: UnsafeBufferPointer<UInt8>) {
    guard let ticksEach = Self.ticks(ofUnit: unit),
      let ticks = Int64(exactly: (count * ticksEach).rounded(.toNearestOrAwayFromZero))
    else { return nil }
    self.ticks = ticks
  }

  /// The number of ticks of a unit of time span literals; nil when there is no such unit.
  private static func ticks(ofUnit unit: UnsafeBufferPointer<UInt8>) -> Double? {
    units.first { unit.isText($0.name) }?.ticks
  }

  private static let units: [(name: StaticString, ticks: Double)] = [
    ("d", 864_000_000_000), ("day", 864_000_000_000), ("days", 864_000_000_000),
    ("h", 36_000_000_000), ("hr", 36_000_000_000), ("hrs", 36_000_000_000),
    ("hour", 36_000_000_000), ("hours", 36_000_000_000),
    ("m", 600_000_000), ("min", 600_000_000), ("mins", 600_000_000),
    ("minute", 600_000_000), ("minutes", 600_000_000),
    ("s", 10_000_000), ("sec", 10_000_000), ("secs", 10_000_000),
    ("second", 10_000_000), ("seconds", 10_000_000),
    ("ms", 10_000), ("milli", 10_000), ("millis", 10_000), ("millisec", 10_000),
    ("millisecs", 10_000), ("millisecond", 10_000), ("milliseconds", 10_000),
    ("micro", 10), ("micros", 10), ("microsec", 10), ("microsecs", 10),
    ("microsecond", 10), ("microseconds", 10),
    ("nano", 0.01), ("nanos", 0.01), ("nanosec", 0.01), ("nanosecs", 0.01),
    ("nanosecond", 0.01), ("nanoseconds", 0.01),
    ("tick", 1), ("ticks", 1),
  ]
}

extension TimeSpan {
  /// Reads `[-][d.]hh:mm[:ss[.fffffff]]`; hours up to 23, a day part of any size.
  private static func readClock(_ text: UnsafeBufferPointer<UInt8>) -> TimeSpan? {
    let isNegative = text.first == UInt8(ascii: "-")
    var position = isNegative || text.first == UInt8(ascii: "+") ? 1 : 0
    guard var hours = number(text, &position, digits: 8) else { return nil }
    var days: Int64 = 0
    if skip(UInt8(ascii: "."), text, &position) {
      days = hours
      guard let part = number(text, &position, digits: 2) else { return nil }
      hours = part
    }
    guard hours < 24, skip(UInt8(ascii: ":"), text, &position),
      let minutes = number(text, &position, digits: 2), minutes < 60
    else { return nil }
    var ticks = hours &* ticksPerHour &+ minutes &* ticksPerMinute
    if skip(UInt8(ascii: ":"), text, &position) {
      guard let seconds = number(text, &position, digits: 2), seconds < 60,
        let fraction = fraction(text, &position)
      else { return nil }
      ticks &+= seconds &* ticksPerSecond &+ fraction
    }
    guard position == text.count else { return nil }
    return sum(days: days, ticks: ticks, isNegative: isNegative)
  }

  private static func sum(days: Int64, ticks: Int64, isNegative: Bool) -> TimeSpan? {
    let sign: Int64 = isNegative ? -1 : 1
    let (product, overflow) = days.multipliedReportingOverflow(by: ticksPerDay &* sign)
    let (total, totalOverflow) = product.addingReportingOverflow(ticks &* sign)
    return overflow || totalOverflow ? nil : TimeSpan(ticks: total)
  }

  /// Reads a number and a unit, with or without blanks between; `plainUnit` is what a number
  /// without a unit counts, in ticks.
  private static func readQuantity(
    _ text: UnsafeBufferPointer<UInt8>,
    plainUnit: Int64?
  ) -> TimeSpan? {
    guard let unitStart = unitStart(text) else {
      guard let plainUnit, let count = NumberParsing.real(text) else { return nil }
      return Int64(exactly: (count * Double(plainUnit)).rounded(.toNearestOrAwayFromZero))
        .map { TimeSpan(ticks: $0) }
    }
    let number = UnsafeBufferPointer(rebasing: text[..<unitStart]).trimmed
    let unit = UnsafeBufferPointer(rebasing: text[unitStart...])
    guard number.allSatisfy({ $0 | 0x20 != UInt8(ascii: "e") }) else { return nil }
    if let count = NumberParsing.long(number), let each = ticks(ofUnit: unit),
      let whole = Int64(exactly: each)
    {
      let (ticks, overflow) = count.multipliedReportingOverflow(by: whole)
      return overflow ? nil : TimeSpan(ticks: ticks)
    }
    guard let count = NumberParsing.real(number), count.isFinite else { return nil }
    return TimeSpan(count, unit: unit)
  }

  /// The index of the first letter, nil without one.
  private static func unitStart(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    text.firstIndex { ($0 | 0x20) &- UInt8(ascii: "a") < 26 }
  }

  private static func skip(
    _ byte: UInt8,
    _ text: UnsafeBufferPointer<UInt8>,
    _ position: inout Int
  ) -> Bool {
    guard position < text.count, text[position] == byte else { return false }
    position &+= 1
    return true
  }

  /// Reads one to `digits` digits.
  private static func number(
    _ text: UnsafeBufferPointer<UInt8>,
    _ position: inout Int,
    digits: Int
  ) -> Int64? {
    let start = position
    var value: Int64 = 0
    while position < text.count, text[position] &- UInt8(ascii: "0") <= 9 {
      guard position &- start < digits else { return nil }
      value = value &* 10 &+ Int64(text[position] &- UInt8(ascii: "0"))
      position &+= 1
    }
    return position > start ? value : nil
  }

  /// Reads `.digits` in ticks, 0 where there is none; nil for a point alone or more than seven
  /// digits.
  private static func fraction(
    _ text: UnsafeBufferPointer<UInt8>,
    _ position: inout Int
  ) -> Int64? {
    guard skip(UInt8(ascii: "."), text, &position) else { return 0 }
    let start = position
    guard let value = number(text, &position, digits: 7) else { return nil }
    return (position &- start..<7).reduce(value) { scaled, _ in scaled &* 10 }
  }
}
