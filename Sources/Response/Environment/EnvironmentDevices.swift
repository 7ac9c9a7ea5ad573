import Columnar
import GRDB

/// What an action changes of a device or an identity.
private struct StateChange {
  /// The assignment of SQL that it is.
  let set: String
  let value: any DatabaseValueConvertible & Sendable
  /// Where it has that state already; empty for what is done as often as one likes.
  let isSo: String
  let done: String
  let before: String
}

extension EnvironmentWriter {
  func changeDevice(_ order: ActionOrder) throws -> ActionOutcome {
    let device = order.target["deviceId"]?.lowercased() ?? ""
    let found = try rows(
      "SELECT * FROM devices WHERE tenant = ? AND id = ?",
      [order.tenant, device]
    )
    guard let row = found.first else { return Self.unknown(device) }
    let change = deviceChange(order, row)
    if !change.isSo.isEmpty { return ActionOutcome(.alreadyRemediated, change.isSo) }
    try run(
      "UPDATE devices SET \(change.set) = ? WHERE tenant = ? AND id = ?",
      [change.value, order.tenant, device]
    )
    return ActionOutcome(.completed, change.done, before: change.before)
  }

  private func deviceChange(_ order: ActionOrder, _ row: Row) -> StateChange {
    let isolation: String = row["isolation"]
    let isContained: Bool = row["is_contained"]
    let isRestricted: Bool = row["is_restricted"]
    switch order.kind {
    case .isolateDevice:
      let kind = order.parameters["isolationType"] == "selective" ? "selective" : "full"
      return StateChange(
        set: "isolation",
        value: kind,
        isSo: isolation == kind ? "the device is isolated already (\(kind))" : "",
        done: "isolated (\(kind))",
        before: isolation
      )
    case .releaseDevice:
      return StateChange(
        set: "isolation",
        value: "",
        isSo: isolation.isEmpty ? "the device is not isolated" : "",
        done: "released from isolation",
        before: isolation
      )
    case .containDevice, .releaseContainment:
      let wanted = order.kind == .containDevice
      return StateChange(
        set: "is_contained",
        value: wanted,
        isSo: isContained == wanted ? "the device is \(wanted ? "" : "not ")contained already" : "",
        done: wanted ? "contained" : "released from containment",
        before: "\(isContained)"
      )
    case .restrictAppExecution, .removeAppRestriction:
      let wanted = order.kind == .restrictAppExecution
      return StateChange(
        set: "is_restricted",
        value: wanted,
        isSo: isRestricted == wanted
          ? "the device is \(wanted ? "" : "not ")restricted already" : "",
        done: wanted ? "only trusted programs run" : "all programs run again",
        before: "\(isRestricted)"
      )
    case .collectInvestigationPackage:
      return StateChange(
        set: "last_package",
        value: now,
        isSo: "",
        done: "a package is collected",
        before: ""
      )
    default:
      return StateChange(set: "last_scan", value: now, isSo: "", done: "scanned", before: "")
    }
  }

  func changeIdentity(_ order: ActionOrder) throws -> ActionOutcome {
    guard let row = try identity(order.target, order.tenant) else {
      return ActionOutcome(
        .failed,
        "no user \(order.target) is known; ingest IdentityInfo that tells of it"
      )
    }
    let change = identityChange(order.kind, row)
    if !change.isSo.isEmpty { return ActionOutcome(.alreadyRemediated, change.isSo) }
    try run(
      "UPDATE identities SET \(change.set) = ? WHERE id = ?",
      [change.value, row["id"] as Int64]
    )
    return ActionOutcome(.completed, change.done, before: change.before)
  }

  func identity(_ target: ActionTarget, _ tenant: String) throws -> Row? {
    let columns = [("accountSid", "sid"), ("accountObjectId", "object_id"), ("accountUpn", "upn")]
    for (name, column) in columns {
      guard let value = target[name]?.lowercased() else { continue }
      return try rows(
        "SELECT * FROM identities WHERE tenant = ? AND \(column) = ? ORDER BY id LIMIT 1",
        [tenant, value]
      )
      .first
    }
    return nil
  }

  private func identityChange(_ kind: ActionKind, _ row: Row) -> StateChange {
    let isEnabled: Bool = row["is_enabled"]
    let needsPassword: Bool = row["needs_password"]
    let risk: String = row["risk"]
    switch kind {
    case .disableUser, .enableUser:
      let wanted = kind == .enableUser
      return StateChange(
        set: "is_enabled",
        value: wanted,
        isSo: isEnabled == wanted ? "the user is \(wanted ? "enabled" : "disabled") already" : "",
        done: wanted ? "enabled" : "disabled",
        before: isEnabled ? "enabled" : "disabled"
      )
    case .markUserAsCompromised:
      return StateChange(
        set: "risk",
        value: "high",
        isSo: risk == "high" ? "the user's risk is high already" : "",
        done: "the user's risk is high",
        before: risk
      )
    case .confirmUserSafe:
      return StateChange(
        set: "risk",
        value: "none",
        isSo: risk == "none" ? "the user has no risk" : "",
        done: "the user has no risk",
        before: risk
      )
    default:
      return StateChange(
        set: "needs_password",
        value: true,
        isSo: needsPassword ? "the user needs a new password already" : "",
        done: "the user needs a new password",
        before: ""
      )
    }
  }
}
