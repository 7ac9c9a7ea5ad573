public import Columnar
import Alerts
import GRDB

/// Something that somebody hands in, because the mail filter was wrong about it or may be.
public struct Submission: Sendable, Equatable {
  public enum ContentType: String, Sendable, CaseIterable {
    case email, url, file
  }

  public enum Source: String, Sendable, CaseIterable {
    case user, administrator
  }

  /// What the submitter thinks, in Graph's words (`submissionCategory`).
  public enum Category: String, Sendable, CaseIterable {
    case notJunk, spam, phishing, malware

    var isThreat: Bool { self == .phishing || self == .malware }
  }

  public enum Status: String, Sendable, CaseIterable {
    case notStarted, running, succeeded, failed
  }

  public let reference: ResponseReference
  package let id: Int64
  public let contentType: ContentType
  public let source: Source
  public let category: Category
  /// What is handed in, in Graph's names: a mail's id and recipient, a URL, a file's SHA-256.
  public let content: [(name: String, value: String)]
  public let status: Status
  public let result: SubmissionResult?
  public let detail: String
  /// The database's key of the alert that it raised.
  package let alert: String?
  public let submittedBy: String
  public let submitted: DateTime
  public let reviewedBy: String?
  public let reviewed: DateTime?

  init(_ row: Row) {
    id = row["id"]
    reference = ResponseReference(tenant: row["tenant"], number: row["number"])
    contentType = ContentType(rawValue: row["content_type"]) ?? .email
    source = Source(rawValue: row["source"]) ?? .user
    category = Category(rawValue: row["category"]) ?? .notJunk
    content = StoredJSON.members(row["content"]).map { (name: $0.0, value: $0.1) }
    status = Status(rawValue: row["status"]) ?? .notStarted
    result = (row["result"] as String?).flatMap { SubmissionResult(rawValue: $0) }
    detail = row["result_detail"]
    alert = row["alert"]
    submittedBy = row["submitted_by"]
    submitted = DateTime(ticks: row["submitted"])
    reviewedBy = row["reviewed_by"]
    reviewed = (row["reviewed"] as Int64?).map { DateTime(ticks: $0) }
  }

  public static func == (one: Submission, other: Submission) -> Bool { one.id == other.id }

  public subscript(name: String) -> String? { content.first { $0.name == name }?.value }

  /// What it is, for people.
  public var text: String { content.map { "\($0.name)=\($0.value)" }.joined(separator: " ") }
}

/// What a review finds, in Graph's words (`submissionResultCategory`).
public enum SubmissionResult: String, Sendable, CaseIterable {
  case notJunk, spam, phishing, malware, allowedByPolicy, blockedByPolicy, spoof, unknown
  case noResultAvailable, beingAnalyzed, notSubmittedToMicrosoft, phishingSimulation
  case allowedDueToOrganizationOverride, blockedDueToOrganizationOverride
  case allowedDueToUserOverride, blockedDueToUserOverride
  /// Graph's spelling.
  case itemNotfound
  case threatsFound, noThreatsFound, domainImpersonation, userImpersonation, brandImpersonation
  case authenticationFailure, spoofedBlocked, spoofedAllowed, reasonLostInTransit, bulk

  /// What the submission is with it.
  var status: Submission.Status {
    switch self {
    case .beingAnalyzed: .running
    case .itemNotfound, .noResultAvailable, .reasonLostInTransit: .failed
    default: .succeeded
    }
  }

  /// Whether it says that there is nothing bad, so that an allow entry may follow.
  public var isClean: Bool { self == .notJunk || self == .noThreatsFound }

  /// Whether it says that there is something bad, so that a block entry may follow.
  public var isThreat: Bool {
    switch self {
    case .spam, .phishing, .malware, .spoof, .threatsFound, .domainImpersonation,
      .userImpersonation, .brandImpersonation, .spoofedBlocked:
      true
    default: false
    }
  }
}

/// What is handed in.
public struct SubmissionRequest: Sendable {
  public enum Content: Sendable, Equatable {
    case email(id: String, recipient: String)
    case url(String)
    case file(sha256: String)
  }

  public let tenant: String
  public let content: Content
  public let category: Submission.Category
  public let source: Submission.Source

  public init(
    _ content: Content,
    _ category: Submission.Category,
    by source: Submission.Source,
    of tenant: String
  ) {
    self.tenant = tenant
    self.content = content
    self.category = category
    self.source = source
  }

  var contentType: Submission.ContentType {
    switch content {
    case .email: .email
    case .url: .url
    case .file: .file
    }
  }

  /// Its names and values, checked.
  func members() throws(ResponseFailure) -> [(String, String)] {
    switch content {
    case .email(let id, let recipient):
      for value in [id, recipient] where value.isEmpty || value.utf8.count > 1_024 {
        throw ResponseFailure("a mail is named by its NetworkMessageId and its recipient")
      }
      return [("networkMessageId", id), ("recipientEmailAddress", recipient.lowercased())]
    case .url(let url):
      _ = try ListEntry.canonical(url, .url)
      return [("url", url)]
    case .file(let hash): return [("sha256", try ListEntry.canonical(hash, .fileHash))]
    }
  }
}

/// What a review says, and which entry follows.
public struct SubmissionReview: Sendable {
  public let result: SubmissionResult
  public var detail = ""
  /// The entry that follows: what it does, and about what; nil where none does.
  public var entry: (action: ListEntry.Action, kind: ListEntry.Kind, value: String)?
  /// How long that holds; nil for as long as it stays.
  public var days: Int? = EntryRequest.standardDays

  public init(_ result: SubmissionResult) { self.result = result }

  func refusal() -> ResponseFailure? {
    guard let entry else { return nil }
    if entry.action == .allow, !result.isClean {
      return ResponseFailure(
        "an allow entry follows only where nothing bad was found: notJunk or noThreatsFound, "
          + "not \(result.rawValue)"
      )
    }
    if entry.action == .block, !result.isThreat {
      return ResponseFailure("a block entry follows only a threat, not \(result.rawValue)")
    }
    return nil
  }
}
