/// Reads the contents of literals that are not strings.
public enum LiteralText {
  /// What stands between the parentheses of `long(…)`, `datetime(…)` and the like, without blanks
  /// at
  /// the ends; the whole token where there are none, as in `1.5h`.
  ///
  /// A token of kind `timespanLiteral` or `longLiteral` may have either form. `null` is the text
  /// `null`; which texts are values is for the reader of the type to say.
  public static func content(_ token: some Collection<UInt8>) -> [UInt8] {
    let bytes = Array(token)
    guard let open = bytes.firstIndex(of: UInt8(ascii: "(")) else { return bytes }
    var inner = bytes[(open + 1)...]
    if inner.last == UInt8(ascii: ")") { inner.removeLast() }
    while let first = inner.first, isBlank(first) { inner.removeFirst() }
    while let last = inner.last, isBlank(last) { inner.removeLast() }
    return Array(inner)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }
}
