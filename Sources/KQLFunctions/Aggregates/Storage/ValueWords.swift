import Columnar

/// A fixed-width value of at most eight bytes as a word: equal values have equal words.
protocol WordValue: FixedWidthValue {
  var word: UInt64 { get }
  init(word: UInt64)
}

extension Bool: WordValue {
  var word: UInt64 { self ? 1 : 0 }
  init(word: UInt64) { self = word != 0 }
}

extension Int32: WordValue {
  var word: UInt64 { UInt64(truncatingIfNeeded: self) }
  init(word: UInt64) { self = Int32(truncatingIfNeeded: word) }
}

extension Int64: WordValue {
  var word: UInt64 { UInt64(bitPattern: self) }
  init(word: UInt64) { self = Int64(bitPattern: word) }
}

extension Double: WordValue {
  /// One NaN and one zero, as group keys have it.
  var word: UInt64 { isNaN ? Double.nan.bitPattern : self == 0 ? 0 : bitPattern }
  init(word: UInt64) { self = Double(bitPattern: word) }
}

extension DateTime: WordValue {
  var word: UInt64 { UInt64(bitPattern: ticks) }
  init(word: UInt64) { self.init(ticks: Int64(bitPattern: word)) }
}

extension TimeSpan: WordValue {
  var word: UInt64 { UInt64(bitPattern: ticks) }
  init(word: UInt64) { self.init(ticks: Int64(bitPattern: word)) }
}

extension ScalarType {
  /// Whether values are handled as words, not as bytes.
  var hasWords: Bool {
    switch self {
    case .bool, .int, .long, .real, .datetime, .timespan: true
    case .decimal, .string, .guid, .dynamic: false
    }
  }

  /// A hash of a value given as bytes; equal values have equal hashes.
  func hash(_ bytes: TextView) -> UInt64 {
    switch self {
    case .dynamic: DynamicView(bytes.base, count: bytes.count).hash
    case .decimal: bytes.decimal.hash
    default: hashBytes(bytes.base, count: bytes.count)
    }
  }

  /// Whether two values given as bytes are equal.
  func areEqual(_ left: TextView, _ right: TextView) -> Bool {
    switch self {
    case .dynamic:
      DynamicView(left.base, count: left.count)
        .isEqual(to: DynamicView(right.base, count: right.count))
    case .decimal: left.decimal == right.decimal
    default: left.isEqual(right)
    }
  }
}

extension TextView {
  /// The decimal whose 16 bytes these are.
  var decimal: Decimal128 {
    guard count == 16 else { return .zero }
    let raw = UnsafeRawPointer(base)
    return Decimal128(
      high: raw.loadUnaligned(as: UInt64.self),
      low: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    )
  }

  /// The identifier whose 16 bytes these are.
  var guid: GUID {
    guard count == 16 else { return GUID(high: 0, low: 0) }
    let raw = UnsafeRawPointer(base)
    return GUID(
      high: raw.loadUnaligned(as: UInt64.self),
      low: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    )
  }
}
