import Columnar
import PatternMatching

extension ScalarFunction {
  static let punycodeFamily: [ScalarFunction] = [
    punycodeFromString, punycodeToString, punycodeDomainFromString, punycodeDomainToString,
  ]

  static let punycodeFromString = ScalarFunction(
    "punycode_from_string",
    "string",
    "Encodes a text as Punycode.",
    examples: [
      Example("print punycode_from_string(\"académie-française\")", "acadmie-franaise-npb1a"),
      Example("print punycode_from_string(\"艺术\")", "cqv902d"),
    ],
    kernels: [
      .text { (text: TextView, out: TextBuilder) in
        if let points = text.codePoints, let encoded = Punycode.encode(points) {
          out.write(encoded)
        }
      }
    ]
  )

  static let punycodeToString = ScalarFunction(
    "punycode_to_string",
    "string",
    "Decodes Punycode; what is none gives the empty text.",
    examples: [
      Example("print punycode_to_string(\"acadmie-franaise-npb1a\")", "académie-française"),
      Example("print punycode_to_string(\"cqv902d\")", "艺术"),
    ],
    kernels: [
      .text { (text: TextView, out: TextBuilder) in
        for point in Punycode.decode(text) ?? [] { out.write(codePoint: Int64(point)) }
      }
    ]
  )

  static let punycodeDomainFromString = ScalarFunction(
    "punycode_domain_from_string",
    "string",
    "Decodes the labels of a domain name that begin with `xn--`.",
    examples: [
      Example("print punycode_domain_from_string(\"xn--Ge-mia.Bulg.edu\")", "Gáe.Bulg.edu"),
      Example("print punycode_domain_from_string(\"bing.com\")", "bing.com"),
    ],
    kernels: [
      .text { (text: TextView, out: TextBuilder) in
        out.writeLabels(of: text) { label in
          guard label.count > 4, label.hasPrefix("xn--") else { return out.write(label) }
          guard let points = Punycode.decode(label.suffix(from: 4)) else {
            return out.write(label)
          }
          for point in points { out.write(codePoint: Int64(point)) }
        }
      }
    ]
  )

  static let punycodeDomainToString = ScalarFunction(
    "punycode_domain_to_string",
    "string",
    "Encodes the labels of a domain name that are not ASCII, as `xn--` and Punycode.",
    examples: [
      Example(
        "print punycode_domain_to_string(\"Kaledvoulc'h.Artorījos.edu\")",
        "Kaledvoulc'h.xn--Artorjos-ejb.edu"
      ),
      Example("print punycode_domain_to_string(\"bing.com\")", "bing.com"),
    ],
    kernels: [
      .text { (text: TextView, out: TextBuilder) in
        out.writeLabels(of: text) { label in
          guard !UTF8Text.isASCII(label.buffer), let points = label.codePoints,
            let encoded = Punycode.encode(points)
          else { return out.write(label) }
          out.write(Array("xn--".utf8))
          out.write(encoded)
        }
      }
    ]
  )
}

extension TextBuilder {
  /// Writes a domain name label by label; the other three full stops of domain names become `.`.
  fileprivate func writeLabels(of text: TextView, _ body: (TextView) -> Void) {
    var start = 0
    var offset = 0
    while offset < text.count {
      let scalar = UTF8Scalar(at: offset, in: text.buffer)
      if [0x2E, 0x3002, 0xFF0E, 0xFF61].contains(scalar.value) {
        body(text.part(start, offset))
        write(byte: UInt8(ascii: "."))
        start = offset &+ scalar.width
      }
      offset &+= scalar.width
    }
    body(text.suffix(from: start))
  }
}

extension TextView {
  /// The code points of a text that is valid UTF-8, else nil.
  fileprivate var codePoints: [UInt32]? {
    guard UTF8Text.isValid(buffer) else { return nil }
    return characters.map { UTF8Scalar(at: 0, in: $0.buffer).value }
  }
}
