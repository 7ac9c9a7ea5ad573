import Columnar
import Hunting
import QueryPlan

/// The tables whose rows come out of a plan, the leftmost first; not those that only filter.
enum EventTables {
  static func scans(of plan: Plan) -> [TableScan] {
    switch plan {
    case .scan(let scan): return [scan]
    case .shared(let node): return scans(of: node.shared.plan)
    case .apply(let node): return scans(of: node.input)
    case .partition(let node): return scans(of: node.input)
    case .join(let node):
      switch node.kind {
      case .leftSemi, .leftAnti: return scans(of: node.left)
      case .rightSemi, .rightAnti: return scans(of: node.right)
      default: return scans(of: node.left) + scans(of: node.right)
      }
    default: return plan.inputs.flatMap { scans(of: $0) }
    }
  }
}

/// What a rule of Defender needs of the rows of a table, to find the event again.
struct EventIdentity: Sendable, Equatable {
  let table: String
  /// The column of the event's time.
  let time: String
  /// Further columns that tell the event from others.
  let columns: [String]
  /// Whether the table is one of Sentinel's, for which the further columns are advice.
  let isSentinel: Bool

  init(of scan: TableScan, _ schemas: TableSchemas) {
    table = scan.table
    isSentinel = !schemas.isXDR(scan.table)
    let names = Set(scan.columns.map(\.name))
    if isSentinel {
      let hasOnlyTimestamp = names.contains("Timestamp") && !names.contains("TimeGenerated")
      time = hasOnlyTimestamp ? "Timestamp" : "TimeGenerated"
      columns = []
      return
    }
    time = "Timestamp"
    switch table {
    case _ where table.hasPrefix("Device"): columns = ["DeviceId", "ReportId"]
    case _ where table.hasPrefix("Alert"): columns = []
    case _ where table.hasPrefix("Observation"): columns = ["ObservationId"]
    default: columns = ["ReportId"]
    }
  }
}
