import Columnar
import GRDB
import OperationalStore

/// What an action changes of a device or an identity.
private struct StateChange {
  /// The assignment of SQL that it is.
  let set: String
  let value: any StatementArgument
  /// Where it has that state already; empty for what is done as often as one likes.
  let isSo: String
  let done: String
  let before: String

  /// A state that a device has or has not.
  static func flag(_ column: String, _ before: Bool, _ wanted: Bool, _ name: String) -> StateChange
  {
    let state = wanted ? name : "not " + name
    return StateChange(
      set: column,
      value: wanted,
      isSo: before == wanted ? "the device is \(state) already" : "",
      done: state,
      before: "\(before)"
    )
  }
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
    switch order.kind {
    case .isolateDevice, .releaseDevice: isolation(order, row["isolation"])
    case .containDevice:
      .flag("is_contained", row["is_contained"], true, "contained")
    case .releaseContainment:
      .flag("is_contained", row["is_contained"], false, "contained")
    case .restrictAppExecution:
      .flag("is_restricted", row["is_restricted"], true, "restricted to trusted programs")
    case .removeAppRestriction:
      .flag("is_restricted", row["is_restricted"], false, "restricted to trusted programs")
    case .collectInvestigationPackage:
      StateChange(
        set: "last_package",
        value: now,
        isSo: "",
        done: "a package is collected",
        before: ""
      )
    default: StateChange(set: "last_scan", value: now, isSo: "", done: "scanned", before: "")
    }
  }

  private func isolation(_ order: ActionOrder, _ before: String) -> StateChange {
    let isAsked = order.kind == .isolateDevice
    let kind = order.parameters[ActionKind.isolationType] == "selective" ? "selective" : "full"
    let wanted = isAsked ? kind : ""
    let state = isAsked ? "isolated (\(kind))" : "not isolated"
    return StateChange(
      set: "isolation",
      value: wanted,
      isSo: before == wanted ? "the device is \(state) already" : "",
      done: state,
      before: before
    )
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
