extension ByteSink {
  /// Appends an instant as `tostring` prints it: `2020-01-02T03:04:05.6000000Z`.
  public mutating func append(datetime value: DateTime) {
    let room = room(for: 28)
    let parts = DateTime(ticks: max(0, min(value.ticks, DateTime.maximumTicks))).parts
    TwoDigits.write(parts.date.year / 100, room)
    TwoDigits.write(parts.date.year % 100, room + 2)
    room[4] = UInt8(ascii: "-")
    TwoDigits.write(parts.date.month, room + 5)
    room[7] = UInt8(ascii: "-")
    TwoDigits.write(parts.date.day, room + 8)
    room[10] = UInt8(ascii: "T")
    TwoDigits.write(parts.hour, room + 11)
    room[13] = UInt8(ascii: ":")
    TwoDigits.write(parts.minute, room + 14)
    room[16] = UInt8(ascii: ":")
    TwoDigits.write(parts.second, room + 17)
    room[19] = UInt8(ascii: ".")
    Self.writeFraction(parts.fractionTicks, room + 20)
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
