package import Alerts
import Columnar
import DetectionRules
public import Execution
public import Hunting

extension IncidentListing {
  /// A row for each alert.
  ///
  /// - Parameters:
  ///   - assets: the devices, users and mailboxes of the alerts, in the same order.
  ///   - places: in which incidents they are and why, in the same order.
  public static func alerts(
    _ alerts: [IncidentAlert],
    assets: [AlertAssets],
    places: [AlertPlace],
    tenants: ListedTenants = .brief
  ) -> ListedRows {
    let items = zip(zip(alerts, assets), places).map { AlertItem($0.0, $0.1, $1) }
    let schema = Schema(
      texts("AlertId", "Title", "Severity", "Status", "Incident", "Entities", "ServiceSource")
        + texts("DetectionSource", "Category", "AssignedTo", "Classification", "LinkedBy")
        + times("FirstActivity", "LastActivity", "Created", "Updated") + tenants.columns
    )
    let people = StoreListing.rows(schema, items) { item in
      let alert = item.alert
      return [
        alert.id, alert.title, alert.severity.title, alert.status.rawValue,
        item.place.incident?.description ?? "", item.assets.text, alert.serviceSource,
        alert.detectionSource, alert.category, alert.assignedTo ?? "",
        alert.classification.description, item.place.links.map(\.text).joined(separator: ", "),
      ].map(text)
        + [alert.firstTime, alert.lastTime, alert.created, alert.updated].map { time($0) }
        + tenants.cells(of: alert.tenant)
    }
    let columns =
      texts("AlertId", "Title", "Severity", "Status") + dynamics("Incident", "Entities")
      + texts("ServiceSource", "DetectionSource", "Category") + dynamics("Tactics", "Techniques")
      + dynamics("AssignedTo") + texts("Classification", "Determination") + dynamics("LinkedBy")
      + times("FirstActivity", "LastActivity", "Created", "Updated") + tenants.columns
    return ListedRows(
      people: people,
      programs: FieldListing.rows(columns, items) { item in
        item.fields + tenants.furtherFields(of: item.alert.tenant)
      }
    )
  }

  /// All facts of an alert.
  public static func alert(_ details: AlertDetails) -> ListedRows {
    ListedRows(people: alertFacts(details), programs: FieldListing.row(details.fields))
  }

  /// A row for each fact of an alert; evidence beyond a screen is told by its number.
  private static func alertFacts(_ details: AlertDetails) -> QueryResult {
    let alert = details.alert
    let place = details.incident.map { "\($0.reference), \($0.name)" }
    let rows: [(String, String)] = [
      ("AlertId", alert.id), ("Title", alert.title), ("Tenant", alert.tenant),
      ("Severity", alert.severity.title), ("Status", alert.status.rawValue),
      ("Classification", alert.classification.description),
      ("AssignedTo", alert.assignedTo ?? ""), ("Incident", place ?? "none"),
      ("LinkedBy", details.links.map(\.text).joined(separator: ", ")),
      ("ServiceSource", alert.serviceSource), ("DetectionSource", alert.detectionSource),
      ("Product", alert.product), ("Rule", details.ruleName), ("Category", alert.category),
      ("Tactics", alert.tactics.joined(separator: ", ")),
      ("Techniques", alert.techniques.joined(separator: ", ")), ("Threat", alert.threat),
      ("InvestigationState", alert.investigationState ?? ""),
      ("FirstActivity", alert.firstTime.text), ("LastActivity", alert.lastTime.text),
      ("Created", alert.created.text), ("Updated", alert.updated.text),
      ("Resolved", alert.resolved?.text ?? ""), ("TunedBy", details.tunedBy ?? ""),
      ("Events", details.events == 0 ? "" : "\(details.events)"),
      ("Description", alert.description), ("RecommendedActions", details.recommendedActions),
      ("AdditionalFields", details.additionalFields ?? ""),
    ]
    let own = details.customDetails.map { ("Detail", "\($0.label)=\($0.value)") }
    let told = details.comments.last.map { ("Comments", commentsText(details.comments, $0)) }
    let evidence = details.evidence.prefix(shownEvidence).map { ("Evidence", $0.text) }
    let more = details.evidence.count - shownEvidence
    let rest = more > 0 ? [("Evidence", "\(more) more: --part evidence")] : []
    return facts(rows + own + (told.map { [$0] } ?? []) + evidence + rest)
  }

