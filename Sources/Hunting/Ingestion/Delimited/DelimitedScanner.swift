import CSIMD
import Columnar

/// Cuts a text into records and fields as RFC 4180 has it.
///
/// At least 64 bytes may be read behind the text.
struct DelimitedScanner {
  /// A field of a record.
  struct Field {
    /// The text without quotes around it; doubled quotes inside are still doubled.
    let text: TextView
    let isQuoted: Bool
    let hasDoubledQuotes: Bool
  }

  /// What was found at a position.
  enum Outcome {
    /// A record; the offset behind its line end.
    case record(next: Int)
    /// The text ends inside of the record.
    case incomplete
    /// The record breaks the rules.
    case malformed(String)
  }

  let delimiter: UInt8
  /// The fields of the last record.
  private(set) var fields: [Field] = []

  init(delimiter: UInt8) { self.delimiter = delimiter }

  /// Reads the record at `start`; `isLast` tells that nothing follows `end`.
  mutating func scan(
    _ base: UnsafePointer<UInt8>,
    from start: Int,
    to end: Int,
    isLast: Bool
  ) -> Outcome {
    fields.removeAll(keepingCapacity: true)
    var index = start
    while true {
      if index < end, base[index] == 0x22 {
        guard let close = scanQuoted(base, from: index + 1, to: end, isLast: isLast) else {
          return .incomplete
        }
        index = close
      } else {
        let stop = findStop(base, from: index, to: end)
        if stop == end, !isLast { return .incomplete }
        appendPlain(base, index, stop, end)
        index = stop
      }
      if index >= end { return .record(next: end) }
      if base[index] == delimiter {
        index += 1
      } else if base[index] == 0x0A {
        return .record(next: index + 1)
      } else if base[index] == 0x0D, index + 1 < end || !isLast {
        if index + 1 == end { return .incomplete }
        if base[index + 1] == 0x0A { return .record(next: index + 2) }
        return .malformed("text follows the closing quote of field \(fields.count)")
      } else if base[index] == 0x0D {
        return .record(next: end)
      } else {
        return .malformed("text follows the closing quote of field \(fields.count)")
      }
    }
  }

  /// The next delimiter or line end.
  @inline(__always)
  private func findStop(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
    var index = start
    while index < end {
      let stops =
        csimd_equal_mask16(base + index, delimiter) | csimd_equal_mask16(base + index, 0x0A)
      if stops != 0 { return min(end, index &+ stops.trailingZeroBitCount) }
      index &+= 16
    }
    return end
  }

  @inline(__always)
  private mutating func appendPlain(
    _ base: UnsafePointer<UInt8>,
    _ start: Int,
    _ stop: Int,
    _ end: Int
  ) {
    var count = stop &- start
    // The carriage return of a line end is no part of the field.
    let isLineEnd = stop == end || base[stop] == 0x0A
    if isLineEnd, count > 0, base[stop &- 1] == 0x0D { count &-= 1 }
    let text = TextView(base: base + start, count: count)
    fields.append(Field(text: text, isQuoted: false, hasDoubledQuotes: false))
  }

  /// Reads a quoted field from behind its opening quote; the offset behind the closing one.
  private mutating func scanQuoted(
    _ base: UnsafePointer<UInt8>,
    from start: Int,
    to end: Int,
    isLast: Bool
  ) -> Int? {
    var index = start
    var hasDoubledQuotes = false
    while index < end {
      let stops = csimd_equal_mask16(base + index, 0x22)
      if stops == 0 {
        index &+= 16
        continue
      }
      index &+= stops.trailingZeroBitCount
      if index >= end || (index + 1 == end && !isLast) { return nil }
      if index + 1 < end, base[index + 1] == 0x22 {
        hasDoubledQuotes = true
        index &+= 2
        continue
      }
      let text = TextView(base: base + start, count: index - start)
      fields.append(Field(text: text, isQuoted: true, hasDoubledQuotes: hasDoubledQuotes))
      return index + 1
    }
    return nil
  }
}
