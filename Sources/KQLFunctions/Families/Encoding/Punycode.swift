import Columnar
import PatternMatching

/// The encoding of host names beyond ASCII (RFC 3492).
enum Punycode {
  private static let base = 36
  private static let firstThreshold = 1
  private static let lastThreshold = 26
  private static let initialBias = 72
  private static let initialCode = 128
  /// Longer texts are no labels, and their encoding takes time that grows with the square.
  static let lengthLimit = 4096

  /// Encodes code points without the `xn--`; nil where they are too many.
  static func encode(_ points: [UInt32]) -> [UInt8]? {
    guard points.count <= lengthLimit else { return nil }
    var output = points.filter { $0 < 0x80 }.map { UInt8(truncatingIfNeeded: $0) }
    var handled = output.count
    let basicCount = handled
    if basicCount > 0 { output.append(UInt8(ascii: "-")) }
    var code = initialCode
    var delta = 0
    var bias = initialBias
    while handled < points.count {
      guard let next = points.lazy.map({ Int($0) }).filter({ $0 >= code }).min() else { return nil }
      delta &+= (next &- code) &* (handled &+ 1)
      code = next
      for point in points {
        if Int(point) < code { delta &+= 1 }
        if Int(point) == code {
          append(delta, bias, to: &output)
          bias = adapt(delta, handled &+ 1, isFirst: handled == basicCount)
          delta = 0
          handled &+= 1
        }
      }
      delta &+= 1
      code &+= 1
    }
    return output
  }

  /// Decodes a label without its `xn--`; nil where it is none.
  static func decode(_ text: TextView) -> [UInt32]? {
    guard text.count <= lengthLimit else { return nil }
    let delimiter = text.lastOffset(ofByte: UInt8(ascii: "-"))
    var points: [UInt32] = []
    for offset in 0..<(delimiter ?? 0) {
      guard text[offset] < 0x80 else { return nil }
      points.append(UInt32(text[offset]))
    }
    var offset = delimiter.map { $0 &+ 1 } ?? 0
    var code = initialCode
    var index = 0
    var bias = initialBias
    while offset < text.count {
      let start = index
      guard let step = number(text, &offset, bias) else { return nil }
      index &+= step
      bias = adapt(index &- start, points.count &+ 1, isFirst: start == 0)
      code &+= index / (points.count &+ 1)
      index %= points.count &+ 1
      guard code < 0x11_0000, code &- 0xD800 < 0 || code &- 0xD800 >= 0x800 else { return nil }
      points.insert(UInt32(truncatingIfNeeded: code), at: index)
      index &+= 1
    }
    return points
  }

  private static func threshold(_ digits: Int, _ bias: Int) -> Int {
    max(firstThreshold, min(lastThreshold, digits &- bias))
  }

  private static func append(_ delta: Int, _ bias: Int, to output: inout [UInt8]) {
    var rest = delta
    var digits = base
    while true {
      let limit = threshold(digits, bias)
      if rest < limit { break }
      output.append(digit(limit &+ (rest &- limit) % (base &- limit)))
      rest = (rest &- limit) / (base &- limit)
      digits &+= base
    }
    output.append(digit(rest))
  }

  /// Reads a number of variable length; nil where it is broken or too large.
  private static func number(_ text: TextView, _ offset: inout Int, _ bias: Int) -> Int? {
    var value = 0
    var weight = 1
    var digits = base
    while offset < text.count {
      guard let digit = self.value(text[offset]), weight < 1 << 40 else { return nil }
      offset &+= 1
      value &+= digit &* weight
      guard value < 1 << 40 else { return nil }
      let limit = threshold(digits, bias)
      if digit < limit { return value }
      weight &*= base &- limit
      digits &+= base
    }
    return nil
  }

  private static func adapt(_ delta: Int, _ count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta &+= delta / count
    var steps = 0
    while delta > 455 {
      delta /= base &- firstThreshold
      steps &+= base
    }
    return steps &+ 36 &* delta / (delta &+ 38)
  }

  private static func digit(_ value: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: value < 26 ? value &+ 0x61 : value &- 26 &+ 0x30)
  }

  private static func value(_ byte: UInt8) -> Int? {
    let letter = (byte | 0x20) &- 0x61
    if letter < 26 { return Int(letter) }
    let digit = byte &- 0x30
    return digit < 10 ? Int(digit) &+ 26 : nil
  }
}
