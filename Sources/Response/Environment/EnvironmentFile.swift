import Alerts
import Columnar
public import StructuredText

/// What a line of a file of the environment says: a mail, a device, a user, an inbox rule or a
/// consent to an app.
public enum EnvironmentItem: Sendable, Equatable {
  case mail(EnvironmentMail)
  case device(EnvironmentDevice)
  case identity(EnvironmentIdentity)
  case rule(EnvironmentRule)
  case consent(EnvironmentConsent)

  /// Reads an object; its `kind` is mail, device, identity, inboxRule or appConsent.
  public init(_ node: DocumentNode, now: Int64) throws(ResponseFailure) {
    let node = node.storable
    switch node["kind"]?.text {
    case "mail":
      let location = try Self.location(node)
      let arriving = try Self.arriving(node)
      self = .mail(
        EnvironmentMail(
          message: try Self.needed("networkMessageId", node),
          recipient: try Self.needed("recipientEmailAddress", node),
          sender: try Self.text("sender", node),
          subject: try Self.text("subject", node),
          direction: try Self.text("direction", node),
          location: location,
          changed: now,
          arriving: arriving
        )
      )
    case "device": self = .device(try Self.device(node))
    case "identity": self = .identity(try Self.identity(node))
    case "inboxRule":
      self = .rule(
        EnvironmentRule(
          mailbox: try Self.needed("mailboxPrimaryAddress", node),
          name: try Self.needed("ruleName", node),
          description: try Self.text("description", node)
        )
      )
    case "appConsent": self = .consent(try Self.consent(node, now))
    case let kind:
      throw ResponseFailure(
        "the kind '\(kind ?? "")' is none of mail, device, identity, inboxRule and appConsent"
      )
    }
  }

  private static func device(_ node: DocumentNode) throws(ResponseFailure) -> EnvironmentDevice {
    EnvironmentDevice(
      id: try needed("deviceId", node),
      name: try text("name", node),
      isolation: try choice("isolation", ["", "full", "selective"], node),
      isContained: node["isContained"]?.boolean ?? false,
      isRestricted: node["isRestricted"]?.boolean ?? false,
      quarantined: node["quarantined"]?.items?.compactMap(\.text) ?? []
    )
  }

  private static func consent(
    _ node: DocumentNode,
    _ now: Int64
  ) throws(ResponseFailure) -> EnvironmentConsent {
    EnvironmentConsent(
      app: try needed("appId", node),
      name: try text("appName", node),
      user: try text("accountUpn", node),
      isGranted: node["isGranted"]?.boolean ?? true,
      changed: now
    )
  }

  private static func identity(_ node: DocumentNode) throws(ResponseFailure) -> EnvironmentIdentity
  {
    let identity = EnvironmentIdentity(
      sid: try text("accountSid", node),
      objectID: try text("accountObjectId", node),
      upn: try text("accountUpn", node),
      isEnabled: node["isEnabled"]?.boolean ?? true,
      needsPassword: node["needsPassword"]?.boolean ?? false,
      risk: try choice("risk", ["none", "low", "medium", "high"], node)
    )
    if identity.sid.isEmpty, identity.objectID.isEmpty, identity.upn.isEmpty {
      throw ResponseFailure("an identity needs accountSid, accountObjectId or accountUpn")
    }
    return identity
  }

  private static func location(_ node: DocumentNode) throws(ResponseFailure) -> MailLocation {
    let text = try needed("location", node)
    if let exact = MailLocation(rawValue: text) { return exact }
    return MailLocation(reading: text)
  }

  /// What the allow/block list looks at of a mail.
  private static func arriving(_ node: DocumentNode) throws(ResponseFailure) -> ArrivingMail {
    var mail = ArrivingMail()
    mail.sender = try text("sender", node)
    mail.address = try text("senderIp", node)
    mail.urls = node["urls"]?.items?.compactMap(\.text) ?? []
    mail.hashes = node["sha256"]?.items?.compactMap(\.text) ?? []
    return mail
  }

  private static func needed(
    _ key: String,
    _ node: DocumentNode
  ) throws(ResponseFailure) -> String {
    let found = try text(key, node)
    if found.isEmpty { throw ResponseFailure("'\(key)' is missing") }
    return found
  }

  private static func text(_ key: String, _ node: DocumentNode) throws(ResponseFailure) -> String {
    let text = node[key]?.text ?? ""
    if text.utf8.count > longest {
      throw ResponseFailure("'\(key)' has more than \(longest) bytes")
    }
    return text
  }

  /// One of some words, the first of which stands for none.
  private static func choice(
    _ key: String,
    _ words: [String],
    _ node: DocumentNode
  ) throws(ResponseFailure) -> String {
    let text = node[key]?.text ?? words[0]
    if words.contains(text) { return text }
    throw ResponseFailure("'\(key)' is \(words.filter { !$0.isEmpty }.joined(separator: ", "))")
  }

  private static let longest = 4_096
}

extension EnvironmentStore {
  /// Sets things as items say that they are.
  public func load(_ items: [EnvironmentItem], of tenant: String) throws {
    try write { writer in
      for item in items {
        switch item {
        case .mail(let mail): try writer.keep(mail, tenant, isNewer: false)
        case .device(let device): try writer.keep(device, tenant)
        case .identity(let identity): try writer.keep(identity, tenant)
        case .rule(let rule): try writer.keep(rule, tenant)
        case .consent(let consent): try writer.keep(consent, tenant, isNewer: false)
        }
      }
    }
  }
}