  private static let shownEvidence = 25

  /// A row for each thing that alerts tell of.
  public static func evidence(_ evidence: [IncidentEvidence]) -> ListedRows {
    let schema = Schema(
      texts("Kind", "Evidence", "Verdict", "Remediation", "Role", "Alerts")
    )
    let people = StoreListing.rows(schema, evidence) { item in
      let entity = item.evidence
      return [
        entity.kind, entity.identifiersText, entity.verdict, entity.remediation,
        entity.isImpacted ? "impacted" : entity.role, item.alerts.joined(separator: " "),
      ].map(text)
    }
    return ListedRows(
      people: people,
      programs: FieldListing.rows(evidenceColumns, evidence, fields: \.fields)
    )
  }

  /// A row for each device of an incident, with how risky and exposed it is.
  public static func devices(
    _ devices: [IncidentEvidence],
    risks: DeviceRisks
  ) -> ListedRows {
    let schema = Schema(
      texts("Device", "RiskLevel", "ExposureLevel", "AssetValue", "Evidence", "Verdict")
        + texts("Remediation", "Role", "Alerts")
    )
    let people = StoreListing.rows(schema, devices) { item in
      let entity = item.evidence
      let risk = risks[entity]
      return [
        EvidenceLabel.text(of: entity), risk?.risk ?? "", risk?.exposure ?? "",
        risk?.value ?? "", entity.identifiersText, entity.verdict, entity.remediation,
        entity.isImpacted ? "impacted" : entity.role, item.alerts.joined(separator: " "),
      ].map(text)
    }
    let columns = evidenceColumns + dynamics("RiskLevel", "ExposureLevel", "AssetValue")
    let programs = FieldListing.rows(columns, devices) { item in
      let risk = risks[item.evidence]
      return item.fields + [
        ("RiskLevel", .text(orNull: risk?.risk)), ("ExposureLevel", .text(orNull: risk?.exposure)),
        ("AssetValue", .text(orNull: risk?.value)),
      ]
    }
    return ListedRows(people: people, programs: programs)
  }

  private static let evidenceColumns =
    texts("Kind", "Name") + dynamics("Identifiers") + texts("Verdict", "Remediation", "Role")
    + flags("IsImpacted") + dynamics("Alerts")

  /// A row for each row that an alert was made of.
  public static func rows(_ rows: [AlertRow]) -> QueryResult {
    StoreListing.rows(Schema(texts("Table") + times("Time") + dynamics("Row")), rows) {
      [text($0.table), time($0.time), $0.cells]
    }
  }

  /// How many comments there are, and what the last one says.
  static func commentsText(_ comments: [HistoryEntry], _ last: HistoryEntry) -> String {
    "\(comments.count), the last by \(last.actor) at \(last.at.text): \(last.comment)"
  }
}

/// An alert of a list.
struct AlertItem {
  let alert: IncidentAlert
  let assets: AlertAssets
  let place: AlertPlace

  init(_ alert: IncidentAlert, _ assets: AlertAssets, _ place: AlertPlace) {
    self.alert = alert
    self.assets = assets
    self.place = place
  }

  var fields: Fields {
    [
      ("AlertId", .text(alert.id)), ("Title", .text(alert.title)),
      ("Severity", .text(alert.severity.title)), ("Status", .text(alert.status.rawValue)),
      ("Incident", .text(orNull: place.incident?.description)),
      ("Entities", assets.fields), ("ServiceSource", .text(alert.serviceSource)),
      ("DetectionSource", .text(alert.detectionSource)), ("Category", .text(alert.category)),
      ("Tactics", .texts(alert.tactics)), ("Techniques", .texts(alert.techniques)),
      ("AssignedTo", .text(orNull: alert.assignedTo)),
      ("Classification", .text(alert.classification.classification)),
      ("Determination", .text(alert.classification.determination)),
      ("LinkedBy", .list(place.links.map(\.fields))), ("FirstActivity", .time(alert.firstTime)),
      ("LastActivity", .time(alert.lastTime)), ("Created", .time(alert.created)),
      ("Updated", .time(alert.updated)), ("Tenant", .text(alert.tenant)),
    ]
  }
}

