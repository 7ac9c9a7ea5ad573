/// Reads the many written forms of an instant, in UTF-8 bytes.
///
/// A text is an optional weekday, a date in one of the orders `2024-01-31`, `31 Jan 2024`,
/// `31-Jan-24` and `1/31/2024`, an optional time with `AM` or `PM`, and an optional zone.
struct DateTimeTextReader {
  private let text: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// Reads the whole text; nil when it is no instant. A text without a date is one of the day of
  /// `today`, if that is given.
  mutating func read(today: DateTime?) -> DateTime? {
    guard !text.isEmpty, text.count <= 100 else { return nil }
    if let today, let time = readTimeAlone() {
      return DateTime(date: today.date).adding(time)
    }
    position = 0
    skipWeekday()
    guard let date = readDay() else { return nil }
    guard position < text.count else { return DateTime(date: date) }
    guard skipDateTimeSeparator(), let time = readTime() else { return nil }
    skipBlanks()
    guard let offset = readZone(), position == text.count else { return nil }
    return DateTime(date: date, timeOfDayTicks: time).subtracting(offset)
  }

  private mutating func readTimeAlone() -> TimeSpan? {
    guard let time = readTime() else { return nil }
    skipBlanks()
    guard let offset = readZone(), position == text.count else { return nil }
    return TimeSpan(ticks: time &- offset.ticks)
  }
}

extension DateTimeTextReader {
  private mutating func readDay() -> CivilDate? {
    guard let first = readNumber(), first.digits <= 4 else { return nil }
    if position == text.count || isTimeStart {
      return first.digits == 4 ? CivilDate(year: first.value, month: 1, day: 1) : nil
    }
    if let month = readMonthName(), let year = readYearAfterName() {
      return CivilDate(year: year, month: month, day: first.value)
    }
    let separator = peek
    guard
      separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/")
        || separator == UInt8(ascii: ".")
    else { return nil }
    position &+= 1
    guard let second = readNumber(), second.digits <= 2 else { return nil }
    let isYearFirst = first.digits == 4
    guard peek == separator else {
      return isYearFirst ? CivilDate(year: first.value, month: second.value, day: 1) : nil
    }
    position &+= 1
    guard let third = readNumber() else { return nil }
    if isYearFirst {
      guard third.digits <= 2 else { return nil }
      return CivilDate(year: first.value, month: second.value, day: third.value)
    }
    guard first.digits <= 2, third.digits == 4, separator != UInt8(ascii: ".") else { return nil }
    return CivilDate(year: third.value, month: first.value, day: second.value)
  }

  /// Reads the year behind a month name; of two digits, 69 to 99 are of the twentieth century.
  private mutating func readYearAfterName() -> Int? {
    guard peek == UInt8(ascii: " ") || peek == UInt8(ascii: "-") else { return nil }
    position &+= 1
    skipBlanks()
    guard let year = readNumber() else { return nil }
    switch year.digits {
    case 4: return year.value
    case 2: return year.value &+ (year.value >= 69 ? 1900 : 2000)
    default: return nil
    }
  }

  /// Reads ` Jan`, `-Jan` or ` January` in any case.
  private mutating func readMonthName() -> Int? {
    let start = position
    guard peek == UInt8(ascii: " ") || peek == UInt8(ascii: "-") else { return nil }
    position &+= 1
    skipBlanks()
    let word = readWord()
    if let index = Self.index(of: word, in: Self.months) { return index &+ 1 }
    position = start
    return nil
  }

  /// Skips `Sat, `, `Saturday, ` and the like; a wrong weekday is not noticed.
  private mutating func skipWeekday() {
    let start = position
    let word = readWord()
    guard Self.index(of: word, in: Self.weekdays) != nil else {
      position = start
      return
    }
    if peek == UInt8(ascii: ",") { position &+= 1 }
    skipBlanks()
  }

  private mutating func skipDateTimeSeparator() -> Bool {
    if peek == UInt8(ascii: ",") { position &+= 1 }
    if peek.map({ $0 | 0x20 }) == UInt8(ascii: "t") {
      position &+= 1
      return true
    }
    guard peek == UInt8(ascii: " ") else { return false }
    skipBlanks()
    return true
  }

  private var isTimeStart: Bool { peek.map { $0 | 0x20 } == UInt8(ascii: "t") }
}

extension DateTimeTextReader {
  /// Reads `H:mm[:ss[.fraction]] [AM|PM]` as ticks since midnight.
  private mutating func readTime() -> Int64? {
    guard let hour = readNumber(), hour.digits <= 2, peek == UInt8(ascii: ":") else { return nil }
    position &+= 1
    guard let minute = readNumber(), minute.digits <= 2, minute.value < 60 else { return nil }
    var ticks = Int64(minute.value) &* TimeSpan.ticksPerMinute
    if peek == UInt8(ascii: ":") {
      position &+= 1
      guard let second = readNumber(), second.digits <= 2, second.value < 60 else { return nil }
      ticks &+= Int64(second.value) &* TimeSpan.ticksPerSecond
      guard let fraction = readFraction() else { return nil }
      ticks &+= fraction
    }
    guard let fullHour = readHalf(of: hour.value) else { return nil }
    return ticks &+ Int64(fullHour) &* TimeSpan.ticksPerHour
  }

