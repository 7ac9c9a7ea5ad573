import Alerts
import Columnar
import DetectionRules
import Hunting

/// Alerts as rows of AlertInfo and AlertEvidence.
enum AlertRows: RowListing {
  static let info = common("AlertInfo") + [MadeColumn("Category") { text($0.category) }]

  /// What AlertEvidence says of an alert with each thing that it tells of.
  static let evidenceOfAlert =
    common("AlertEvidence") + [
      MadeColumn("Categories") { alert in
        text(StoredJSON.list(alert.tactics.isEmpty ? [alert.category] : alert.tactics))
      },
      MadeColumn("ThreatFamily") { text($0.threatFamily) },
    ]

  /// What it says of the thing, beside ``EvidenceColumns``.
  static let evidence: [MadeColumn<Evidence>] = [
    MadeColumn("EvidenceRole") { text($0.isImpacted ? "Impacted" : "Related") },
    MadeColumn("EntityType") { item in
      text(EntityKind(rawValue: item.kind).map(EvidenceColumns.type) ?? item.kind)
    },
    MadeColumn("AdditionalFields", further),
  ]

  /// All that tells an entity, with what is thought of it, as an object.
  @Sendable
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
  private static func common(_ table: String) -> [MadeColumn<IncidentAlert>] {
    [
      MadeColumn("Timestamp") { .datetime($0.created) },
      MadeColumn("TimeGenerated") { .datetime($0.created) },
      MadeColumn("Type") { _ in text(table) },
      MadeColumn("SourceSystem") { _ in text(SecurityRows.provider) },
      MadeColumn("AlertId") { text($0.id) },
      MadeColumn("Title") { text($0.title) },
      MadeColumn("Severity") { text($0.severity.title) },
      MadeColumn("ServiceSource") { text($0.serviceSource) },
      MadeColumn("DetectionSource") { text(source($0)) },
      MadeColumn("AttackTechniques") { alert in
        text(StoredJSON.list(alert.techniques.map(AttackList.title)))
      },
    ]
  }

  /// In the words of AlertInfo, where it is one of Graph's.
  private static func source(_ alert: IncidentAlert) -> String {
    DetectionSource(reading: alert.detectionSource)?.title ?? alert.detectionSource
  }
}

/// Makes rows of AlertEvidence, those of an alert behind each other.
struct EvidenceCells {
  private let ofAlert: CellMaker<IncidentAlert>
  private let ofEvidence: CellMaker<Evidence>
  /// Whether a column is wanted that neither has.
  private let hasEntity: Bool
  private var last: (key: String, cells: [String: Scalar])?

  init(_ wanted: WantedRows) {
    ofAlert = CellMaker(AlertRows.evidenceOfAlert, only: wanted)
    ofEvidence = CellMaker(AlertRows.evidence, only: wanted)
    let own = AlertRows.evidenceOfAlert.map(\.name) + AlertRows.evidence.map(\.name)
    hasEntity = wanted.columns.map { !$0.isSubset(of: own) } ?? true
  }

  mutating func row(_ item: Evidence, of alert: IncidentAlert) -> [String: Scalar] {
    if last?.key != alert.key { last = (alert.key, ofAlert.cells(of: alert)) }
    var cells = last?.cells ?? [:]
    if hasEntity, let kind = EntityKind(rawValue: item.kind) {
      cells.merge(EvidenceColumns.cells(of: kind, item)) { $1 }
    }
    return cells.merging(ofEvidence.cells(of: item)) { $1 }
  }
}
