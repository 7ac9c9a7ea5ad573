public import Columnar
import DetectionRules
import Execution
public import Hunting
import OperationalStore

/// The alerts of rules as rows of AlertInfo and AlertEvidence, made out of the database that holds
/// them, so that they never differ from it.
public struct AlertTables: TableSupplement {
  private let path: String
  private let store = Once<DetectionStore?>()

  /// - Parameter path: the folder of the store; its detections are opened when a query reads them.
  public init(store path: String) { self.path = path }

  public var tableNames: [String] { ["AlertInfo", "AlertEvidence"] }

  public func rows(of table: String, tenant: String) throws -> ColumnTable {
    let columns = TableSchemas.environment(.xdr).lookup(table)?.columns ?? []
    var builder = RowBuilder(Schema(columns))
    let opened = try store.value { try DetectionStore.open(store: path, access: .readOnly) }
    guard let store = opened else { return builder.table }
    for alert in try store.alerts(of: tenant) {
      if table == "AlertInfo" {
        builder.append(Self.info(alert))
        continue
      }
      for entity in try store.entities(ofAlert: alert.id) {
        builder.append(Self.evidence(entity, of: alert))
      }
    }
    return builder.table
  }

  /// What both tables say of an alert.
  private static func common(_ alert: StoredAlert) -> [String: Scalar] {
    [
      "Timestamp": .datetime(alert.created), "AlertId": text(alert.id),
      "Title": text(alert.title), "Severity": text(alert.severity.title),
      "ServiceSource": text(alert.serviceSource), "DetectionSource": text(source(alert)),
      "AttackTechniques": text(StoredJSON.list(alert.techniques)),
    ]
  }

  /// The product's words for a source.
  private static func source(_ alert: StoredAlert) -> String {
    switch alert.detectionSource {
    case "customDetection": "Custom detection"
    case "scheduledAlerts": "Scheduled alerts"
    case "ruleHealth": "Rule health"
    default: alert.detectionSource
    }
  }

  private static func info(_ alert: StoredAlert) -> [String: Scalar] {
    common(alert).merging(["Category": text(alert.category)]) { $1 }
  }

  private static func evidence(_ entity: Entity, of alert: StoredAlert) -> [String: Scalar] {
    var cells = common(alert)
    let tactics = alert.tactics.isEmpty ? [alert.category] : alert.tactics
    cells["Categories"] = text(StoredJSON.list(tactics))
    cells["EntityType"] = text(EvidenceColumns.type(of: entity.kind))
    cells["EvidenceRole"] = text(entity.isImpactedAsset ? "Impacted" : "Related")
    for (column, value) in EvidenceColumns.cells(of: entity) { cells[column] = value }
    cells["AdditionalFields"] = text(StoredJSON.mapping(entity))
    return cells
  }

  private static func text(_ value: String) -> Scalar { .string(ByteString(value)) }
}

/// Puts rows together whose cells are known by name.
private struct RowBuilder {
  private let schema: Schema
  private let builders: [VectorBuilder]
  private var count = 0

  init(_ schema: Schema) {
    self.schema = schema
    builders = schema.types.map { VectorBuilder(type: $0) }
  }

  mutating func append(_ cells: [String: Scalar]) {
    for (builder, column) in zip(builders, schema.columns) {
      let cell = cells[column.name]
      builder.append(cell.flatMap { $0.type == column.type ? $0 : nil } ?? .missing(column.type))
    }
    count += 1
  }

  var table: ColumnTable {
    let batch = Batch(columns: builders.map { $0.finish() }, count: count)
    return ColumnTable(schema: schema, chunks: count == 0 ? [] : [batch])
  }
}
