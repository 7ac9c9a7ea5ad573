/// An address in a mail, as the list compares it: without scheme, user, port and fragment.
struct MailURL: Equatable {
  let host: String
  /// With the `/` before it; empty for the whole host.
  let path: String

  /// Reads an address or a pattern such as `contoso.com/*` and `*.contoso.com`.
  init(_ text: String) throws(ResponseFailure) {
    var rest = text.lowercased()[...]
    let scheme = rest.firstRange(of: "://")
    if let scheme { rest = rest[scheme.upperBound...] }
    if let fragment = rest.firstIndex(of: "#") { rest = rest[..<fragment] }
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    var host = rest[..<end]
    if let user = host.lastIndex(of: "@") { host = host[host.index(after: user)...] }
    if let port = host.lastIndex(of: ":"), !host.hasSuffix("]") { host = host[..<port] }
    while host.hasSuffix(".") { host = host.dropLast() }
    var path = rest[end...]
    while path.hasSuffix("/") || path.hasSuffix("*") { path = path.dropLast() }
    self.host = String(host)
    self.path = String(path)
    let name = host.hasPrefix("*.") ? host.dropFirst(2) : host
    // A host of one word is one only where a scheme says so.
    let isHost = name.contains(".") || (scheme != nil && !name.isEmpty)
    guard isHost, !name.contains("*"), !name.contains(" "), !path.contains(" ") else {
      throw ResponseFailure("'\(text)' is no address; write contoso.com or contoso.com/path")
    }
  }

  /// What is kept of it.
  var pattern: String { host + path }

  /// Whether an address is this one or below it: a path that goes on after it, or, for a host
  /// alone, a host below it.
  func covers(_ other: MailURL) -> Bool {
    let name = host.hasPrefix("*.") ? String(host.dropFirst(2)) : host
    let isBelow = other.host.hasSuffix("." + name)
    if path.isEmpty || host.hasPrefix("*.") {
      guard isBelow || (other.host == name && !host.hasPrefix("*.")) else { return false }
    } else if other.host != name {
      return false
    }
    guard other.path.hasPrefix(path) else { return false }
    let next = other.path.dropFirst(path.count).first
    return next == nil || path.isEmpty || "/?&".contains(next ?? "/") || path.hasSuffix("?")
  }
}
