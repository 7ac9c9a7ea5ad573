/// The path of a file as code hosts take it: a relative one without `./` in front, so that they
/// find the file in their checkout.
struct ReportPath {
  /// The path; raw.
  let text: String

  init(_ path: String) {
    var rest = path[...]
    while rest.hasPrefix("./") { rest = rest.dropFirst(2).drop { $0 == "/" } }
    text = rest.isEmpty ? path : String(rest)
  }

  /// The path as a URI reference: what is not unreserved (RFC 3986) is escaped.
  var address: String {
    let digits = Array("0123456789ABCDEF".utf8)
    var address: [UInt8] = text.hasPrefix("/") ? Array("file://".utf8) : []
    for byte in text.utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 47, 95, 126: address.append(byte)
      default: address += [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: address, as: UTF8.self)
  }
}
