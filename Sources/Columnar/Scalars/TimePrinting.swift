extension DateTime {
  /// The instant as `tostring` prints it.
  public var text: String {
    var sink = ByteSink(capacity: 32)
    sink.append(datetime: self)
    return sink.text()
  }
}

extension ByteSink {
  /// Appends an instant as `tostring` prints it: `2020-01-02T03:04:05.6000000Z`.
  public mutating func append(datetime value: DateTime) {
    let room = room(for: 28)
    let parts = DateTime(ticks: max(0, min(value.ticks, DateTime.maximumTicks))).parts
    let raw = UnsafeMutableRawPointer(room)
    let year = UInt32(truncatingIfNeeded: parts.date.year)
    let month = UInt32(truncatingIfNeeded: parts.date.month)
    let day = UInt32(truncatingIfNeeded: parts.date.day)
    let date = TwoDigits.four(year / 100, year % 100, month, day)
    raw.storeBytes(of: UInt32(truncatingIfNeeded: date).littleEndian, as: UInt32.self)
    room[4] = UInt8(ascii: "-")
    TwoDigits.store(date, 2, raw + 5)
    room[7] = UInt8(ascii: "-")
    TwoDigits.store(date, 3, raw + 8)
    room[10] = UInt8(ascii: "T")
    let fraction = UInt32(truncatingIfNeeded: parts.fractionTicks)
    let head = fraction / 1_000_000
    let time = TwoDigits.four(
      UInt32(truncatingIfNeeded: parts.hour),
      UInt32(truncatingIfNeeded: parts.minute),
      UInt32(truncatingIfNeeded: parts.second),
      head
    )
    TwoDigits.store(time, 0, raw + 11)
    room[13] = UInt8(ascii: ":")
    TwoDigits.store(time, 1, raw + 14)
    room[16] = UInt8(ascii: ":")
    TwoDigits.store(time, 2, raw + 17)
    // One digit of the fraction, over whose leading zero the point is written.
    TwoDigits.store(time, 3, raw + 19)
    room[19] = UInt8(ascii: ".")
    let rest = fraction &- head &* 1_000_000
    let tail = TwoDigits.four(rest / 10_000, rest / 100 % 100, rest % 100, 0)
    let middle = UInt32(truncatingIfNeeded: tail).littleEndian
    raw.storeBytes(of: middle, toByteOffset: 21, as: UInt32.self)
    TwoDigits.store(tail, 2, raw + 25)
    room[27] = UInt8(ascii: "Z")
    advance(by: 28)
  }

  /// Appends a time span as `tostring` prints it: `[-][d.]hh:mm:ss[.fffffff]`, days and fraction
  /// only where they are not zero.
  public mutating func append(timespan value: TimeSpan) {
    if value.ticks < 0 { append(UInt8(ascii: "-")) }
    let parts = value.parts
    if parts.days > 0 {
      append(unsigned: UInt64(parts.days))
      append(UInt8(ascii: "."))
    }
    let room = room(for: 16)
    TwoDigits.write(parts.hours, room)
    room[2] = UInt8(ascii: ":")
    TwoDigits.write(parts.minutes, room + 3)
    room[5] = UInt8(ascii: ":")
    TwoDigits.write(parts.seconds, room + 6)
    guard parts.fractionTicks > 0 else { return advance(by: 8) }
    room[8] = UInt8(ascii: ".")
    Self.writeFraction(parts.fractionTicks, room + 9)
    advance(by: 16)
  }

  /// Writes seven digits.
  private static func writeFraction(_ ticks: Int, _ room: UnsafeMutablePointer<UInt8>) {
    let rest = UInt32(truncatingIfNeeded: ticks)
    room[0] = UInt8(truncatingIfNeeded: rest / 1_000_000) &+ UInt8(ascii: "0")
    TwoDigits.write(Int(rest / 10_000 % 100), room + 1)
    TwoDigits.write(Int(rest / 100 % 100), room + 3)
    TwoDigits.write(Int(rest % 100), room + 5)
  }
}

/// Writes numbers below 100 as two digits.
enum TwoDigits {
  /// The digits of four numbers below 100 one after the other, the first in the lowest bytes.
  @inline(__always)
  static func four(_ first: UInt32, _ second: UInt32, _ third: UInt32, _ fourth: UInt32) -> UInt64 {
    let numbers =
      UInt64(first) | UInt64(second) &<< 16 | UInt64(third) &<< 32 | UInt64(fourth) &<< 48
    // A tenth of each: 103 / 1024 is exact below 100, and no product leaves its 16 bits.
    let tens = (numbers &* 103) &>> 10 & 0x000F_000F_000F_000F
    let ones = numbers &- tens &* 10
    return tens | ones &<< 8 | 0x3030_3030_3030_3030
  }

  /// Writes the digits of one of four numbers.
  @inline(__always)
  static func store(_ digits: UInt64, _ index: Int, _ room: UnsafeMutableRawPointer) {
    let pair = UInt16(truncatingIfNeeded: digits &>> UInt64(truncatingIfNeeded: index &* 16))
    room.storeBytes(of: pair.littleEndian, as: UInt16.self)
  }

  @inline(__always)
  static func write(_ value: Int, _ room: UnsafeMutablePointer<UInt8>) {
    let value = UInt32(truncatingIfNeeded: value)
    let tens = value / 10
    room[0] = UInt8(truncatingIfNeeded: tens) &+ UInt8(ascii: "0")
    room[1] = UInt8(truncatingIfNeeded: value &- tens &* 10) &+ UInt8(ascii: "0")
  }
}

extension TimeSpan {
  /// The fields of the magnitude of a time span.
  struct Parts {
    var days: Int
    var hours: Int
    var minutes: Int
    var seconds: Int
    var fractionTicks: Int
  }

  /// The fields of the magnitude; the sign is that of `ticks`.
  var parts: Parts {
    let magnitude = ticks.magnitude
    let seconds = magnitude / 10_000_000
    let day = Int(seconds % 86_400)
    return Parts(
      days: Int(seconds / 86_400),
      hours: day / 3600,
      minutes: day / 60 % 60,
      seconds: day % 60,
      fractionTicks: Int(magnitude % 10_000_000)
    )
  }
}
