import Alerts
public import Columnar
public import Execution
public import Hunting
import SourceText

/// A mail as Explorer lists it.
public struct ExplorerMail: Sendable, Equatable {
  public let tenant: String
  public let time: DateTime?
  public let id: String
  public let recipient: String
  public let sender: String
  public let subject: String
  public let direction: String
  public let threats: String
  /// Where it is now.
  public let location: MailLocation
  /// What the tenant's allow/block list would do with it if it came now.
  public let effect: DeliveryFilter.Effect

  /// Whether something can be done with it: it is in a cloud mailbox or in quarantine, or only soft
  /// deleted.
  public var isActionable: Bool { location.isActionable }

  /// Whether its sender has a copy that a soft delete may delete too.
  public var hasSendersCopy: Bool { !sender.isEmpty && SendersCopy.exists(direction) }
}

extension Explorer {
  /// The mails of a tenant.
  ///
  /// - Parameters:
  ///   - engine: an engine that sees the tables of that tenant alone.
  ///   - list: what the tenant's allow/block list does.
  public static func mails(
    of tenant: String,
    _ filter: ExplorerFilter,
    _ engine: HuntingEngine,
    list: DeliveryFilter,
    budget: QueryBudget
  ) throws -> [ExplorerMail] {
    var engine = engine
    engine.allowsMissingTables = true
    engine.timeWindow = nil
    let answer = try engine.run(
      SourceText(query),
      parameters: parameters(filter),
      budget: budget
    )
    if let failure = answer.failures.first { throw failure.failure }
    var mails: [ExplorerMail] = []
    guard let result = answer.tables.last?.result else { return [] }
    let names = result.schema.columns.map(\.name)
    try result.forEachRow { row in
      let mail = self.mail(
        of: tenant,
        Dictionary(zip(names, row), uniquingKeysWith: { first, _ in first }),
        list
      )
      if filter.location.map({ $0 == mail.location }) ?? true { mails.append(mail) }
    }
    return mails
  }

  private static func mail(
    of tenant: String,
    _ cells: [String: Scalar],
    _ list: DeliveryFilter
  ) -> ExplorerMail {
    func text(_ name: String) -> String { StepRun.text(cells[name]) ?? "" }
    var time: DateTime?
    if case .datetime(let value) = cells["Timestamp"] { time = value }
    var arriving = ArrivingMail()
    arriving.sender = text("Sender")
    arriving.envelopeSender = text("Envelope")
    arriving.address = text("Address")
    arriving.urls = StoredJSON.texts(text("Urls"))
    arriving.hashes = StoredJSON.texts(text("Hashes"))
    return ExplorerMail(
      tenant: tenant,
      time: time,
      id: text("NetworkMessageId"),
      recipient: text("Recipient"),
      sender: text("Sender"),
      subject: text("Subject"),
      direction: text("EmailDirection"),
      threats: text("ThreatTypes"),
      location: MailLocation(reading: text("Location")),
      effect: list.effect(on: arriving)
    )
  }
}
