public import Columnar
import Execution
import FileAccess
public import Hunting
import OperationalStore

/// The runs of rules as rows of `RuleRuns`, made out of the database that holds them.
public struct RuleRunTable: TableSupplement {
  private let path: String
  private let store = Once<DetectionStore?>()

  /// - Parameter path: the folder of the store; its database is opened when a query reads it.
  public init(store path: String) { self.path = path }

  public var tables: [SuppliedTable] { [SuppliedTable("RuleRuns", columns: Self.columns)] }

  public func rows(of table: String, tenant: String) throws -> ColumnTable {
    var builder = RowBuilder(Schema(Self.columns))
    let opened = try store.value { try DetectionStore.open(store: path, access: .readOnly) }
    guard let opened else { return try builder.table }
    try opened.eachRun(of: tenant) { builder.append(Self.row($0)) }
    return try builder.table
  }

  private static let columns = [
    ColumnSchema("Timestamp", .datetime), ColumnSchema("RuleId", .string),
    ColumnSchema("RuleVersion", .long), ColumnSchema("Cause", .string),
    ColumnSchema("WindowStart", .datetime), ColumnSchema("WindowEnd", .datetime),
    ColumnSchema("Started", .datetime), ColumnSchema("Finished", .datetime),
    ColumnSchema("Status", .string), ColumnSchema("ErrorCode", .string),
    ColumnSchema("Reason", .string), ColumnSchema("Rows", .long),
    ColumnSchema("NewEvents", .long), ColumnSchema("Alerts", .long),
    ColumnSchema("FoldedEvents", .long), ColumnSchema("CutAlerts", .long),
    ColumnSchema("HiddenAlerts", .long),
  ]

  private static func row(_ run: RunRecord) -> [String: Scalar] {
    let counts = [
      "RuleVersion": run.version, "Rows": run.rows, "NewEvents": run.newEvents,
      "Alerts": run.alerts, "FoldedEvents": run.foldedEvents, "CutAlerts": run.cutAlerts,
      "HiddenAlerts": run.hiddenAlerts,
    ]
    let texts = [
      "RuleId": run.rule, "Cause": run.cause.rawValue,
      "Status": run.failure == nil ? "completed" : "failed",
      "ErrorCode": run.failure?.code.rawValue ?? "", "Reason": run.failure?.reason ?? "",
    ]
    let times = [
      "Timestamp": run.finished, "WindowStart": run.start, "WindowEnd": run.end,
      "Started": run.started, "Finished": run.finished,
    ]
    var cells = counts.mapValues { Scalar.long(Int64($0)) }
    cells.merge(texts.mapValues { .string(ByteString($0)) }) { $1 }
    cells.merge(times.mapValues { .datetime($0) }) { $1 }
    return cells
  }
}
