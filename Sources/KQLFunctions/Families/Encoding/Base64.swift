import Columnar
import PatternMatching

/// The standard alphabet of base64, with padding.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )

  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 0xFF, count: 256)
    for (value, byte) in alphabet.enumerated() {
      values[Int(byte)] = UInt8(truncatingIfNeeded: value)
    }
    return values
  }()

  /// Encodes bytes.
  static func encode(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count &+ 2) / 3 &* 4)
    var offset = 0
    while offset < bytes.count {
      let left = bytes.count &- offset
      let first = UInt32(bytes[offset])
      let second = left > 1 ? UInt32(bytes[offset &+ 1]) : 0
      let third = left > 2 ? UInt32(bytes[offset &+ 2]) : 0
      let word = first &<< 16 | second &<< 8 | third
      text.append(alphabet[Int(word &>> 18)])
      text.append(alphabet[Int(word &>> 12 & 63)])
      text.append(left > 1 ? alphabet[Int(word &>> 6 & 63)] : UInt8(ascii: "="))
      text.append(left > 2 ? alphabet[Int(word & 63)] : UInt8(ascii: "="))
      offset &+= 3
    }
    return text
  }

  /// Decodes a text whose padding is complete; nil for anything else. White space is skipped.
  static func decode(_ text: TextView) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 &* 3)
    var word: UInt32 = 0
    var digits = 0
    var padding = 0
    for offset in 0..<text.count {
      let byte = text[offset]
      if byte == 0x20 || byte &- 9 < 5 { continue }
      if byte == UInt8(ascii: "=") {
        padding &+= 1
        continue
      }
      let value = values[Int(byte)]
      guard value != 0xFF, padding == 0 else { return nil }
      word = word &<< 6 | UInt32(value)
      digits &+= 1
      if digits & 3 == 0 { append(word, 3, to: &bytes) }
    }
    let rest = digits & 3
    guard rest != 1, padding == (rest == 0 ? 0 : 4 &- rest) else { return nil }
    if rest == 2 { append(word &<< 12, 1, to: &bytes) }
    if rest == 3 { append(word &<< 6, 2, to: &bytes) }
    return bytes
  }

  private static func append(_ word: UInt32, _ count: Int, to bytes: inout [UInt8]) {
    for index in 0..<count {
      bytes.append(UInt8(truncatingIfNeeded: word &>> UInt32(truncatingIfNeeded: 16 &- index &* 8)))
    }
  }
}

extension ScalarFunction {
  static let base64Family: [ScalarFunction] = [
    base64Encode, base64Decode, base64DecodeToArray, base64EncodeArray, base64DecodeToGUID,
    base64EncodeGUID,
  ]

  static let base64Encode = ScalarFunction(
    "base64_encode_tostring",
    aliases: [.obsolete("base64_encodestring")],
    "string",
    "Encodes a text as base64.",
    examples: [
      Example("print base64_encode_tostring(\"Kusto\")", "S3VzdG8="),
      Example("print base64_encode_tostring(\"\")", ""),
    ],
    kernels: [
      .text { (text: TextView, out: TextBuilder) in out.write(Base64.encode(text.buffer)) }
    ]
  )

  static let base64Decode = ScalarFunction(
    "base64_decode_tostring",
    aliases: [.obsolete("base64_decodestring")],
    "base64_string",
    "Decodes base64 to a text; what is no base64 or no UTF-8 gives the empty text.",
    examples: [
      Example("print base64_decode_tostring(\"S3VzdG8=\")", "Kusto"),
      Example("print base64_decode_tostring(\"U3RyaW5n0KHR0tGA0L7Rh9C60LA=\")", ""),
    ],
    kernels: [
      .text { (text: TextView, out: TextBuilder) in
        guard let bytes = Base64.decode(text),
          bytes.withUnsafeBufferPointer({ UTF8Text.isValid($0) })
        else { return }
        out.write(bytes)
      }
    ]
  )

  static let base64DecodeToArray = ScalarFunction(
    "base64_decode_toarray",
    "base64_string",
    "Decodes base64 to an array of bytes.",
    examples: [
      Example("print base64_decode_toarray(\"S3VzdG8=\")", "[75,117,115,116,111]"),
      Example("print base64_decode_toarray(\"?\")", "null"),
    ],
    kernels: [
      .dynamic { (text: TextView, writer: inout DynamicWriter) in
        guard let bytes = Base64.decode(text) else { return }
        writer.beginArray()
        for byte in bytes { writer.append(long: Int64(byte)) }
        writer.endArray()
      }
    ]
  )

  static let base64EncodeArray = ScalarFunction(
    "base64_encode_fromarray",
    "base64_string_decoded_as_array:DynamicArray",
    "Encodes an array of bytes as base64.",
    examples: [
      Example("print base64_encode_fromarray(dynamic([75, 117, 115, 116, 111]))", "S3VzdG8="),
      Example("print base64_encode_fromarray(dynamic([256]))", ""),
    ],
    kernels: [
      .text { (array: DynamicView, out: TextBuilder) in
        let bytes = array.elements.compactMap { $0.long.flatMap { UInt8(exactly: $0) } }
        guard bytes.count == array.count else { return }
        bytes.withUnsafeBufferPointer { out.write(Base64.encode($0)) }
      }
    ]
  )

  static let base64DecodeToGUID = ScalarFunction(
    "base64_decode_toguid",
    "base64_string",
    "Decodes base64 of 16 bytes to an identifier, its first three groups lowest byte first.",
    examples: [
      Example(
        "print base64_decode_toguid(\"JpbpECu8dUy7Pv5gbeJXAA==\")",
        "10e99626-bc2b-4c75-bb3e-fe606de25700"
      ),
      Example("print base64_decode_toguid(\"abcd1231\")", "null"),
    ],
    kernels: [
      .map { (text: TextView) -> GUID? in
        guard let bytes = Base64.decode(text), bytes.count == 16 else { return nil }
        return GUID(littleEndianFields: bytes)
      }
    ]
  )

  static let base64EncodeGUID = ScalarFunction(
    "base64_encode_fromguid",
    "guid",
    "Encodes the 16 bytes of an identifier as base64, its first three groups lowest byte first.",
    examples: [
      Example(
        "print base64_encode_fromguid(toguid(\"ae3133f2-6e22-49ae-b06a-16e6a9b212eb\"))",
        "8jMxriJurkmwahbmqbIS6w=="
      ),
      Example("print base64_encode_fromguid(guid(null))", ""),
    ],
    kernels: [
      .text { (guid: GUID, out: TextBuilder) in
        guid.littleEndianFields.withUnsafeBufferPointer { out.write(Base64.encode($0)) }
      }
    ]
  )
}

extension GUID {
  /// The 16 bytes with the first three groups lowest byte first.
  fileprivate var littleEndianFields: [UInt8] {
    Self.places.map { place in
      let half = place < 8 ? high : low
      return UInt8(truncatingIfNeeded: half &>> UInt64(56 &- (place & 7) &* 8))
    }
  }

  fileprivate init(littleEndianFields bytes: [UInt8]) {
    var halves: (high: UInt64, low: UInt64) = (0, 0)
    for (byte, place) in zip(bytes, Self.places) {
      let shifted = UInt64(byte) &<< UInt64(56 &- (place & 7) &* 8)
      if place < 8 { halves.high |= shifted } else { halves.low |= shifted }
    }
    self.init(high: halves.high, low: halves.low)
  }

  /// The place of each byte in the text form.
  private static let places = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]
}
