import Columnar

// Percent encoding. `url_encode` writes a blank as `+`, `url_encode_component` as `%20`; the
// digits are in lower case, as the service writes them.

extension ScalarFunction {
  static let urlEncodingFamily: [ScalarFunction] = [urlEncode, urlEncodeComponent, urlDecode]

  static let urlEncode = ScalarFunction(
    "url_encode",
    "url",
    "Encodes what may not stand in a query string.",
    examples: [
      Example(
        "print url_encode(\"https://www.bing.com/hello world\")",
        "https%3a%2f%2fwww.bing.com%2fhello+world"
      ),
      Example("print url_encode(\"a_b-c.d\")", "a_b-c.d"),
    ],
    kernels: [
      .text { (text: TextView, out: TextBuilder) in
        for offset in 0..<text.count {
          let byte = text[offset]
          if byte == 0x20 {
            out.write(byte: UInt8(ascii: "+"))
          } else {
            out.write(byte, keeping: isUnreserved(byte) || "!()*".utf8.contains(byte))
          }
        }
      }
    ]
  )

  static let urlEncodeComponent = ScalarFunction(
    "url_encode_component",
    "url",
    "Encodes what may not stand in a part of a URL.",
    examples: [
      Example(
        "print url_encode_component(\"https://www.bing.com/hello world/\")",
        "https%3a%2f%2fwww.bing.com%2fhello%20world%2f"
      ),
      Example("print url_encode_component(\"a b\")", "a%20b"),
    ],
    kernels: [
      .text { (text: TextView, out: TextBuilder) in
        for offset in 0..<text.count {
          let byte = text[offset]
          out.write(byte, keeping: isUnreserved(byte) || byte == UInt8(ascii: "~"))
        }
      }
    ]
  )

  static let urlDecode = ScalarFunction(
    "url_decode",
    "encoded_url",
    "Decodes percent encoding; `+` stands for a blank.",
    examples: [
      Example(
        "print url_decode(\"https%3a%2f%2fwww.bing.com%2fhello+world\")",
        "https://www.bing.com/hello world"
      ),
      Example("print url_decode(\"100%\")", "100%"),
    ],
    kernels: [
      .text { (text: TextView, out: TextBuilder) in
        out.write(text.percentDecoded(plusIsBlank: true))
      }
    ]
  )
}

/// Whether a byte stands for itself in any part of a URL.
private func isUnreserved(_ byte: UInt8) -> Bool {
  byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || "-_.".utf8.contains(byte)
}

extension TextBuilder {
  /// Writes a byte as it is or as three characters.
  fileprivate func write(_ byte: UInt8, keeping: Bool) {
    if keeping { return write(byte: byte) }
    write(byte: UInt8(ascii: "%"))
    write(byte: hexadecimalDigits[Int(byte &>> 4)])
    write(byte: hexadecimalDigits[Int(byte & 15)])
  }
}

extension TextView {
  /// The text with `%41` and the like decoded; a broken code stays as it is.
  func percentDecoded(plusIsBlank: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    var offset = 0
    while offset < count {
      let byte = self[offset]
      if byte == UInt8(ascii: "%"), offset &+ 2 < count,
        let high = hexadecimalValue(self[offset &+ 1]),
        let low = hexadecimalValue(self[offset &+ 2])
      {
        bytes.append(high &<< 4 | low)
        offset &+= 3
        continue
      }
      bytes.append(byte == UInt8(ascii: "+") && plusIsBlank ? 0x20 : byte)
      offset &+= 1
    }
    return bytes
  }
}
