import Alerts
import DetectionRules
import StructuredText

/// Reads the entity of a row of AlertEvidence.
struct EvidenceRow {
  private let row: IngestedRow
  /// The JSON that tells more of the entity than the columns do.
  private let details: DocumentNode?

  init(_ row: IngestedRow) {
    self.row = row
    details = row.document("AdditionalFields")
  }

  /// What the row tells of; a kind that is none of ours keeps the word of the table, and so does an
  /// account that every machine has.
  var evidence: Evidence {
    let type = row.text("EntityType") ?? "Unknown"
    let isImpacted = row.text("EvidenceRole") == "Impacted"
    guard let kind = kind(of: type) else { return other(type, others) }
    let known = identifiers(of: kind)
    guard let entity = Entity(kind, known, isImpactedAsset: isImpacted) else {
      return other(type, known.map { Entity.Identifier(name: $0.0, value: $0.1) })
    }
    return Evidence(entity, role: role, verdict: verdict, remediation: remediation)
  }

  private func other(_ type: String, _ identifiers: [Entity.Identifier]) -> Evidence {
    Evidence(
      other: type,
      identifiers,
      role: role,
      verdict: verdict,
      remediation: remediation
    )
  }

  private func kind(of type: String) -> EntityKind? {
    switch type.lowercased() {
    case "user": .account
    case "machine": .host
    case "cloudresource", "cloud-resource": resourceKind
    default: EntityKind(reading: type.filter { $0 != "-" && $0 != " " })
    }
  }

  private var resourceKind: EntityKind {
    let id = row.text("ResourceID") ?? ""
    if id.hasPrefix("arn:") { return .amazonResource }
    return id.hasPrefix("//") ? .googleCloudResource : .azureResource
  }

  /// The identifiers that columns tell, then those that only the JSON has.
  private func identifiers(of kind: EntityKind) -> [(String, String)] {
    var found: [(String, String)] = []
    for (name, column) in Self.columns[kind] ?? [] {
      if let value = row.text(column) { found.append((name, value)) }
    }
    switch kind {
    case .host:
      if let name = row.text("DeviceName") {
        found.append((name.contains(".") ? "FullName" : "HostName", name))
      }
    case .ip:
      if let address = row.text("RemoteIP") ?? row.text("LocalIP") {
        found.append(("Address", address))
      }
    default: break
    }
    let names = Set(found.map(\.0))
    for member in details?.members ?? [] where !names.contains(member.key) {
      let isKnown = kind.identifiers.contains(member.key) || Self.further.contains(member.key)
      guard isKnown, let value = member.value.text, !value.isEmpty else { continue }
      found.append((member.key, value))
    }
    return found
  }

  /// What tells an entity that is none of our kinds.
  private var others: [Entity.Identifier] {
    let general: Set<String> = [
      "Timestamp", "AlertId", "Title", "Categories", "AttackTechniques", "ServiceSource",
      "DetectionSource", "EntityType", "EvidenceRole", "EvidenceDirection", "Severity",
      "AdditionalFields", "TenantId", "TimeGenerated", "Type", "SourceSystem",
    ]
    return row.cells.keys.filter { !general.contains($0) }.sorted().compactMap { name in
      row.text(name).map { Entity.Identifier(name: name, value: $0) }
    }
  }

  /// A word of the JSON in Graph's letters; nil where it is none of the legal ones.
  private func word(_ names: [String], among legal: [String]) -> String? {
    let texts = names.lazy.compactMap { details?[$0]?.text?.lowercased() }
    return texts.first.flatMap { text in legal.first { $0.lowercased() == text } }
  }

  private var role: String { row.text("EvidenceDirection").map { $0.lowercased() } ?? "" }

  private var verdict: String {
    word(
      ["Verdict", "LastVerdict", "SuspicionLevel"],
      among: EntityVerdict.allCases.map(\.rawValue)
    ) ?? "unknown"
  }

  private var remediation: String {
    word(
      ["RemediationStatus", "LastRemediationState", "RemediationState"],
      among: [
        "remediated", "prevented", "blocked", "notFound", "active", "pendingApproval", "declined",
        "unremediated", "running", "partiallyRemediated",
      ]
    ) ?? "none"
  }

  private static let further: Set<String> = ["Name", "Directory", Evidence.deviceGroup]

  private static let columns: [EntityKind: [(String, String)]] = [
    .account: [
      ("Name", "AccountName"), ("NTDomain", "AccountDomain"), ("Sid", "AccountSid"),
      ("AadUserId", "AccountObjectId"), ("FullName", "AccountUpn"),
    ],
    .host: [("DeviceId", "DeviceId")],
    .mailbox: [
      ("MailboxPrimaryAddress", "AccountUpn"), ("ExternalDirectoryObjectId", "AccountObjectId"),
    ],
    .process: [
      ("Name", "FileName"), ("Directory", "FolderPath"), ("SHA1", "SHA1"), ("SHA256", "SHA256"),
      ("CommandLine", "ProcessCommandLine"),
    ],
    .file: [
      ("Name", "FileName"), ("Directory", "FolderPath"), ("SHA1", "SHA1"), ("SHA256", "SHA256"),
    ],
    .url: [("Url", "RemoteUrl")],
    .dns: [("DomainName", "RemoteUrl")],
    .mailMessage: [
      ("NetworkMessageId", "NetworkMessageId"), ("Recipient", "AccountUpn"),
      ("Subject", "EmailSubject"),
    ],
    .registryKey: [("Key", "RegistryKey")],
    .registryValue: [
      ("Key", "RegistryKey"), ("Name", "RegistryValueName"), ("Value", "RegistryValueData"),
    ],
    .cloudApplication: [("AppId", "ApplicationId"), ("Name", "Application")],
    .oAuthApplication: [("OAuthAppId", "OAuthApplicationId")],
    .azureResource: [("ResourceId", "ResourceID")],
    .amazonResource: [("AmazonResourceId", "ResourceID")],
    .googleCloudResource: [("FullResourceName", "ResourceID")],
  ]
}
