import CPCRE2

/// Finds the members of a Unicode property by matching it over all code points, so that set
/// operations see the very tables that the matching library uses.
struct PropertyScanner {
  enum Failure: Error {
    /// The library does not know the property.
    case unknown(String)
    /// The pattern asks for more properties than one may.
    case tooMany
  }

  /// A scan takes some milliseconds, so a pattern may cause only so many.
  private static let scanLimit = 40

  private var known: [String: ScalarSet] = [:]

  mutating func members(of property: String) throws(Failure) -> ScalarSet {
    if let set = known[property] { return set }
    guard known.count < Self.scanLimit else { throw .tooMany }
    let set = try Self.scan(property)
    known[property] = set
    return set
  }

  private static func scan(_ property: String) throws(Failure) -> ScalarSet {
    let source = Array("\\p{\(property)}+".utf8)
    guard case .success(let code) = CompiledPattern.compile(source, [.unicode]),
      let data = pcre2_match_data_create_8(1, nil)
    else { throw .unknown(property) }
    defer { pcre2_match_data_free_8(data) }
    let text = allScalars()
    var ranges: [ScalarSet.Range] = []
    text.withUnsafeBufferPointer { bytes in
      var at = 0
      let options = UInt32(PCRE2_NO_UTF_CHECK)
      while pcre2_match_8(code.pointer, bytes.baseAddress, bytes.count, at, options, data, nil) > 0
      {
        guard let ends = pcre2_get_ovector_pointer_8(data), ends[1] > ends[0] else { break }
        at = ends[1]
        let first = UTF8Scalar(at: ends[0], in: bytes).value
        let last = UTF8Scalar(before: ends[1], in: bytes).value
        ranges.append(ScalarSet.Range(lower: first, upper: last))
      }
    }
    return ScalarSet(unsorted: ranges)
  }

  /// Every code point but the surrogates, in order.
  private static func allScalars() -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(4_400_000)
    for value in UInt32(0)...0x10_FFFF where !(0xD800...0xDFFF).contains(value) {
      UTF8Scalar.append(value, to: &text)
    }
    return text
  }
}
