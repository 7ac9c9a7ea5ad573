public import Columnar
import Execution
import Hunting
import SourceText

/// Finds out whether the data of a tenant tell of what somebody wants to have investigated, or
/// hands in: what nobody knows has nothing that could be looked at.
public struct SubjectSearch: Sendable {
  private let tables: InvestigationTables

  public init(_ tables: InvestigationTables) { self.tables = tables }

  /// Refuses what the data of a tenant do not tell of.
  public func require(_ subject: InvestigationSubject, of tenant: String, at now: DateTime) throws {
    guard let run = try tables.open().steps(in: tenant, at: now) else {
      throw ResponseFailure("the tenant '\(tenant)' is suspended")
    }
    if try isKnown(subject.id, subject.recipient, subject.query, run) { return }
    let places = subject.places
    guard let recipient = subject.recipient,
      try isKnown(subject.id, nil, subject.query, run)
    else {
      throw ResponseFailure(
        "the tenant '\(tenant)' has no \(subject.kind) '\(subject.id)': no row of \(places) has it"
      )
    }
    throw ResponseFailure(
      "the mail '\(subject.id)' of '\(tenant)' has no recipient '\(recipient)' in \(places)"
    )
  }

  private func isKnown(
    _ id: String,
    _ recipient: String?,
    _ query: String,
    _ run: StepRun
  ) throws -> Bool {
    let answer = try run.engine.run(
      SourceText(query),
      parameters: [
        "Id": .string(ByteString(id)), "Recipient": .string(ByteString(recipient ?? "")),
      ],
      budget: run.makeBudget()
    )
    if let failure = answer.failures.first { throw failure.failure }
    return (answer.tables.last?.result.rowCount ?? 0) > 0
  }
}

extension InvestigationSubject {
  fileprivate var id: String {
    switch self {
    case .mail(let id, _), .user(let id), .device(let id): id
    }
  }

  fileprivate var recipient: String? {
    if case .mail(_, let recipient) = self { return recipient }
    return nil
  }

  fileprivate var kind: String {
    switch self {
    case .mail: "mail"
    case .user: "user"
    case .device: "device"
    }
  }

  /// Where it is looked for, in words.
  fileprivate var places: String {
    switch self {
    case .mail: "EmailEvents"
    case .user: "IdentityInfo, sign-ins, mails, clicks and alerts"
    case .device: "DeviceInfo, device events and alerts"
    }
  }

  /// Has a row where the tables tell of it.
  fileprivate var query: String {
    let declaration = "declare query_parameters(Id:string, Recipient:string);\n"
    switch self {
    case .mail:
      return declaration + """
        EmailEvents
        | where NetworkMessageId =~ Id
        | where isempty(Recipient) or RecipientEmailAddress =~ Recipient
        | project NetworkMessageId
        | take 1
        """
    case .user:
      let senders = "(EmailEvents | where EmailDirection !~ 'Inbound'"
      let recipients = "(EmailEvents | where EmailDirection !~ 'Outbound'"
      return declaration + """
        union (IdentityInfo | project User = AccountUpn),
          (EntraIdSignInEvents | project User = AccountUpn),
          (AADSignInEventsBeta | project User = AccountUpn),
          (IdentityLogonEvents | project User = AccountUpn),
          (UrlClickEvents | project User = AccountUpn),
          (CloudAppEvents | project User = AccountId),
          (AlertEvidence | project User = AccountUpn),
          \(senders) | project User = SenderFromAddress),
          \(recipients) | project User = RecipientEmailAddress)
        | where User =~ Id
        | take 1
        """
    case .device:
      return declaration + """
        union (DeviceInfo | project DeviceId), (AlertEvidence | project DeviceId),
          (DeviceEvents | project DeviceId), (DeviceProcessEvents | project DeviceId),
          (DeviceNetworkEvents | project DeviceId), (DeviceFileEvents | project DeviceId),
          (DeviceLogonEvents | project DeviceId)
        | where DeviceId =~ Id
        | take 1
        """
    }
  }
}
