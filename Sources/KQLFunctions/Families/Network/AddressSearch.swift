import Columnar

// `has_ipv4` and its kin look for whole addresses in a text: valid ones, with no letter or digit
// next to them.

extension ScalarFunction {
  static let addressSearchFamily: [ScalarFunction] = [
    hasIPv4, hasIPv4Prefix, hasAnyIPv4, hasAnyIPv4Prefix,
  ]

  static let hasIPv4 = ScalarFunction(
    "has_ipv4",
    "source:StringOrDynamic ip",
    "Tells whether a text has an IPv4 address.",
    examples: [
      Example("print has_ipv4(\"05:04:54 127.0.0.1 GET\", \"127.0.0.1\")", "true"),
      Example("print has_ipv4(\"05:04:54127.0.0.1 GET\", \"127.0.0.1\")", "false"),
    ],
    kernels: [.addressSearch(isPrefix: false, isVariadic: false)]
  )

  static let hasIPv4Prefix = ScalarFunction(
    "has_ipv4_prefix",
    "source:StringOrDynamic ip_prefix",
    "Tells whether a text has an IPv4 address that starts with whole parts.",
    examples: [
      Example("print has_ipv4_prefix(\"05:04:54 127.0.0.1 GET\", \"127.0.\")", "true"),
      Example("print has_ipv4_prefix(\"05:04:54 127.0.0.1 GET\", \"127.0\")", "false"),
    ],
    kernels: [.addressSearch(isPrefix: true, isVariadic: false)]
  )

  static let hasAnyIPv4 = ScalarFunction(
    "has_any_ipv4",
    "source:StringOrDynamic ips:string*1... | source:StringOrDynamic ips:DynamicArray",
    "Tells whether a text has any of several IPv4 addresses.",
    examples: [
      Example("print has_any_ipv4(\"from 127.0.0.1\", \"127.0.0.1\", \"127.0.0.2\")", "true"),
      Example("print has_any_ipv4(\"from 127.0.0.1\", dynamic([\"127.0.0.2\"]))", "false"),
    ],
    kernels: [.addressSearch(isPrefix: false, isVariadic: true)]
  )

  static let hasAnyIPv4Prefix = ScalarFunction(
    "has_any_ipv4_prefix",
    """
    source:StringOrDynamic ip_prefixes:string*1...
    | source:StringOrDynamic ip_prefixes:DynamicArray
    """,
    "Tells whether a text has an IPv4 address that starts with any of several prefixes.",
    examples: [
      Example("print has_any_ipv4_prefix(\"from 127.0.0.1\", \"127.0.\", \"10.\")", "true"),
      Example("print has_any_ipv4_prefix(\"from 127.0.0.1\", dynamic([\"127.0\"]))", "false"),
    ],
    kernels: [.addressSearch(isPrefix: true, isVariadic: true)]
  )
}

extension ScalarKernel {
  fileprivate static func addressSearch(isPrefix: Bool, isVariadic: Bool) -> ScalarKernel {
    ScalarKernel(
      [.type(.string), isVariadic ? .any : .type(.string)],
      minimumCount: 2,
      isVariadic: isVariadic,
      result: .bool
    ) { call in
      let lists = call.arguments.dropFirst()
      func wanted(_ row: Int) -> AddressNeedles {
        AddressNeedles(lists.flatMap { $0.scalar(at: row).spread }, isPrefix: isPrefix)
      }
      let isConstant = lists.allSatisfy { $0.constant != nil }
      let prepared = isConstant ? call.site.prepare(AddressNeedles.self) { wanted(0) } : nil
      return try liftFixed(call) {
        let sources = TextReader(call.arguments[0])
        return { row in (prepared ?? wanted(row)).lie(in: sources[row]) }
      }
    }
  }
}

/// Addresses or prefixes to look for.
private final class AddressNeedles {
  private let texts: [[UInt8]]
  private let isPrefix: Bool

  /// Leaves out what is neither an address nor, where asked for, a prefix.
  init(_ values: [Scalar], isPrefix: Bool) {
    self.isPrefix = isPrefix
    texts = values.compactMap { value in
      guard case .string(let text) = value else { return nil }
      let isGood = text.bytes.withTextView { view in
        var parser = IPv4Parser(view)
        if parser.address() != nil, parser.isAtEnd { return true }
        return isPrefix && Self.isPartialAddress(view)
      }
      return isGood ? text.bytes : nil
    }
  }

  /// Whether a text is one to three parts, each with its dot.
  private static func isPartialAddress(_ text: TextView) -> Bool {
    guard text.count > 1, text[text.count - 1] == UInt8(ascii: ".") else { return false }
    var parts = 0
    var isValid = true
    let dot = [UInt8(ascii: ".")]
    dot.withTextView { delimiter in
      text.part(0, text.count - 1).forEachPart(between: delimiter) { part, _ in
        parts += 1
        isValid = isValid && part.count <= 3 && (part.decimalNumber ?? 256) <= 255
      }
    }
    return isValid && parts <= 3
  }

  /// Whether a text has one of them.
  func lie(in source: TextView) -> Bool {
    if texts.isEmpty { return false }
    var offset = 0
    while offset < source.count {
      let isStart = source[offset] &- 0x30 < 10 && (offset == 0 || !source.isWord(offset - 1))
      guard isStart else {
        offset &+= 1
        continue
      }
      var parser = IPv4Parser(source, at: offset)
      let isAddress = parser.address() != nil
      let isWhole = parser.isAtEnd || !source.isWord(parser.offset)
      if isAddress, isWhole, matches(source.part(offset, parser.offset)) { return true }
      offset &+= 1
    }
    return false
  }

  private func matches(_ address: TextView) -> Bool {
    texts.contains { text in
      text.withTextView { wanted in
        let isPartial = isPrefix && wanted[wanted.count - 1] == UInt8(ascii: ".")
        return wanted.isEqual(isPartial ? address.part(0, wanted.count) : address)
      }
    }
  }
}

extension TextView {
  /// Whether the byte at an offset is a letter or digit; bytes beyond ASCII count as letters.
  fileprivate func isWord(_ offset: Int) -> Bool {
    let byte = self[offset]
    return byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte >= 0x80
  }
}
