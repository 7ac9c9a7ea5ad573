import Columnar

// What a value of one type is as another: the rules of the `to…` functions, which implicit
// conversions follow too. nil is null.

extension Double {
  /// The whole part, kept within the range of a long; nil for NaN.
  var truncatedLong: Int64? {
    if isNaN { return nil }
    if let exact = Int64(exactly: rounded(.towardZero)) { return exact }
    return self < 0 ? Int64.min : Int64.max
  }

  /// The whole part, kept within the range of an int; nil for NaN.
  var truncatedInt: Int32? { truncatedLong.map { Int32(clamping: $0) } }
}

extension TextView {
  /// A text as `toint` reads it: null where the number does not fit.
  var int: Int32? { NumberParsing.long(buffer).flatMap { Int32(exactly: $0) } }

  /// A text as `tobool` reads it: `true` or `false` in any case, or a whole number.
  var bool: Bool? {
    if count == 4, isLetters("true") { return true }
    if count == 5, isLetters("false") { return false }
    guard let first = buffer.first, first == UInt8(ascii: "-") || first &- 48 <= 9 else {
      return nil
    }
    return NumberParsing.long(buffer).map { $0 != 0 }
  }

  /// Whether the bytes are those letters in any case.
  private func isLetters(_ word: StaticString) -> Bool {
    (0..<count).allSatisfy { base[$0] | 0x20 == word.utf8Start[$0] }
  }
}

extension DateTime {
  /// An instant of ticks given as a real.
  init?(realTicks: Double) {
    guard let ticks = Int64(exactly: realTicks.rounded(.towardZero)) else { return nil }
    self.init(checkedTicks: ticks)
  }
}

extension DynamicView {
  /// The text of a string value.
  private var text: TextView? {
    guard let string, let start = string.baseAddress else { return nil }
    return TextView(base: start, count: string.count)
  }

  var convertedLong: Int64? {
    switch kind {
    case .long: long
    case .real: real?.truncatedLong
    case .bool: bool.map { $0 ? 1 : 0 }
    case .string: text.flatMap { NumberParsing.long($0.buffer) }
    case .datetime: datetime?.ticks
    case .timespan: timespan?.ticks
    case .decimal: decimal.flatMap { Int64($0) }
    case .null, .guid, .array, .bag: nil
    }
  }

  var convertedInt: Int32? {
    switch kind {
    case .real: real?.truncatedInt
    case .string: text?.int
    default: convertedLong.map { Int32(truncatingIfNeeded: $0) }
    }
  }

  var convertedReal: Double? {
    switch kind {
    case .long: long.map { Double($0) }
    case .real: real
    case .bool: bool.map { $0 ? 1 : 0 }
    case .string: text.flatMap { NumberParsing.real($0.buffer) }
    case .datetime: datetime.map { Double($0.ticks) }
    case .timespan: timespan.map { Double($0.ticks) }
    case .decimal: decimal.map { Double($0) }
    case .null, .guid, .array, .bag: nil
    }
  }

  var convertedBool: Bool? {
    switch kind {
    case .bool: bool
    case .long: long.map { $0 != 0 }
    case .real: real.map { $0 != 0 }
    case .string: text?.bool
    case .decimal: decimal.map { !$0.isZero }
    case .null, .datetime, .timespan, .guid, .array, .bag: nil
    }
  }

  var convertedDecimal: Decimal128? {
    switch kind {
    case .decimal: decimal
    case .long: long.map { Decimal128($0) }
    case .real: real.flatMap { Decimal128($0) }
    case .bool: bool.map { Decimal128($0 ? Int64(1) : 0) }
    case .string: string.flatMap { Decimal128(parsing: $0) }
    case .datetime: datetime.map { Decimal128($0.ticks) }
    case .timespan: timespan.map { Decimal128($0.ticks) }
    case .null, .guid, .array, .bag: nil
    }
  }

  func convertedDateTime(today: DateTime) -> DateTime? {
    switch kind {
    case .datetime: datetime
    case .string: string.flatMap { DateTime(parsing: $0, today: today) }
    case .long: long.flatMap { DateTime(checkedTicks: $0) }
    case .real: real.flatMap { DateTime(realTicks: $0) }
    case .null, .bool, .timespan, .guid, .decimal, .array, .bag: nil
    }
  }

  var convertedTimeSpan: TimeSpan? {
    switch kind {
    case .timespan: timespan
    case .string: string.flatMap { TimeSpan(parsing: $0) }
    case .long: long.map { TimeSpan(ticks: $0) }
    case .real: real.flatMap { $0.truncatedLong }.map { TimeSpan(ticks: $0) }
    case .null, .bool, .datetime, .guid, .decimal, .array, .bag: nil
    }
  }

  var convertedGUID: GUID? { guid ?? string.flatMap { GUID(parsing: $0) } }
}