  /// Reads `.digits` behind the seconds in ticks; digits beyond the seventh are dropped.
  private mutating func readFraction() -> Int64? {
    guard peek == UInt8(ascii: ".") else { return 0 }
    position &+= 1
    var ticks: Int64 = 0
    var place = TimeSpan.ticksPerSecond / 10
    let start = position
    while let byte = peek, byte &- UInt8(ascii: "0") <= 9 {
      ticks &+= Int64(byte &- UInt8(ascii: "0")) &* place
      place /= 10
      position &+= 1
    }
    return position > start ? ticks : nil
  }

  /// Reads `AM` or `PM` and gives the hour of the day; nil when the hour is out of range.
  private mutating func readHalf(of hour: Int) -> Int? {
    let start = position
    skipBlanks()
    let word = readWord()
    let isAfternoon = Self.matches(word, "pm")
    guard isAfternoon || Self.matches(word, "am") else {
      position = start
      return hour < 24 ? hour : nil
    }
    guard (1...12).contains(hour) else { return nil }
    return hour % 12 &+ (isAfternoon ? 12 : 0)
  }

  /// Reads a zone as the distance from UTC: nothing, `Z`, a name of RFC 822, `+hh:mm`, `+hhmm` or
  /// `+hh`.
  private mutating func readZone() -> TimeSpan? {
    guard let first = peek else { return TimeSpan(ticks: 0) }
    if first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
      position &+= 1
      guard let minutes = readOffsetMinutes() else { return nil }
      let sign: Int64 = first == UInt8(ascii: "-") ? -1 : 1
      return TimeSpan(ticks: sign &* Int64(minutes) &* TimeSpan.ticksPerMinute)
    }
    let word = readWord()
    for (name, hours) in Self.zones where Self.matches(word, name) {
      return TimeSpan(ticks: hours &* TimeSpan.ticksPerHour)
    }
    return nil
  }

  private mutating func readOffsetMinutes() -> Int? {
    guard let first = readNumber() else { return nil }
    var hours = first.value
    var minutes = 0
    if first.digits == 4 {
      hours = first.value / 100
      minutes = first.value % 100
    } else {
      guard first.digits <= 2 else { return nil }
      if peek == UInt8(ascii: ":") {
        position &+= 1
        guard let second = readNumber(), second.digits == 2 else { return nil }
        minutes = second.value
      }
    }
    return hours <= 14 && minutes < 60 ? hours &* 60 &+ minutes : nil
  }
}

extension DateTimeTextReader {
  private var peek: UInt8? { position < text.count ? text[position] : nil }

  private mutating func skipBlanks() {
    while peek == UInt8(ascii: " ") { position &+= 1 }
  }

  /// Reads up to nine digits.
  private mutating func readNumber() -> (value: Int, digits: Int)? {
    let start = position
    var value = 0
    while let byte = peek, byte &- UInt8(ascii: "0") <= 9, position &- start < 9 {
      value = value &* 10 &+ Int(byte &- UInt8(ascii: "0"))
      position &+= 1
    }
    return position > start ? (value, position &- start) : nil
  }

  /// Reads letters of the Latin alphabet.
  private mutating func readWord() -> UnsafeBufferPointer<UInt8> {
    let start = position
    while let byte = peek, (byte | 0x20) &- UInt8(ascii: "a") < 26 { position &+= 1 }
    return UnsafeBufferPointer(rebasing: text[start..<position])
  }

  /// The index of a name that a word of at least three letters is or abbreviates to three.
  private static func index(
    of word: UnsafeBufferPointer<UInt8>,
    in names: [StaticString]
  ) -> Int? {
    guard word.count >= 3 else { return nil }
    return names.firstIndex { name in
      let length = word.count == 3 ? 3 : name.utf8CodeUnitCount
      return word.count == length && hasLetters(word, name)
    }
  }

  private static func matches(
    _ word: UnsafeBufferPointer<UInt8>,
    _ name: StaticString
  ) -> Bool {
    word.count == name.utf8CodeUnitCount && hasLetters(word, name)
  }

  /// Whether the letters of a word start a name in lower case.
  private static func hasLetters(
    _ word: UnsafeBufferPointer<UInt8>,
    _ name: StaticString
  ) -> Bool {
    word.indices.allSatisfy { word[$0] | 0x20 == name.utf8Start[$0] }
  }

  private static let months: [StaticString] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  private static let weekdays: [StaticString] = [
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
  ]

  /// The zone names of RFC 822 with their distance from UTC in hours.
  private static let zones: [(name: StaticString, hours: Int64)] = [
    ("z", 0), ("gmt", 0), ("utc", 0), ("ut", 0), ("est", -5), ("edt", -4), ("cst", -6),
    ("cdt", -5), ("mst", -7), ("mdt", -6), ("pst", -8), ("pdt", -7),
  ]
}
