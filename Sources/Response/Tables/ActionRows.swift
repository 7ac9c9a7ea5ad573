import Columnar
import Hunting
import Incidents

/// Changes of actions as rows.
enum ActionRows: RowListing {
  /// `Sequence` counts the changes in a tenant from 1: those of one instant have an order.
  static let columns =
    times("Timestamp") + numbers("Sequence")
    + texts("ActionId", "ActionType", "Target", "Status", "Comment", "Actor")
    + [ColumnSchema("IsSystem", .bool)]
    + texts("CurrentStatus", "Source", "ApprovalId", "ActionName", "RequestedBy", "Connector")
    + texts("DeviceId", "NetworkMessageId", "RecipientEmailAddress", "SHA1", "SHA256")
    + texts("AccountSid", "AccountObjectId", "AccountUpn", "OAuthAppId", "AlertId")
    + texts("UndoesActionId")
    + numbers("IncidentNumber", "InvestigationNumber")

  private static let identifiers = [
    "DeviceId": "deviceId", "NetworkMessageId": "networkMessageId",
    "RecipientEmailAddress": "recipientEmailAddress", "SHA1": "sha1", "SHA256": "sha256",
    "AccountSid": "accountSid", "AccountObjectId": "accountObjectId", "AccountUpn": "accountUpn",
    "OAuthAppId": "appId",
  ]

  static func row(
    _ change: ActionChange,
    _ action: ActionRecord,
    sequence: Int64
  ) -> [String: Scalar] {
    var cells: [String: Scalar] = [
      "Timestamp": .datetime(change.at), "Sequence": .long(sequence),
      "ActionId": text(action.reference.description),
      "ActionType": text(action.kind.rawValue), "Target": text(action.target.description),
      "Status": text(change.status), "Comment": text(change.comment),
      "Actor": text(change.actor), "IsSystem": .bool(change.isSystem),
      "CurrentStatus": text(action.status.rawValue), "Source": text(action.source),
      "ApprovalId": text(action.approval), "ActionName": text(action.name),
      "RequestedBy": text(action.requestedBy), "Connector": text(action.connector),
      "AlertId": text(action.alertID ?? ""),
      "UndoesActionId": text(action.undoes?.description ?? ""),
    ]
    for (column, name) in identifiers { cells[column] = text(action.target[name] ?? "") }
    if let number = action.incidentNumber { cells["IncidentNumber"] = .long(number) }
    if let number = action.investigationNumber { cells["InvestigationNumber"] = .long(number) }
    return cells
  }

  /// A mail that was moved, in the words of mail events.
  static func move(_ action: ActionRecord) -> [String: Scalar] {
    let place = action.kind.destination
    var cells: [String: Scalar] = [
      "NetworkMessageId": text(action.target["networkMessageId"] ?? ""),
      "RecipientEmailAddress": text(action.target["recipientEmailAddress"] ?? ""),
      "Action": text("Moved to \(place?.rawValue ?? "")"),
      "ActionType": text("Manual Remediation"),
      "ActionTrigger": text(action.isSystem ? "SystemAction" : "AdminAction"),
      "ActionResult": text("Success"), "DeliveryLocation": text(place?.rawValue ?? ""),
      "ReportId": text("action-\(action.reference.number)"),
    ]
    if let before = MailBefore(reading: action.before).mail {
      cells["SourceLocation"] = text(before.rawValue)
    }
    if let ended = action.ended {
      cells["Timestamp"] = .datetime(ended)
      cells["TimeGenerated"] = .datetime(ended)
    }
    return cells
  }
}

/// The simulated environment as rows.
enum EnvironmentRows: RowListing {
  static let mailColumns =
    texts("NetworkMessageId", "RecipientEmailAddress", "SenderFromAddress", "Subject")
    + texts("EmailDirection", "Location", "SendersCopy") + times("Changed")
  static let deviceColumns =
    texts("DeviceId", "DeviceName", "IsolationType")
    + [ColumnSchema("IsContained", .bool), ColumnSchema("IsRestricted", .bool)]
    + times("LastScan", "LastPackage") + texts("QuarantinedFiles")
  static let identityColumns =
    texts("AccountUpn", "AccountObjectId", "AccountSid")
    + [ColumnSchema("IsEnabled", .bool), ColumnSchema("NeedsPassword", .bool)] + texts("Risk")
  static let consentColumns =
    texts("OAuthAppId", "AppName", "ConsentType", "AccountUpn") + flags("IsGranted")
    + times("Changed")

  /// Adds the rows of a tenant.
  static func append(
    _ table: String,
    of tenant: String,
    _ environment: EnvironmentStore,
    to builder: inout RowBuilder
  ) throws {
    switch table {
    case "SimulatedMails":
      for mail in try environment.mails(of: tenant) { builder.append(row(mail)) }
    case "SimulatedDevices":
      for device in try environment.devices(of: tenant) { builder.append(row(device)) }
    case "SimulatedAppConsents":
      for consent in try environment.consents(of: tenant) { builder.append(row(consent)) }
    default:
      for identity in try environment.identities(of: tenant) { builder.append(row(identity)) }
    }
  }

  private static func row(_ mail: EnvironmentMail) -> [String: Scalar] {
    [
      "Changed": .datetime(DateTime(ticks: mail.changed)),
      "NetworkMessageId": text(mail.message), "RecipientEmailAddress": text(mail.recipient),
      "SenderFromAddress": text(mail.sender), "Subject": text(mail.subject),
      "EmailDirection": text(mail.direction), "Location": text(mail.location.rawValue),
      "SendersCopy": text(mail.copy?.rawValue ?? ""),
    ]
  }

  private static func row(_ device: EnvironmentDevice) -> [String: Scalar] {
    [
      "DeviceId": text(device.id), "DeviceName": text(device.name),
      "IsolationType": text(device.isolation), "IsContained": .bool(device.isContained),
      "IsRestricted": .bool(device.isRestricted),
      "LastScan": time(device.lastScan.map { DateTime(ticks: $0) }),
      "LastPackage": time(device.lastPackage.map { DateTime(ticks: $0) }),
      "QuarantinedFiles": text(device.quarantined.joined(separator: " ")),
    ]
  }

  private static func row(_ identity: EnvironmentIdentity) -> [String: Scalar] {
    [
      "AccountUpn": text(identity.upn), "AccountObjectId": text(identity.objectID),
      "AccountSid": text(identity.sid), "IsEnabled": .bool(identity.isEnabled),
      "NeedsPassword": .bool(identity.needsPassword), "Risk": text(identity.risk),
    ]
  }

  private static func row(_ consent: EnvironmentConsent) -> [String: Scalar] {
    [
      "OAuthAppId": text(consent.app), "AppName": text(consent.name),
      "ConsentType": text(consent.type), "AccountUpn": text(consent.user),
      "IsGranted": .bool(consent.isGranted),
      "Changed": .datetime(DateTime(ticks: consent.changed)),
    ]
  }
}
