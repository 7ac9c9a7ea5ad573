import CSIMD

/// Writes JSON string literals.
public enum JSONText {
  /// Appends bytes as a JSON string; invalid UTF-8 becomes U+FFFD.
  public static func append(_ bytes: [UInt8], to sink: inout ByteSink) {
    bytes.withUnsafeBufferPointer { append($0, to: &sink) }
  }

  /// Appends bytes as a JSON string; invalid UTF-8 becomes U+FFFD.
  public static func append(_ bytes: UnsafeBufferPointer<UInt8>, to sink: inout ByteSink) {
    if let base = bytes.baseAddress, csimd_is_ascii(base, bytes.count),
      memchr(base, 0x7F, bytes.count) == nil
    {
      return sink.append(jsonString: bytes)
    }
    sink.append(UInt8(ascii: "\""))
    for byte in String(decoding: bytes, as: UTF8.self).utf8 { append(byte, to: &sink) }
    sink.append(UInt8(ascii: "\""))
  }

  /// Appends a text as a JSON string.
  public static func append(_ text: String, to sink: inout ByteSink) {
    append(Array(text.utf8), to: &sink)
  }

  private static func append(_ byte: UInt8, to sink: inout ByteSink) {
    switch byte {
    case UInt8(ascii: "\""): sink.append("\\\"")
    case UInt8(ascii: "\\"): sink.append("\\\\")
    case 0x0A: sink.append("\\n")
    case 0x0D: sink.append("\\r")
    case 0x09: sink.append("\\t")
    case 0..<0x20, 0x7F:
      let digits = Array("0123456789abcdef".utf8)
      sink.append("\\u00")
      sink.append(digits[Int(byte >> 4)])
      sink.append(digits[Int(byte & 15)])
    default: sink.append(byte)
    }
  }
}
