import Columnar
import QueryPlan

/// Conditions on columns whose value the catalogue knows for all rows of a segment, such as the
/// tenant's name: they are decided before the segment is opened.
struct ConstantConditions {
  private let columns: [PlanColumn]
  private let tests: [ValueTest]
  private let compiler: ExpressionCompiler

  init(_ scan: TableScan, _ tests: [ScanTest], _ compiler: ExpressionCompiler) {
    columns = scan.columns
    self.tests = tests.compactMap { test in
      if case .values(let test) = test { test } else { nil }
    }
    self.compiler = compiler
  }

  /// Whether no row of a segment passes.
  func fail(in segment: any StoredSegment) -> Bool {
    tests.contains { test in
      let column = columns[test.column]
      guard let value = segment.constant(named: column.name), value.type == column.type else {
        return false
      }
      let condition = test.expression.substituting([column.id: .literal(value)])
      guard let outcome = try? compiler.constant(condition) else { return false }
      return outcome != .bool(true)
    }
  }
}
