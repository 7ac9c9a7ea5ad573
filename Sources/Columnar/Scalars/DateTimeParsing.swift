extension DateTime {
  /// Reads an instant as `todatetime` does; nil when the text is none.
  ///
  /// ISO 8601 forms are read by a fast path, the RFC 822, RFC 850 and month-first forms by
  /// `DateTimeTextReader`. A text that has a time but no date is one of the day of `today`, and
  /// is refused without it.
  @inlinable
  public init?(parsing text: UnsafeBufferPointer<UInt8>, today: DateTime? = nil) {
    if let start = text.baseAddress, text.count >= 19,
      let ticks = Self.isoTicks(UnsafeRawPointer(start), count: text.count)
    {
      self.init(ticks: ticks)
    } else {
      self.init(parsingUnusual: text, today: today)
    }
  }

  /// Reads an instant as `todatetime` does; nil when the text is none.
  @inlinable
  public init?(parsing text: [UInt8], today: DateTime? = nil) {
    guard
      let value = text.withUnsafeBufferPointer({ DateTime(parsing: $0, today: today) })
    else { return nil }
    self = value
  }

  /// Reads `yyyy-MM-ddTHH:mm:ss[.fraction][Z]` of at least 19 bytes, eight bytes at a time; nil for
  /// other texts.
  @inlinable @inline(__always)
  static func isoTicks(_ raw: UnsafeRawPointer, count: Int) -> Int64? {
    let day = loadWord(raw, 0) ^ 0x2D30_302D_3030_3030
    let time = loadWord(raw, 8)
    let separator = UInt8(truncatingIfNeeded: time &>> 16)
    let clock = (time & 0xFFFF_FFFF_FF00_FFFF) ^ 0x3030_3A30_3000_3030
    // Adding makes the top bit of a byte appear where a digit is above 9 or a separator wrong.
    let faults =
      day | (day &+ 0x7F76_767F_7676_7676) | clock | (clock &+ 0x7676_7F76_767F_7676)
    let second = UInt32(raw.load(fromByteOffset: 17, as: UInt8.self)) &- 48
    let lastDigit = UInt32(raw.load(fromByteOffset: 18, as: UInt8.self)) &- 48
    guard faults & 0x8080_8080_8080_8080 == 0,
      separator == UInt8(ascii: "T") || separator == UInt8(ascii: " "),
      raw.load(fromByteOffset: 16, as: UInt8.self) == UInt8(ascii: ":"),
      second <= 5, lastDigit <= 9,
      let fraction = isoFraction(raw, count: count)
    else { return nil }
    // Each byte becomes ten times itself plus its right neighbour.
    let dayPairs = day &* 10 &+ day &>> 8
    let clockPairs = clock &* 10 &+ clock &>> 8
    let clockHour = UInt32(truncatingIfNeeded: clockPairs &>> 24 & 0xFF)
    let minute = UInt32(truncatingIfNeeded: clockPairs &>> 48 & 0xFF)
    guard clockHour < 24, minute < 60,
      let dayNumber = CivilDate.dayNumber(
        year: UInt32(truncatingIfNeeded: dayPairs & 0xFF) &* 100
          &+ UInt32(truncatingIfNeeded: dayPairs &>> 16 & 0xFF),
        month: UInt32(truncatingIfNeeded: dayPairs &>> 40 & 0xFF),
        day: UInt32(truncatingIfNeeded: clockPairs & 0xFF)
      )
    else { return nil }
    let seconds = clockHour &* 3600 &+ minute &* 60 &+ second &* 10 &+ lastDigit
    return Int64(dayNumber) &* TimeSpan.ticksPerDay
      &+ Int64(seconds) &* TimeSpan.ticksPerSecond &+ fraction
  }

  /// Reads what follows the 19 bytes of date and time: nothing, `Z` or a fraction with or without
  /// it. Digits beyond 100 ns are dropped.
  @inlinable @inline(__always)
  static func isoFraction(_ raw: UnsafeRawPointer, count: Int) -> Int64? {
    if count == 19 { return 0 }
    let mark = raw.load(fromByteOffset: 19, as: UInt8.self)
    if mark == UInt8(ascii: "Z") { return count == 20 ? 0 : nil }
    guard mark == UInt8(ascii: "."), count > 20 else { return nil }
    if count == 28, let ticks = sevenDigits(loadWord(raw, 20)) { return ticks }
    var ticks: Int64 = 0
    var place: Int64 = 1_000_000
    var index = 20
    while index < count {
      let digit = raw.load(fromByteOffset: index, as: UInt8.self) &- 48
      if digit > 9 {
        return digit == 42 && index &+ 1 == count && index > 20 ? ticks : nil
      }
      ticks &+= Int64(digit) &* place
      place /= 10
      index &+= 1
    }
    return ticks
  }

  /// The number written by seven digits and a `Z`; nil for other bytes.
  @inlinable @inline(__always)
  static func sevenDigits(_ word: UInt64) -> Int64? {
    let digits = word ^ 0x5A30_3030_3030_3030
    guard (digits | (digits &+ 0x7F76_7676_7676_7676)) & 0x8080_8080_8080_8080 == 0 else {
      return nil
    }
    let pairs = (digits &* 10 &+ digits &>> 8) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ pairs &>> 16) & 0x0000_FFFF_0000_FFFF
    let eight = (fours &* 10_000 &+ fours &>> 32) & 0xFFFF_FFFF
    return Int64(bitPattern: eight / 10)
  }

  /// Reads the forms that the fast path leaves.
  @usableFromInline @inline(never)
  init?(parsingUnusual text: UnsafeBufferPointer<UInt8>, today: DateTime?) {
    var reader = DateTimeTextReader(text.trimmed)
    guard let value = reader.read(today: today) else { return nil }
    self = value
  }
}
