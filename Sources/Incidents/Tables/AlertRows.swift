import Alerts
import Columnar
import DetectionRules
import Hunting

/// Alerts as rows of AlertInfo and AlertEvidence.
enum AlertRows: RowListing {
  static func info(_ alert: IncidentAlert) -> [String: Scalar] {
    common(alert, in: "AlertInfo").merging(["Category": text(alert.category)]) { $1 }
  }

  static func evidence(_ evidence: Evidence, of alert: IncidentAlert) -> [String: Scalar] {
    var cells = common(alert, in: "AlertEvidence")
    let tactics = alert.tactics.isEmpty ? [alert.category] : alert.tactics
    cells["Categories"] = text(StoredJSON.list(tactics))
    cells["EvidenceRole"] = text(evidence.isImpacted ? "Impacted" : "Related")
    cells["EntityType"] = text(evidence.kind)
    if let kind = EntityKind(rawValue: evidence.kind) {
      cells["EntityType"] = text(EvidenceColumns.type(of: kind))
      cells.merge(EvidenceColumns.cells(of: kind, evidence)) { $1 }
    }
    cells["ThreatFamily"] = text(alert.threatFamily)
    cells["AdditionalFields"] = further(evidence)
    return cells
  }

  /// All that tells an entity, with what is thought of it, as an object.
  private static func further(_ evidence: Evidence) -> Scalar {
    let said = [
      ("Type", evidence.kind), ("Verdict", evidence.verdict),
      ("RemediationStatus", evidence.remediation),
    ]
    let known = Set(evidence.identifiers.map(\.name))
    return dynamic(
      StoredJSON.mapping(
        evidence.identifiers.map { ($0.name, $0.value) } + said.filter { !known.contains($0.0) }
      )
    )
  }

  /// The value of a text of JSON.
  static func dynamic(_ json: String) -> Scalar { IngestedRow.dynamic(json) ?? .null(.dynamic) }

  /// What both tables say of an alert; queries of both products find its time.
  private static func common(_ alert: IncidentAlert, in table: String) -> [String: Scalar] {
    [
      "Timestamp": .datetime(alert.created), "TimeGenerated": .datetime(alert.created),
      "Type": text(table), "SourceSystem": text(SecurityRows.provider),
      "AlertId": text(alert.id),
      "Title": text(alert.title), "Severity": text(alert.severity.title),
      "ServiceSource": text(alert.serviceSource), "DetectionSource": text(source(alert)),
      "AttackTechniques": text(StoredJSON.list(alert.techniques.map(AttackList.title))),
    ]
  }

  /// In the words of AlertInfo, where it is one of Graph's.
  private static func source(_ alert: IncidentAlert) -> String {
    DetectionSource(reading: alert.detectionSource)?.title ?? alert.detectionSource
  }
}
