import Execution
import HarrierTesting
import Hunting
import SourceText

@testable import Incidents

/// Rows that are shown, a line each.
enum RowLines {
  static func of(_ rows: QueryResult) throws -> [String] {
    var lines: [String] = []
    try rows.forEachRow { row in
      lines.append(row.map(Cells.cell).joined(separator: "|"))
    }
    return lines
  }
}

extension AlertWorld {
  /// The rows that KQL finds in the tables of alerts and incidents of the tenant.
  func ask(_ query: String) throws -> [String] {
    let tables = AlertTables(store: folder.path)
    var engine = HuntingEngine()
    for name in tables.tableNames {
      engine.add(try tables.rows(of: name, tenant: "t"), named: name)
    }
    let budget = engine.makeBudget(memoryLimit: 1 << 28, timeoutSeconds: nil)
    return try RowLines.of(engine.run(SourceText(query), budget: budget).tables[0].result)
  }
}
