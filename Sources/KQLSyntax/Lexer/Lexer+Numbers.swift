import SourceText

extension Lexer {
  /// Reads what starts with a digit: a number, a timespan such as `1.5h`, or a name such as `2x`.
  mutating func readNumberOrWord() {
    if readRawGuid() { return }
    if let length = realLength() { return add(.realLiteral, length: length) }
    if let length = timespanLength() { return add(.timespanLiteral, length: length) }
    if let length = longLength() { return add(.longLiteral, length: length) }
    readPlainWord(wordLength(at: position))
  }

  private func digitsLength(_ start: Int) -> Int {
    var index = start
    while CharacterClass.isDigit(peek(index)) { index += 1 }
    return index - start
  }

  /// The length of `1.5`, `1.`, `1e3`; nil where no real number is.
  ///
  /// `1..2` is a range of whole numbers, but `1...2` starts with `1.`.
  private func realLength() -> Int? {
    var length = digitsLength(0)
    let hasPoint =
      peek(length) == UInt8(ascii: ".")
      && (peek(length + 1) != UInt8(ascii: ".") || peek(length + 2) == UInt8(ascii: "."))
    if hasPoint { length += 1 + digitsLength(length + 1) }
    let exponent = exponentLength(length)
    guard hasPoint || exponent > 0 else { return nil }
    length += exponent
    return isNameCharacter(length) ? nil : length
  }

  private func exponentLength(_ start: Int) -> Int {
    guard peek(start) | 0x20 == UInt8(ascii: "e") else { return 0 }
    let sign = peek(start + 1) == UInt8(ascii: "+") || peek(start + 1) == UInt8(ascii: "-") ? 1 : 0
    let digits = digitsLength(start + 1 + sign)
    return digits == 0 ? 0 : 1 + sign + digits
  }

  private func timespanLength() -> Int? {
    var length = digitsLength(0)
    if peek(length) == UInt8(ascii: ".") {
      let fraction = digitsLength(length + 1)
      if fraction > 0 { length += 1 + fraction }
    }
    guard CharacterClass.isASCIILetter(peek(length)) else { return nil }
    let unitLength = wordLength(at: position + length)
    let unit = bytes[position + length..<position + length + unitLength]
    return Self.units.contains(Array(unit)) ? length + unitLength : nil
  }

  private func longLength() -> Int? {
    if peek() == UInt8(ascii: "0"), peek(1) | 0x20 == UInt8(ascii: "x") {
      var length = 2
      while CharacterClass.hexValue(peek(length)) != nil { length += 1 }
      return length == 2 || isNameCharacter(length) ? nil : length
    }
    let length = digitsLength(0)
    return isNameCharacter(length) ? nil : length
  }

  private static let units: Set<[UInt8]> = Set(
    [
      "d", "day", "days", "h", "hr", "hrs", "hour", "hours", "m", "min", "minute", "minutes",
      "s", "sec", "second", "seconds", "ms", "milli", "millis", "millisec", "millisecond",
      "milliseconds", "micro", "micros", "microsec", "microsecond", "microseconds", "nano",
      "nanos", "nanosec", "nanosecond", "nanoseconds", "tick", "ticks",
    ].map { Array($0.utf8) }
  )
}
