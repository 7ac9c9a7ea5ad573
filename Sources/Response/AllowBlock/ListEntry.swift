public import Columnar
import GRDB

/// An entry of a tenant's allow/block list.
public struct ListEntry: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    /// An address, or a domain with all addresses of it.
    case sender
    case url
    /// SHA-256.
    case fileHash
    case ip
    /// A sender that others pretend to be: `SENDER, SOURCE`, where either may be `*`.
    case spoof

    /// Whether its entries stay until they are removed.
    public var neverExpires: Bool { self == .spoof || self == .ip }
  }

  public enum Action: String, Sendable, CaseIterable {
    case allow, block
  }

  public let reference: ResponseReference
  public let kind: Kind
  public let action: Action
  /// As it is compared: in small letters, without what does not matter.
  public let value: String
  public let note: String
  public let created: DateTime
  public let createdBy: String
  /// nil for one that stays.
  public let expires: DateTime?
  public let removed: DateTime?

  init?(_ row: Row) {
    guard let kind = Kind(rawValue: row["kind"]), let action = Action(rawValue: row["action"])
    else { return nil }
    self.kind = kind
    self.action = action
    reference = ResponseReference(tenant: row["tenant"], number: row["number"])
    value = row["value"]
    note = row["note"]
    created = DateTime(ticks: row["created"])
    createdBy = row["created_by"]
    expires = (row["expires"] as Int64?).map { DateTime(ticks: $0) }
    removed = (row["removed"] as Int64?).map { DateTime(ticks: $0) }
  }

  /// Makes an entry that is kept nowhere.
  public init(
    _ action: Action,
    _ kind: Kind,
    _ value: String,
    expires: DateTime? = nil
  ) throws(ResponseFailure) {
    self.kind = kind
    self.action = action
    self.value = try Self.canonical(value, kind)
    self.expires = expires
    reference = ResponseReference(tenant: "", number: 0)
    note = ""
    created = DateTime(ticks: 0)
    createdBy = ""
    removed = nil
  }

  /// Whether it counts at a time.
  public func holds(at now: DateTime) -> Bool {
    removed == nil && (expires.map { now < $0 } ?? true)
  }

  /// The most bytes of a value.
  private static let longest = 2_048

  /// A value as it is compared, or what is wrong with it.
  static func canonical(_ text: String, _ kind: Kind) throws(ResponseFailure) -> String {
    let value = text.trimmed.lowercased()
    if value.isEmpty { throw ResponseFailure("a value is not empty") }
    if value.utf8.count > longest {
      throw ResponseFailure("a value has at most \(longest) bytes")
    }
    if value.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
      throw ResponseFailure("a value has no control characters")
    }
    switch kind {
    case .sender: return try sender(value)
    case .url: return try MailURL(value).pattern
    case .fileHash: return try hash(value)
    case .ip: return try address(value)
    case .spoof: return try spoof(value)
    }
  }

  private static func sender(_ value: String) throws(ResponseFailure) -> String {
    let parts = value.split(separator: "@", omittingEmptySubsequences: false)
    let domain = parts.last ?? ""
    let isFine =
      parts.count <= 2 && !parts.contains("") && domain.contains(".")
      && !value.contains(" ") && !domain.hasPrefix(".") && !domain.hasSuffix(".")
    if isFine { return value }
    throw ResponseFailure("'\(value)' is no sender; write ann@contoso.com or contoso.com")
  }

  private static func hash(_ value: String) throws(ResponseFailure) -> String {
    if value.utf8.count == 64, value.allSatisfy(\.isHexDigit) { return value }
    throw ResponseFailure("a file is named by its SHA-256, 64 hexadecimal digits")
  }

  private static func address(_ value: String) throws(ResponseFailure) -> String {
    guard NetworkRange(value) != nil else {
      throw ResponseFailure("'\(value)' is no address; write 203.0.113.7, 203.0.113.0/24 or IPv6")
    }
    return value
  }

  private static func spoof(_ value: String) throws(ResponseFailure) -> String {
    let parts = value.split(separator: ",", omittingEmptySubsequences: false).map { part in
      String(part).trimmed
    }
    guard parts.count == 2, !parts.contains(""), parts != ["*", "*"] else {
      throw ResponseFailure(
        "a spoof pair is SENDER, SOURCE, as in 'contoso.com, 203.0.113.0/24'; one may be *"
      )
    }
    return parts.joined(separator: ", ")
  }
}

extension String {
  /// Without blanks at its ends.
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
