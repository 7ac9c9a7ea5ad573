/// Maps single code points between cases, one to one and free of any culture.
///
/// The tables hold Unicode's simple mappings, made once from the standard library's properties.
/// As in ordinal comparison that ignores case, the dotless i (U+0131), the long s (U+017F) and
/// the dotted capital I (U+0130) have no partner: an ASCII letter equals only itself in the
/// other case, so the Kelvin sign (U+212A) does not match `k` either.
public enum CaseMapping {
  /// The code points that have a partner, as differences from it, in pages of 256.
  struct Table: Sendable {
    /// Page number of each 256 code points below `limit`; page 0 holds no mapping.
    var pages: [UInt8]
    /// Differences to the partner, 256 for each page.
    var differences: [Int32]

    static let limit: UInt32 = 0x1_F000

    @inline(__always)
    func map(_ value: UInt32) -> UInt32 {
      guard value < Self.limit else { return value }
      let page = Int(pages[Int(value &>> 8)])
      let difference = differences[page &<< 8 | Int(value & 0xFF)]
      return UInt32(bitPattern: Int32(bitPattern: value) &+ difference)
    }

    /// Builds the table of a mapping, which gives nil for what does not change.
    init(_ partner: (Unicode.Scalar) -> UInt32?) {
      pages = [UInt8](repeating: 0, count: Int(Self.limit) / 256)
      differences = [Int32](repeating: 0, count: 256)
      for page in 0..<pages.count {
        // Ideographs and Hangul have no case; to skip them makes the first use faster.
        if (0x34..<0xA6).contains(page) || (0xAC..<0xD8).contains(page) { continue }
        fill(page, partner)
      }
    }

    private mutating func fill(_ page: Int, _ partner: (Unicode.Scalar) -> UInt32?) {
      var own = -1
      for low in 0..<256 {
        let value = UInt32(truncatingIfNeeded: page &<< 8 | low)
        guard let scalar = Unicode.Scalar(value), let other = partner(scalar) else { continue }
        if own < 0 {
          own = differences.count
          differences.append(contentsOf: repeatElement(0, count: 256))
          pages[page] = UInt8(truncatingIfNeeded: own / 256)
        }
        differences[own &+ low] = Int32(bitPattern: other) &- Int32(bitPattern: value)
      }
    }
  }

  private static let upperTable = Table { scalar in
    let properties = scalar.properties
    guard properties.changesWhenUppercased else { return nil }
    return single(properties.uppercaseMapping) ?? single(properties.titlecaseMapping)
  }

  private static let lowerTable = Table { scalar in
    let properties = scalar.properties
    guard properties.changesWhenLowercased else { return nil }
    return single(properties.lowercaseMapping)
  }

  private static func single(_ text: String) -> UInt32? {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, scalars.count == 1 else { return nil }
    return first.value
  }

  /// The simple upper case of a code point as Unicode has it, without the exceptions above.
  static func simpleUpper(_ value: UInt32) -> UInt32 { upperTable.map(value) }

  /// The simple lower case of a code point as Unicode has it.
  static func simpleLower(_ value: UInt32) -> UInt32 { lowerTable.map(value) }

  /// The upper case of a code point in the invariant culture.
  @inline(__always)
  public static func upper(_ value: UInt32) -> UInt32 {
    if value < 0x80 { return value &- 0x61 < 26 ? value &- 0x20 : value }
    if value == 0x131 || value == 0x17F { return value }
    return upperTable.map(value)
  }

  /// The lower case of a code point in the invariant culture.
  @inline(__always)
  public static func lower(_ value: UInt32) -> UInt32 {
    if value < 0x80 { return value &- 0x41 < 26 ? value &+ 0x20 : value }
    if value == 0x130 { return value }
    return lowerTable.map(value)
  }

  /// What comparison that ignores case compares: two code points are equal where this is.
  @inline(__always)
  public static func fold(_ value: UInt32) -> UInt32 { upper(value) }

  /// All code points with the same `fold` as this one, itself among them, ascending.
  static func variants(_ value: UInt32) -> [UInt32] {
    let key = fold(value)
    var found = Set([value, key, lower(key)])
    // A capital with several small forms (sigma, iota, theta ...) has them in the same blocks or
    // in the few listed here, so all that can fold to it are tried.
    for candidate in manyToOne where fold(candidate) == key { found.insert(candidate) }
    return found.filter { fold($0) == key }.sorted()
  }

  /// The code points whose capital has another small form as well.
  private static let manyToOne: [UInt32] = (0x80..<Table.limit).filter { value in
    let key = fold(value)
    return key != value && lower(key) != value
  }
}
