import Alerts
import Columnar
import DetectionRules
import StructuredText

/// An alert of another product as it is taken in.
struct ImportedAlert {
  let id: String
  var tenant: String?
  let title: String
  let description: String
  let recommendedActions: String?
  let severity: Severity
  let status: AlertStatus
  let category: String
  /// Its tactics, where it has more than its category.
  var tactics: [String] = []
  let techniques: [String]
  let source: AlertOrigin
  let product: String
  let threat: String
  let assignedTo: String?
  let classification: Classification
  let investigationState: String?
  let created: DateTime?
  let firstTime: DateTime
  let lastTime: DateTime
  let evidence: [Evidence]

  /// Its tactics and techniques as the database keeps them.
  var storedTactics: String {
    StoredJSON.list(!tactics.isEmpty || category.isEmpty ? tactics : [category])
  }
  var storedTechniques: String { StoredJSON.list(techniques) }
}

extension ImportedAlert {
  /// Reads an alert of Graph's `alerts_v2`.
  ///
  /// - Throws: what is missing, in the words of the product's codes where it has one.
  init(graph node: DocumentNode) throws(IncidentFailure) {
    guard let id = node["id"]?.text, !id.isEmpty, id.utf8.count <= 256 else {
      throw IncidentFailure("the alert has no 'id' of at most 256 bytes")
    }
    guard let title = node["title"]?.text, !title.isEmpty else {
      throw IncidentFailure("the alert '\(id)' has no 'title'")
    }
    self.id = id
    self.title = title
    tenant = node["tenantId"]?.text
    description = node["description"]?.text ?? ""
    recommendedActions = node["recommendedActions"]?.text
    severity = node["severity"]?.text.flatMap { Severity(reading: $0) } ?? .medium
    status = node["status"]?.text.flatMap { AlertStatus(reading: $0) } ?? .new
    category = node["category"]?.text ?? node["categories"]?.items?.first?.text ?? ""
    techniques = node["mitreTechniques"]?.items?.compactMap(\.text) ?? []
    source = AlertOrigin(
      service: node["serviceSource"]?.text ?? "unknown",
      detection: node["detectionSource"]?.text ?? "unknown"
    )
    product = node["productName"]?.text ?? ""
    threat = node["threatDisplayName"]?.text ?? node["threatFamilyName"]?.text ?? ""
    assignedTo = node["assignedTo"]?.text
    classification = try Self.classification(node)
    investigationState = node["investigationState"]?.text
    created = Self.time(node["createdDateTime"])
    guard let first = Self.time(node["firstActivityDateTime"]) ?? created else {
      throw IncidentFailure("the alert '\(id)' has no 'firstActivityDateTime' in ISO 8601")
    }
    firstTime = first
    lastTime = max(first, Self.time(node["lastActivityDateTime"]) ?? first)
    evidence = GraphEvidence(node["evidence"]?.items ?? []).evidence
    if evidence.isEmpty {
      throw IncidentFailure("noImpactedEntity: the alert '\(id)' has no evidence of any entity")
    }
  }

  private static func classification(
    _ node: DocumentNode
  ) throws(IncidentFailure) -> Classification {
    guard let text = node["classification"]?.text, text.lowercased() != "unknown" else {
      return .unknown
    }
    let determination = node["determination"]?.text
    return try Classification(text, determination?.lowercased() == "unknown" ? nil : determination)
  }

  private static func time(_ node: DocumentNode?) -> DateTime? {
    node?.text.flatMap { DateTime(parsing: Array($0.utf8)) }
  }
}

/// Which product and which part of it raised an alert.
struct AlertOrigin {
  /// As AlertInfo writes it, such as `Microsoft Defender for Endpoint`.
  let service: String
  /// In Graph's words.
  let detection: String
  /// The letters with which ids of such alerts begin.
  let prefix: String

  /// - Parameter service: in the words of Graph or of AlertInfo; others stay as they are.
  init(service: String, detection: String) {
    let known = Self.services[service.lowercased()]
    self.service = known?.0 ?? service
    self.detection = detection
    prefix = known?.1 ?? Self.prefixes[service] ?? "xx"
  }

  private static let prefixes = Dictionary(
    services.values.map { ($0.0, $0.1) },
    uniquingKeysWith: { first, _ in first }
  )

  private static let services: [String: (String, String)] = [
    "microsoftdefenderforendpoint": ("Microsoft Defender for Endpoint", "da"),
    "microsoftdefenderforidentity": ("Microsoft Defender for Identity", "aa"),
    "microsoftdefenderforcloudapps": ("Microsoft Defender for Cloud Apps", "ca"),
    "microsoftdefenderforoffice365": ("Microsoft Defender for Office 365", "fa"),
    "microsoft365defender": ("Microsoft Defender XDR", "ra"),
    "azureadidentityprotection": ("Microsoft Entra ID Protection", "ad"),
    "microsoftappgovernance": ("Microsoft App Governance", "ma"),
    "datalossprevention": ("Microsoft Data Loss Prevention", "dl"),
    "microsoftdefenderforcloud": ("Microsoft Defender for Cloud", "dc"),
    "microsoftsentinel": ("Microsoft Sentinel", "sn"),
    "microsoftinsiderriskmanagement": ("Microsoft Insider Risk Management", "ir"),
    "microsoftthreatintelligence": ("Microsoft Threat Intelligence", "ta"),
    "microsoftsecurityforai": ("Microsoft Security for AI", "xa"),
  ]
}
