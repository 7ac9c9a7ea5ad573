/// What tells an action: its tenant and its number there, as in `contoso/17`.
public struct ActionReference: Sendable, Hashable, CustomStringConvertible {
  public let tenant: String
  public let number: Int

  public init(tenant: String, number: Int) {
    self.tenant = tenant
    self.number = number
  }

  /// Reads `contoso/17`, or `17` where only one tenant is meant.
  public init(reading text: String, tenants: [String]) throws(ResponseFailure) {
    guard let slash = text.lastIndex(of: "/") else {
      guard let number = Self.number(text[...]) else { throw Self.malformed(text) }
      guard tenants.count == 1 else {
        throw ResponseFailure(
          "'\(text)' may be of several tenants; write TENANT/\(number) or say --tenant NAME"
        )
      }
      self.init(tenant: tenants[0], number: number)
      return
    }
    guard let number = Self.number(text[text.index(after: slash)...]) else {
      throw Self.malformed(text)
    }
    let tenant = String(text[..<slash])
    // One of a tenant that is not theirs looks as if it were not there.
    guard tenants.contains(tenant) else { throw ResponseFailure.missing(text) }
    self.init(tenant: tenant, number: number)
  }

  public var description: String { "\(tenant)/\(number)" }

  private static func number(_ text: Substring) -> Int? {
    guard let number = Int(text), number > 0 else { return nil }
    return number
  }

  private static func malformed(_ text: String) -> ResponseFailure {
    ResponseFailure("'\(text)' is no action; write TENANT/NUMBER as in contoso/17")
  }
}

extension ResponseFailure {
  static func missing(_ action: String) -> ResponseFailure {
    ResponseFailure(
      "there is no action '\(action)' that you may handle; 'harrier actions list' shows them"
    )
  }
}
