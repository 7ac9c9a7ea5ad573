public import Columnar
import Hunting

/// What the list of a tenant does with what was handed in.
public struct SubmissionEffect: Sendable {
  private let tables: InvestigationTables

  /// - Parameter tables: where mails are looked up.
  public init(_ tables: InvestigationTables) { self.tables = tables }

  /// What becomes of it if it comes now; of a mail that no row of the last days tells of, what
  /// becomes of one of the sender whom the entries name that followed.
  public func effect(
    on submission: Submission,
    entries: [ListEntry],
    _ list: DeliveryFilter,
    at now: DateTime
  ) throws -> DeliveryFilter.Effect {
    if let id = submission["networkMessageId"],
      let mail = try mail(id, submission["recipientEmailAddress"] ?? "", submission, list, now)
    {
      return mail.effect
    }
    var arriving = ArrivingMail()
    arriving.urls = submission["url"].map { [$0] } ?? []
    arriving.hashes = submission["sha256"].map { [$0] } ?? []
    arriving.sender = entries.first { $0.kind == .sender }?.value
    return list.effect(on: arriving)
  }

  private func mail(
    _ id: String,
    _ recipient: String,
    _ submission: Submission,
    _ list: DeliveryFilter,
    _ now: DateTime
  ) throws -> ExplorerMail? {
    let tenant = submission.reference.tenant
    guard let run = try tables.open().steps(in: tenant, at: now) else { return nil }
    var filter = ExplorerFilter()
    filter.mail = id
    filter.recipient = recipient
    return try Explorer.mails(
      of: tenant,
      filter,
      run.engine,
      list: list,
      budget: run.makeBudget()
    )
    .first
  }
}
