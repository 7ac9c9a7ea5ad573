public import Columnar
import GRDB

/// Where an investigation is in its life.
public enum InvestigationStatus: String, Sendable, CaseIterable {
  /// It waits, since its tenant has too many that are open.
  case queued
  case running
  case noThreatsFound
  /// Threats were found, a step failed, or tables are not there on which a verdict rests, and
  /// nothing is recommended or all of it was rejected.
  case partiallyInvestigated
  case pendingAction
  case partiallyRemediated
  case remediated
  case failed
  case terminatedBySystem
  case terminatedByUser

  public var isOpen: Bool {
    switch self {
    case .queued, .running, .pendingAction: true
    default: false
    }
  }

  /// Graph's word for it, which its alert has as `investigationState`.
  public var graphState: String {
    switch self {
    case .queued: "queued"
    case .running: "running"
    case .noThreatsFound: "benign"
    case .partiallyInvestigated: "partiallyInvestigated"
    case .pendingAction: "pendingApproval"
    case .partiallyRemediated: "partiallyRemediated"
    case .remediated: "successfullyRemediated"
    case .failed: "failed"
    case .terminatedBySystem: "terminatedBySystem"
    case .terminatedByUser: "terminatedByUser"
    }
  }

  /// Whether the alert is done with, as the product has it for benign and remediated ones.
  var resolvesAlert: Bool { self == .noThreatsFound || self == .remediated }
}

/// An automated investigation as the database keeps it.
public struct Investigation: Sendable, Equatable {
  package let id: Int64
  public let reference: ResponseReference
  public let playbook: Playbook
  /// What started it, in the product's words.
  public let kind: InvestigationKind
  public let status: InvestigationStatus
  public let detail: String
  package let alert: String?
  public let requestedBy: String
  public let isSystem: Bool
  public let created: DateTime
  public let started: DateTime?
  public let ended: DateTime?

  init(_ row: Row) {
    id = row["id"]
    reference = ResponseReference(tenant: row["tenant"], number: row["number"])
    playbook = Playbook(rawValue: row["playbook"]) ?? .phishingMail
    kind = InvestigationKind(rawValue: row["kind"]) ?? .manual
    status = InvestigationStatus(rawValue: row["status"]) ?? .failed
    detail = row["detail"]
    alert = row["alert"]
    requestedBy = row["requested_by"]
    isSystem = row["is_system"]
    created = DateTime(ticks: row["created"])
    started = (row["started"] as Int64?).map { DateTime(ticks: $0) }
    ended = (row["ended"] as Int64?).map { DateTime(ticks: $0) }
  }

  public var tenant: String { reference.tenant }
}

/// What started an investigation, in the product's words.
public enum InvestigationKind: String, Sendable, CaseIterable {
  case manual = "Manual investigation"
  case userReported = "User-reported messages"
  case zappedFile = "Zapped File"
  case zappedURL = "Zapped URL"
  case verdictChange = "URL verdict change"
  case userCompromised = "User compromised"
  case passwordSpray = "Password spray"
  case appConsent = "App consent"
  case deviceMalware = "Malware on a device"
  /// A detection rule asks for it.
  case rule = "Detection rule"
}
