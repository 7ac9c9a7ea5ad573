import Alerts
import Columnar
import GRDB
public import Incidents
public import OperationalStore
import StructuredText

/// What people hand in, in the database that it shares with alerts.
public struct SubmissionStore: Sendable {
  private let incidents: IncidentStore

  public init(_ incidents: IncidentStore) { self.incidents = incidents }

  /// Submissions of tenants, the newest first.
  public func submissions(
    of tenants: [String],
    limit: Int = 50,
    offset: Int = 0
  ) throws(StoreFailure) -> [Submission] {
    try incidents.database.read { database in
      try IncidentReader(database: database).rows(
        """
        SELECT * FROM submissions
        WHERE tenant IN (\(tenants.map { _ in "?" }.joined(separator: ",")))
        ORDER BY id DESC LIMIT \(limit) OFFSET \(offset)
        """,
        StatementArguments(tenants)
      )
      .map(Submission.init)
    }
  }

  /// How many submissions of tenants there are in all.
  public func submissionCount(of tenants: [String]) throws(StoreFailure) -> Int {
    try incidents.database.read { database in
      try IncidentReader(database: database).rows(
        """
        SELECT count(*) AS count FROM submissions
        WHERE tenant IN (\(tenants.map { _ in "?" }.joined(separator: ",")))
        """,
        StatementArguments(tenants)
      )
      .first?["count"] ?? 0
    }
  }

  public func submission(_ reference: ResponseReference) throws -> Submission {
    let found = try incidents.database.read { database in
      try IncidentReader(database: database).submission(reference)
    }
    guard let found else { throw ResponseFailure.missing("submission", reference.description) }
    return found
  }

  /// The alert that a submission raised, and the entries that followed.
  public func links(
    of submission: Submission
  ) throws(StoreFailure) -> (alert: IncidentAlert?, entries: [ListEntry]) {
    try incidents.database.read { database in
      let reader = IncidentReader(database: database)
      let alert = try submission.alert.flatMap { try reader.alert(key: $0) }
      let entries = try reader.rows(
        "SELECT * FROM allow_block_entries WHERE submission = ? ORDER BY id",
        [submission.id]
      )
      return (alert, entries.compactMap(ListEntry.init))
    }
  }

  /// Keeps what is handed in. A mail that a user thinks to be malware or phish raises an alert,
  /// which starts its playbook.
  public func add(_ request: SubmissionRequest, by actor: Actor) throws -> Submission {
    let members = try request.members()
    let made = try incidents.write { writer in
      let number = try ResponseWriter(writer).nextNumber("submission", of: request.tenant)
      try writer.run(
        """
        INSERT INTO submissions (tenant, number, content_type, source, category, content, status,
          submitted_by, submitted)
        VALUES (?, ?, ?, ?, ?, ?, 'notStarted', ?, ?)
        """,
        [
          request.tenant, number, request.contentType.rawValue, request.source.rawValue,
          request.category.rawValue, StoredJSON.mapping(members), actor.name, writer.now.ticks,
        ]
      )
      return ResponseReference(tenant: request.tenant, number: number)
    }
    if request.source == .user, request.category.isThreat,
      case .email(let id, let recipient) = request.content
    {
      try raiseAlert(for: made, mail: id, recipient: recipient.lowercased())
    }
    return try submission(made)
  }

  /// The title of the alert about a mail that a user hands in.
  static let alertTitle = "An email message is reported by a user as malware or phish"

  /// Raises the alert about a mail; one that was raised before is linked.
  private func raiseAlert(
    for reference: ResponseReference,
    mail: String,
    recipient: String
  ) throws {
    let quoted = JSONDocumentWriter.quoted
    let id = "submission-\(reference.number)"
    let time = quoted(incidents.now.text)
    let kind = "#microsoft.graph.security."
    let text = """
      {"id":\(quoted(id)),"title":\(quoted(Self.alertTitle)),"severity":"low","status":"new",
      "serviceSource":"microsoftDefenderForOffice365","detectionSource":"userReported",
      "category":"InitialAccess","createdDateTime":\(time),"firstActivityDateTime":\(time),
      "evidence":[{"@odata.type":\(quoted(kind + "analyzedMessageEvidence")),
      "networkMessageId":\(quoted(mail)),"recipientEmailAddress":\(quoted(recipient))},
      {"@odata.type":\(quoted(kind + "mailboxEvidence")),"primaryAddress":\(quoted(recipient))}]}
      """
    let node = try TextDocument(Array(text.utf8), format: .json).root
    let outcome = try AlertIntake(incidents).take([node]) { _ in reference.tenant }
    if let refusal = outcome.refused.first { throw ResponseFailure(refusal.reason) }
    try incidents.write { writer in
      guard let alert = try writer.alert(id, reference.tenant) else { return }
      try writer.run(
        "UPDATE submissions SET alert = ? WHERE tenant = ? AND number = ?",
        [alert.key, reference.tenant, reference.number]
      )
    }
  }

  /// Keeps what a review finds, with the entry that follows, in one transaction.
  public func review(
    _ reference: ResponseReference,
    _ review: SubmissionReview,
    by actor: Actor
  ) throws -> Submission {
    if let refusal = review.refusal() { throw refusal }
    let known = try submission(reference)
    let entry = try entry(review, known)
    let refusal: ResponseFailure? = try incidents.write { writer in
      guard let current = try writer.submission(reference) else {
        return .missing("submission", reference.description)
      }
      if current.status == .succeeded || current.status == .failed {
        return ResponseFailure(
          "\(reference) was reviewed by \(current.reviewedBy ?? "somebody") before"
        )
      }
      try writer.run(
        """
        UPDATE submissions SET status = ?, result = ?, result_detail = ?, reviewed_by = ?,
          reviewed = ?
        WHERE id = ?
        """,
        [
          review.result.status.rawValue, review.result.rawValue, review.detail, actor.name,
          writer.now.ticks, current.id,
        ]
      )
      if let (request, value) = entry { _ = try writer.add(request, value, by: actor) }
      return nil
    }
    if let refusal { throw refusal }
    return try submission(reference)
  }

  /// The entry that follows a review, checked.
  private func entry(
    _ review: SubmissionReview,
    _ submission: Submission
  ) throws(ResponseFailure) -> (EntryRequest, String)? {
    guard let wanted = review.entry else { return nil }
    var request = EntryRequest(
      wanted.action,
      wanted.kind,
      wanted.value,
      of: submission.reference.tenant
    )
    if !wanted.kind.neverExpires { request.days = review.days }
    request.note = "submission \(submission.reference.number)"
    request.submission = submission.id
    if let refusal = request.refusal() { throw refusal }
    return (request, try ListEntry.canonical(wanted.value, wanted.kind))
  }
}

extension IncidentReading {
  func submission(_ reference: ResponseReference) throws -> Submission? {
    try rows(
      "SELECT * FROM submissions WHERE tenant = ? AND number = ?",
      [reference.tenant, reference.number]
    )
    .first.map(Submission.init)
  }
}
