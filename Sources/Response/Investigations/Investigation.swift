public import Columnar
import GRDB

/// Where an investigation is in its life.
public enum InvestigationStatus: String, Sendable, CaseIterable {
  /// It waits, since its tenant has too many that are open.
  case queued
  case running
  case noThreatsFound
  /// Threats were found, or a step failed, and nothing is recommended or all of it was rejected.
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
