extension ZoneFooter {
  /// Reads a TZ string such as `CET-1CEST,M3.5.0,M10.5.0/3`; nil for anything else.
  init?(_ text: [UInt8]) {
    var reader = ZoneFooterReader(text)
    guard reader.name(), let west = reader.time(mostHours: 24) else { return nil }
    offset = -west
    if reader.isAtEnd {
      saving = nil
      return
    }
    guard let saving = reader.saving(standard: -west), reader.isAtEnd else { return nil }
    self.saving = saving
  }
}

/// Reads the parts of a TZ string in order; each gives nil where the text does not allow it.
private struct ZoneFooterReader {
  private static let hour: Int64 = 3600
  private static let mostRuleHours = 167

  private let text: [UInt8]
  private var position = 0

  init(_ text: [UInt8]) { self.text = text }

  var isAtEnd: Bool { position == text.count }

  /// Skips the name of a kind of time: letters, or anything between angle brackets.
  mutating func name() -> Bool {
    let start = position
    if take("<") {
      while let byte = next, byte != UInt8(ascii: ">") { position &+= 1 }
      return take(">")
    }
    while let byte = next, byte | 0x20 >= UInt8(ascii: "a"), byte | 0x20 <= UInt8(ascii: "z") {
      position &+= 1
    }
    return position &- start >= 3
  }

  /// Hours, minutes and seconds, as seconds.
  mutating func time(mostHours: Int) -> Int64? {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard let hours = number(0...mostHours) else { return nil }
    var seconds = Int64(hours) &* Self.hour
    for unit: Int64 in [60, 1] where take(":") {
      guard let part = number(0...59) else { return nil }
      seconds &+= Int64(part) &* unit
    }
    return isNegative ? -seconds : seconds
  }

  /// The name, distance and changes of the other kind of time.
  mutating func saving(standard: Int64) -> ZoneFooter.Saving? {
    guard name() else { return nil }
    var offset = standard &+ Self.hour
    if let byte = next, byte != UInt8(ascii: ",") {
      guard let west = time(mostHours: 24) else { return nil }
      offset = -west
    }
    guard let start = change(), let end = change() else { return nil }
    return ZoneFooter.Saving(offset: offset, start: start, end: end)
  }

  private mutating func change() -> ZoneChange? {
    guard take(","), let day = day() else { return nil }
    guard take("/") else { return ZoneChange(day: day, time: 2 &* Self.hour) }
    return time(mostHours: Self.mostRuleHours).map { ZoneChange(day: day, time: $0) }
  }

  private mutating func day() -> ZoneChange.Day? {
    if take("J") { return number(1...365).map { .withoutLeapDay($0) } }
    guard take("M") else { return number(0...365).map { .ofYear($0) } }
    guard let month = number(1...12), take("."), let week = number(1...5), take("."),
      let weekday = number(0...6)
    else { return nil }
    return .ofWeek(month: month, week: week, weekday: weekday)
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int? {
    let start = position
    var value = 0
    while let byte = next, byte &- UInt8(ascii: "0") < 10, position &- start < 3 {
      value = value &* 10 &+ Int(byte &- UInt8(ascii: "0"))
      position &+= 1
    }
    return position > start && range.contains(value) ? value : nil
  }

  private var next: UInt8? { position < text.count ? text[position] : nil }

  private mutating func take(_ character: Character) -> Bool {
    guard let next, next == character.asciiValue else { return false }
    position &+= 1
    return true
  }
}
