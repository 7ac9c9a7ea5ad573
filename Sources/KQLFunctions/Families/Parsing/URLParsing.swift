import Columnar

extension ScalarFunction {
  static let urlParsingFamily: [ScalarFunction] = [parseURL, parseURLQuery]

  static let parseURL = ScalarFunction(
    "parse_url",
    aliases: [.obsolete("parseurl")],
    "url",
    "Takes a URL apart into a bag of its parts.",
    examples: [
      Example(
        "print parse_url(\"https://me:pw@host:1234/a/path?k1=v1&k2=v2#top\")",
        "{\"Scheme\":\"https\",\"Host\":\"host\",\"Port\":\"1234\",\"Path\":\"/a/path\","
          + "\"Username\":\"me\",\"Password\":\"pw\",\"Query Parameters\":{\"k1\":\"v1\","
          + "\"k2\":\"v2\"},\"Fragment\":\"top\"}"
      ),
      Example("print tostring(parse_url(\"https://bing.com\").Host)", "bing.com"),
    ],
    kernels: [
      .dynamic { (url: TextView, writer: inout DynamicWriter) in URLParts(url).write(to: &writer) }
    ]
  )

  static let parseURLQuery = ScalarFunction(
    "parse_urlquery",
    aliases: [.obsolete("parseurlquery")],
    "query",
    "Takes the query of a URL apart into a bag of its parameters.",
    examples: [
      Example(
        "print parse_urlquery(\"k1=v1&k2=v2\")",
        "{\"Query Parameters\":{\"k1\":\"v1\",\"k2\":\"v2\"}}"
      ),
      Example("print tostring(parse_urlquery(\"a=1\")[\"Query Parameters\"].a)", "1"),
    ],
    kernels: [
      .dynamic { (query: TextView, writer: inout DynamicWriter) in
        writer.beginBag()
        writer.appendQuery(query.hasPrefix("?") ? query.suffix(from: 1) : query)
        writer.endBag()
      }
    ]
  )
}

/// The parts of a URL; what is missing is empty.
private struct URLParts {
  var scheme: TextView
  var user: TextView
  var password: TextView
  var host: TextView
  var port: TextView
  var path: TextView
  var query: TextView
  var fragment: TextView

  init(_ url: TextView) {
    let empty = url.part(0, 0)
    (scheme, user, password, host, port) = (empty, empty, empty, empty, empty)
    var rest = url
    fragment = Self.cut(&rest, UInt8(ascii: "#"))
    query = Self.cut(&rest, UInt8(ascii: "?"))
    guard let schemeEnd = Self.schemeEnd(rest) else {
      path = rest
      return
    }
    scheme = rest.part(0, schemeEnd)
    let hierarchy = rest.suffix(from: schemeEnd + 3)
    let slash = hierarchy.firstOffset(ofByte: UInt8(ascii: "/")) ?? hierarchy.count
    path = hierarchy.suffix(from: slash)
    readAuthority(hierarchy.part(0, slash))
  }

  private mutating func readAuthority(_ authority: TextView) {
    host = authority
    if let at = authority.lastOffset(ofByte: UInt8(ascii: "@")) {
      user = authority.part(0, at)
      host = authority.suffix(from: at + 1)
      password = Self.cut(&user, UInt8(ascii: ":"))
    }
    let bracket = host.lastOffset(ofByte: UInt8(ascii: "]")) ?? -1
    if let colon = host.lastOffset(ofByte: UInt8(ascii: ":")), colon > bracket {
      port = host.suffix(from: colon + 1)
      host = host.part(0, colon)
    }
  }

  /// Cuts off what follows a byte, the byte itself too.
  private static func cut(_ text: inout TextView, _ byte: UInt8) -> TextView {
    guard let place = text.firstOffset(ofByte: byte) else { return text.part(0, 0) }
    let tail = text.suffix(from: place + 1)
    text = text.part(0, place)
    return tail
  }

  /// Where the `://` behind a scheme starts.
  private static func schemeEnd(_ text: TextView) -> Int? {
    guard let colon = text.firstOffset(ofByte: UInt8(ascii: ":")), colon > 0,
      text.suffix(from: colon).hasPrefix("://")
    else { return nil }
    for offset in 0..<colon {
      let byte = text[offset]
      let isLetter = (byte | 0x20) &- 0x61 < 26
      let isOther = byte &- 0x30 < 10 || "+-.".utf8.contains(byte)
      if !isLetter && (offset == 0 || !isOther) { return nil }
    }
    return colon
  }

  func write(to writer: inout DynamicWriter) {
    writer.beginBag()
    writer.appendMember("Scheme", scheme)
    writer.appendMember("Host", host)
    writer.appendMember("Port", port)
    writer.appendMember("Path", path)
    writer.appendMember("Username", user)
    writer.appendMember("Password", password)
    writer.appendQuery(query)
    writer.appendMember("Fragment", fragment)
    writer.endBag()
  }
}

extension DynamicWriter {
  /// Appends the member with the parameters of a query, as they are written.
  fileprivate mutating func appendQuery(_ query: TextView) {
    appendName("Query Parameters")
    beginBag()
    var pairs: [TextView] = []
    let ampersand = [UInt8(ascii: "&")]
    ampersand.withTextView { delimiter in
      query.forEachPart(between: delimiter) { part, _ in pairs.append(part) }
    }
    for pair in pairs where pair.count > 0 {
      let equals = pair.firstOffset(ofByte: UInt8(ascii: "=")) ?? pair.count
      appendName(pair.part(0, equals).buffer)
      append(text: pair.suffix(from: equals + 1))
    }
    endBag()
  }
}
