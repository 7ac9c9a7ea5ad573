/// What a principal may do for a tenant.
public enum Capability: String, CaseIterable, Sendable, Hashable {
  /// Run queries over the tenant's tables.
  case hunt
  /// See alerts and incidents.
  case readIncidents = "read-incidents"
  /// Assign, tag, classify, comment and close incidents.
  case manageIncidents = "manage-incidents"
  /// Write, schedule and run detection rules.
  case manageDetections = "manage-detections"
  /// Take actions on devices, users and files.
  case respond
  /// Name and suspend the tenant, and grant others what may be done for it.
  case manageTenants = "manage-tenants"
}

/// A name for capabilities that go together.
public enum Role: String, CaseIterable, Sendable {
  case reader
  case analyst
  case engineer
  case responder
  case administrator

  /// What the role may do.
  public var capabilities: [Capability] {
    switch self {
    case .reader: [.hunt, .readIncidents]
    case .analyst: [.hunt, .readIncidents, .manageIncidents]
    case .engineer: [.hunt, .readIncidents, .manageDetections]
    case .responder: [.hunt, .readIncidents, .manageIncidents, .respond]
    case .administrator: Capability.allCases
    }
  }
}
