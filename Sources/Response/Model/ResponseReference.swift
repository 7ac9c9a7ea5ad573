/// A thing of a tenant by its number there, as in `contoso/17`.
public struct ResponseReference: Sendable, Hashable, CustomStringConvertible {
  public let tenant: String
  public let number: Int

  public init(tenant: String, number: Int) {
    self.tenant = tenant
    self.number = number
  }

  /// Reads `contoso/17`, or `17` where only one tenant is meant.
  ///
  /// - Parameter kind: what it is the number of, such as `investigation`.
  public init(
    reading text: String,
    kind: String,
    tenants: [String]
  ) throws(ResponseFailure) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let last = parts.last, let number = Int(last), number > 0 else {
      throw ResponseFailure("'\(text)' is no \(kind); write TENANT/NUMBER as in contoso/17")
    }
    let tenant = parts.dropLast().joined(separator: "/")
    if parts.count > 1 {
      // One that is somebody else's looks as if it were not there.
      guard tenants.contains(tenant) else { throw .missing(kind, text) }
      self.init(tenant: tenant, number: number)
      return
    }
    guard tenants.count == 1 else {
      throw ResponseFailure(
        "'\(text)' may be of several tenants; write TENANT/\(number) or choose one with --tenant"
      )
    }
    self.init(tenant: tenants[0], number: number)
  }

  public var description: String { "\(tenant)/\(number)" }
}

extension ResponseFailure {
  static func missing(_ kind: String, _ name: String) -> ResponseFailure {
    ResponseFailure("there is no \(kind) '\(name)'")
  }
}