extension AlertLink {
  /// The reason with what is shared.
  var text: String { shared.isEmpty ? reason : "\(reason) (\(sharedText))" }

  var fields: FieldValue {
    .fields([
      ("Reason", .text(reason)), ("Shared", .text(sharedText)), ("AlertId", .text(other)),
    ])
  }
}

extension AlertAssets {
  var fields: FieldValue {
    .fields([
      ("Devices", .texts(devices)), ("Users", .texts(users)), ("Mailboxes", .texts(mailboxes)),
    ])
  }
}

extension Evidence {
  var identifiersText: String {
    identifiers.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
  }

  /// What it is, and what is thought and became of it.
  var text: String {
    let words = [isImpacted ? "impacted" : role, verdict, remediation == "none" ? "" : remediation]
    return "\(kind) \(identifiersText) (\(words.filter { !$0.isEmpty }.joined(separator: ", ")))"
  }

  /// Without the alerts that tell of it.
  var fields: Fields {
    [
      ("Kind", .text(kind)), ("Name", .text(EvidenceLabel.text(of: self))),
      ("Identifiers", .identifiers(identifiers)), ("Verdict", .text(verdict)),
      ("Remediation", .text(remediation)), ("Role", .text(role)), ("IsImpacted", .flag(isImpacted)),
    ]
  }
}

extension IncidentEvidence {
  var fields: Fields { evidence.fields + [("Alerts", .texts(alerts))] }
}

extension FieldValue {
  /// What a text of JSON says; the text itself where it is none.
  fileprivate static func json(_ text: String) -> FieldValue {
    IngestedRow.dynamic(text).map { .scalar($0) } ?? .text(text)
  }

  /// An object; of names that are there twice the first counts.
  package static func identifiers(_ identifiers: [Entity.Identifier]) -> FieldValue {
    var seen: Set<String> = []
    return .fields(
      identifiers.filter { seen.insert($0.name).inserted }.map { ($0.name, .text($0.value)) }
    )
  }
}

extension AlertDetails {
  /// All of it as programs read it.
  var fields: Fields {
    facts + times + [
      ("Description", .text(alert.description)),
      ("RecommendedActions", .text(recommendedActions)),
      (
        "CustomDetails",
        .list(
          customDetails.map { .fields([("Label", .text($0.label)), ("Value", .text($0.value))]) }
        )
      ),
      ("AdditionalFields", additionalFields.map { .json($0) } ?? .text(orNull: nil)),
      ("Comments", .list(comments.map(\.commentFields))),
      ("Evidence", .list(evidence.map { .fields($0.fields) })),
    ]
  }

  private var facts: Fields {
    [
      ("AlertId", .text(alert.id)), ("Title", .text(alert.title)), ("Tenant", .text(alert.tenant)),
      ("Severity", .text(alert.severity.title)), ("Status", .text(alert.status.rawValue)),
      ("Classification", .text(alert.classification.classification)),
      ("Determination", .text(alert.classification.determination)),
      ("AssignedTo", .text(orNull: alert.assignedTo)),
      ("Incident", .text(orNull: incident?.reference.description)),
      ("IncidentName", .text(orNull: incident?.name)),
      ("LinkedBy", .list(links.map(\.fields))),
      ("ServiceSource", .text(alert.serviceSource)),
      ("DetectionSource", .text(alert.detectionSource)), ("Product", .text(alert.product)),
      ("Rule", .text(ruleName)), ("Category", .text(alert.category)),
      ("Tactics", .texts(alert.tactics)), ("Techniques", .texts(alert.techniques)),
      ("Threat", .text(alert.threat)),
      ("InvestigationState", .text(orNull: alert.investigationState)),
    ]
  }

  private var times: Fields {
    [
      ("FirstActivity", .time(alert.firstTime)), ("LastActivity", .time(alert.lastTime)),
      ("Created", .time(alert.created)), ("Updated", .time(alert.updated)),
      ("Resolved", .time(alert.resolved)), ("TunedBy", .text(orNull: tunedBy)),
      ("Events", .number(events)), ("Entities", AlertAssets(evidence).fields),
    ]
  }
}
