import GRDB
import Incidents

/// How far investigations of a tenant, or of a group of its devices, act by themselves.
public enum AutomationLevel: String, Sendable, CaseIterable {
  /// Actions on devices are approved by the system; those on mails and users never are.
  case full
  /// Somebody approves each action.
  case semi
  /// Alerts start no investigation.
  case none

  /// Where nothing is set.
  public static let standard = AutomationLevel.semi
}

/// A level that was set.
public struct AutomationSetting: Sendable, Equatable {
  public let tenant: String
  /// The group of devices; empty for all that have none of their own.
  public let deviceGroup: String
  public let level: AutomationLevel
  public let changedBy: String
}

/// The levels of a tenant.
struct AutomationLevels: Equatable {
  private var levels: [String: AutomationLevel] = [:]

  init(_ reader: some IncidentReading, _ tenant: String) throws {
    for row in try reader.rows("SELECT * FROM automation_levels WHERE tenant = ?", [tenant]) {
      let group: String = row["device_group"]
      levels[group.lowercased()] = AutomationLevel(rawValue: row["level"])
    }
  }

  var tenant: AutomationLevel { levels[""] ?? .standard }

  var hasGroups: Bool { levels.keys.contains { !$0.isEmpty } }

  func level(ofGroup group: String?) -> AutomationLevel {
    group.flatMap { levels[$0.lowercased()] } ?? tenant
  }
}
