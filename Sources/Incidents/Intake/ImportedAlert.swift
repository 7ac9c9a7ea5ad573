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
  /// Whether its product told none that is known.
  var isOfUnknownSeverity = false
  let status: AlertStatus
  /// When its product resolved it, where it says so.
  var resolved: DateTime?
  let category: String
  /// Its tactics, where it has more than its category.
  var tactics: [String] = []
  let techniques: [String]
  let source: AlertOrigin
  let product: String
  let threat: String
  var threatFamily = ""
  var threatActor = ""
  var policy = ""
  let assignedTo: String?
  let classification: Classification
  let investigationState: String?
  let created: DateTime?
  let firstTime: DateTime
  let lastTime: DateTime
  let evidence: [Evidence]
  /// What its product names of events, as labels and values.
  var customDetails: [(label: String, value: String)] = []
  /// What has no place of its own, as JSON; nil where nothing is left.
  var remainder: String?

  var allTactics: [String] { !tactics.isEmpty || category.isEmpty ? tactics : [category] }
  /// Its tactics and techniques as the database keeps them.
  var storedTactics: String { StoredJSON.list(allTactics) }
  var storedTechniques: String { StoredJSON.list(techniques) }
}

extension ImportedAlert {
  /// Reads an alert of Graph's `alerts_v2`.
  ///
  /// - Throws: which field is missing or wrong, in the words of the product's codes where it has
  ///   one.
  init(graph alert: DocumentNode) throws(IncidentFailure) {
    let fields = try GraphAlertFields(alert)
    let node = fields.node
    id = fields.id
    tenant = node["tenantId"]?.text
    title = try fields.title()
    description = node["description"]?.text ?? ""
    recommendedActions = node["recommendedActions"]?.text
    let known = try fields.severity()
    severity = known ?? .medium
    isOfUnknownSeverity = known == nil
    status = try fields.status()
    resolved = try fields.time("resolvedDateTime")
    (category, tactics) = Self.categories(of: node)
    techniques = node["mitreTechniques"]?.items?.compactMap(\.text) ?? []
    source = AlertOrigin(
      service: try fields.service(),
      detection: node["detectionSource"]?.text ?? AlertOrigin.unknown
    )
    product = node["productName"]?.text ?? ""
    evidence = GraphEvidence(node["evidence"]?.items ?? []).evidence
    let shown = node["threatDisplayName"]?.text
    threatFamily =
      node["threatFamilyName"]?.text ?? shown.flatMap { MalwareName.family(of: $0) }
      ?? MalwareName.family(among: evidence) ?? ""
    threatActor = node["actorDisplayName"]?.text ?? ""
    threat = shown ?? threatFamily
    policy = node["alertPolicyId"]?.text ?? ""
    customDetails = (node["customDetails"]?.members ?? []).compactMap { detail in
      detail.value.isNull
        ? nil : (detail.key, detail.value.text ?? JSONDocumentWriter.line(detail.value))
    }
    remainder = GraphRemainder.text(of: node)
    assignedTo = node["assignedTo"]?.text
    classification = try fields.classification()
    investigationState = try fields.investigationState()
    created = try fields.time("createdDateTime")
    guard let first = try fields.time("firstActivityDateTime") ?? created else {
      throw IncidentFailure(
        "the alert '\(id)' has neither 'firstActivityDateTime' nor 'createdDateTime'"
      )
    }
    firstTime = first
    lastTime = max(first, try fields.time("lastActivityDateTime") ?? first)
    if evidence.isEmpty {
      throw IncidentFailure("noImpactedEntity: the alert '\(id)' has no evidence of any entity")
    }
  }

  /// The first category of an alert, empty where it has none, and all of them.
  private static func categories(of alert: DocumentNode) -> (first: String, all: [String]) {
    let categories = alert["categories"]?.items?.compactMap(\.text) ?? []
    let first = alert["category"]?.text ?? categories.first ?? ""
    return (first, ([first] + categories.filter { $0 != first }).filter { !$0.isEmpty })
  }
}
