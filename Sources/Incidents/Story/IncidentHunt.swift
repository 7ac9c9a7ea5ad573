import Alerts
import Columnar
import DetectionRules

/// A query over all that is known of an incident's devices, users, mails, files and addresses
/// while it went on: "go hunt".
public struct IncidentHunt: Sendable, Equatable {
  /// KQL.
  public let query: String

  /// Columns in which a table has something of a kind.
  private struct Place {
    let table: String
    let column: String
  }

  /// - Parameters:
  ///   - tables: those that there are; others are left out.
  ///   - tenantID: the `TenantId` of the incident's tenant, where rows of others may be read too.
  /// - Returns: nil where nothing of the incident can be looked for.
  public init?(_ details: IncidentDetails, tables: Set<String>, tenantID: String? = nil) {
    var terms: [String: [String: Set<String>]] = [:]
    for item in details.evidence {
      for (kind, value) in Self.values(of: item.evidence) {
        for place in Self.places[kind] ?? [] where tables.contains(place.table) {
          terms[place.table, default: [:]][place.column, default: []].insert(value)
        }
      }
    }
    if terms.isEmpty { return nil }
    let incident = details.incident
    let hour = TimeSpan.ticksPerHour
    let from = DateTime(ticks: incident.firstActivity.ticks - hour)
    let to = DateTime(ticks: incident.lastActivity.ticks + hour)
    let branches = terms.keys.sorted().map { table in
      let conditions = (terms[table] ?? [:]).sorted { $0.key < $1.key }.map { column, values in
        "\(column) in~ (\(values.sorted().map(Self.literal).joined(separator: ", ")))"
      }
      let condition = conditions.joined(separator: " or ")
      let tenant = tenantID.map { "where TenantId == \(Self.literal($0)) | " } ?? ""
      return "  (\(table) | \(tenant)where \(condition) | extend SourceTable = \"\(table)\")"
    }
    query = """
      // of the tenant '\(incident.tenant)'
      union
      \(branches.joined(separator: ",\n"))
      | where Timestamp between (datetime(\(from.text)) .. datetime(\(to.text)))
      | order by Timestamp asc

      """
  }

  private enum Kind {
    case deviceId, deviceName, address, upn, objectId, sid, mail, sha1, sha256, url
  }

  private static func values(of item: Evidence) -> [(Kind, String)] {
    // Accounts that every machine has and files of the system would find everything.
    let keys = CorrelationKeys([item])
    let isUser = !keys.assets.isEmpty
    let isRare = !keys.keys.isEmpty
    let names: [(Kind, String?)] =
      switch EntityKind(rawValue: item.kind) {
      case .host: [(.deviceId, item["DeviceId"]), (.deviceName, item["FullName"])]
      case .account where isUser:
        [(.upn, item["FullName"]), (.objectId, item["AadUserId"]), (.sid, item["Sid"])]
      case .mailbox: [(.upn, item["MailboxPrimaryAddress"])]
      case .mailMessage: [(.mail, item["NetworkMessageId"])]
      case .file where isRare, .process where isRare:
        [(.sha1, item["SHA1"]), (.sha256, item["SHA256"])]
      case .ip: [(.address, item["Address"])]
      case .url: [(.url, item["Url"])]
      default: []
      }
    return names.compactMap { kind, value in value.map { (kind, $0) } }
  }

  private static let onDevices = [
    "DeviceEvents", "DeviceFileEvents", "DeviceImageLoadEvents", "DeviceLogonEvents",
    "DeviceNetworkEvents", "DeviceProcessEvents", "DeviceRegistryEvents",
  ]

  private static let places: [Kind: [Place]] = [
    .deviceId: onDevices.map { Place(table: $0, column: "DeviceId") },
    .deviceName: onDevices.map { Place(table: $0, column: "DeviceName") },
    .address: [
      Place(table: "DeviceNetworkEvents", column: "RemoteIP"),
      Place(table: "IdentityLogonEvents", column: "IPAddress"),
      Place(table: "EmailEvents", column: "SenderIPv4"),
      Place(table: "UrlClickEvents", column: "IPAddress"),
    ],
    .upn: [
      Place(table: "IdentityLogonEvents", column: "AccountUpn"),
      Place(table: "EntraIdSignInEvents", column: "AccountUpn"),
      Place(table: "UrlClickEvents", column: "AccountUpn"),
      Place(table: "EmailEvents", column: "RecipientEmailAddress"),
      Place(table: "DeviceProcessEvents", column: "AccountUpn"),
    ],
    .objectId: [
      Place(table: "CloudAppEvents", column: "AccountObjectId"),
      Place(table: "IdentityLogonEvents", column: "AccountObjectId"),
    ],
    .sid: [
      Place(table: "DeviceLogonEvents", column: "AccountSid"),
      Place(table: "DeviceProcessEvents", column: "AccountSid"),
    ],
    .mail: [
      "EmailEvents", "EmailUrlInfo", "EmailAttachmentInfo", "EmailPostDeliveryEvents",
      "UrlClickEvents",
    ].map { Place(table: $0, column: "NetworkMessageId") },
    .sha1: ["DeviceFileEvents", "DeviceProcessEvents"].map { Place(table: $0, column: "SHA1") },
    .sha256: ["DeviceFileEvents", "DeviceProcessEvents", "EmailAttachmentInfo"].map {
      Place(table: $0, column: "SHA256")
    },
    .url: [
      Place(table: "UrlClickEvents", column: "Url"),
      Place(table: "DeviceNetworkEvents", column: "RemoteUrl"),
    ],
  ]

  /// A string literal of KQL out of a text that anybody may have written.
  static func literal(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        let isHidden =
          scalar.properties.generalCategory == .control
          || scalar.properties.generalCategory == .format
        result += isHidden ? Self.escape(scalar) : String(scalar)
      }
    }
    return result + "\""
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    if scalar.value > 0xFFFF {
      return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
