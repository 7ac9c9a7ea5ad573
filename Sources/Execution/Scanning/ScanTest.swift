import Columnar
import KQLFunctions
import QueryPlan

/// A condition of a scan, by the way in which it is best tested.
enum ScanTest: Sendable {
  /// A condition on one text column: tested once for each distinct value.
  case values(ValueTest)
  /// A range of integers, whose bounds tell of whole blocks.
  case bounds(BoundsTest)
  /// One of several conditions holds.
  case any([ScanTest])
  /// Whatever else: tested row by row.
  case rows(Expression)
}

/// A condition on the value of one text column.
struct ValueTest: Sendable {
  /// Number of the test within its scan.
  let number: Int
  /// Position of the column in the scan.
  let column: Int
  let expression: Expression
  /// What filters of terms may tell of it.
  let requirement: TermRequirement?
  /// Names the condition in what segments remember of tests; nil where it may not be remembered.
  let condition: [UInt8]?
}

/// A range for the values of a column that orders as integers; null fails it.
struct BoundsTest: Sendable {
  /// Position of the column in the scan.
  let column: Int
  /// The values that pass; nil where none does.
  let range: ClosedRange<Int64>?
}

/// Sorts the conditions of a scan.
struct ScanTestBuilder {
  let layout: ColumnLayout
  let compiler: ExpressionCompiler
  private var valueTests = 0

  init(layout: ColumnLayout, compiler: ExpressionCompiler) {
    self.layout = layout
    self.compiler = compiler
  }

  /// The tests of conditions that must all hold: bounds first, then values, then rows.
  mutating func tests(_ conditions: [Expression]) -> [ScanTest] {
    var tests: [ScanTest] = []
    for condition in conditions { tests.append(test(condition)) }
    return tests.filter { $0.rank == 0 } + tests.filter { $0.rank == 1 }
      + tests.filter { $0.rank == 2 }
  }

  private mutating func test(_ condition: Expression) -> ScanTest {
    if let test = valueTest(condition) { return .values(test) }
    if let bounds = boundsTest(condition) { return .bounds(bounds) }
    if case .call(let call) = condition, call.function == "Or" {
      var parts: [ScanTest] = []
      for operand in call.arguments { parts.append(test(operand)) }
      return .any(parts)
    }
    return .rows(condition)
  }

  private mutating func valueTest(_ condition: Expression) -> ValueTest? {
    let columns = condition.columnPositions(in: layout)
    guard columns.count == 1, let column = columns.first,
      layout.columns[column].type.isText, condition.isDeterministic
    else { return nil }
    defer { valueTests += 1 }
    return ValueTest(
      number: valueTests,
      column: column,
      expression: condition,
      requirement: TermRequirement(condition),
      condition: condition.conditionBytes
    )
  }

  /// A comparison of a column with what is constant throughout the query.
  private func boundsTest(_ condition: Expression) -> BoundsTest? {
    guard case .call(let call) = condition, let first = call.arguments.first,
      case .column(let id, let type) = first, type.ordersAsInteger,
      let column = layout.position(of: id),
      call.arguments.dropFirst().allSatisfy({ $0.columnIDs.isEmpty && $0.type == type })
    else { return nil }
    let limits = call.arguments.dropFirst().compactMap { argument in
      (try? compiler.constant(argument)).flatMap(\.integer)
    }
    guard limits.count == call.arguments.count - 1,
      let range = IntegerRange.of(call.function, limits)
    else { return nil }
    return BoundsTest(column: column, range: range.values)
  }
}

extension ScanTest {
  /// The tests on values in it.
  var valueTests: [ValueTest] {
    switch self {
    case .values(let test): [test]
    case .any(let parts): parts.flatMap(\.valueTests)
    case .bounds, .rows: []
    }
  }

  /// Positions of the columns that it reads.
  func columns(_ scanned: [PlanColumn]) -> Set<Int> {
    switch self {
    case .values(let test): return [test.column]
    case .bounds(let test): return [test.column]
    case .any(let parts):
      return parts.reduce(into: []) { $0.formUnion($1.columns(scanned)) }
    case .rows(let expression):
      let read = expression.columnIDs
      return Set(scanned.indices.filter { read.contains(scanned[$0].id) })
    }
  }

  /// Cheap tests first.
  fileprivate var rank: Int {
    switch self {
    case .bounds: 0
    case .values, .any: 1
    case .rows: 2
    }
  }
}

/// The integers that a comparison lets pass.
private struct IntegerRange {
  /// nil where none passes.
  let values: ClosedRange<Int64>?

  static func of(_ function: String, _ limits: [Int64]) -> IntegerRange? {
    guard let first = limits.first else { return nil }
    switch (function, limits.count) {
    case ("Equal", 1): return IntegerRange(values: first...first)
    case ("GreaterThanOrEqual", 1): return IntegerRange(values: first...Int64.max)
    case ("LessThanOrEqual", 1): return IntegerRange(values: Int64.min...first)
    case ("GreaterThan", 1):
      return IntegerRange(values: first == .max ? nil : first + 1...Int64.max)
    case ("LessThan", 1):
      return IntegerRange(values: first == .min ? nil : Int64.min...first - 1)
    case ("Between", 2):
      return IntegerRange(values: first <= limits[1] ? first...limits[1] : nil)
    default: return nil
    }
  }
}

extension ScalarType {
  /// Whether values order as the integers that segments keep bounds of.
  var ordersAsInteger: Bool {
    switch self {
    case .int, .long, .datetime, .timespan: true
    default: false
    }
  }
}

extension Scalar {
  /// The integer that stands for the value in bounds; nil for null.
  fileprivate var integer: Int64? {
    switch self {
    case .int(let value): Int64(value)
    case .long(let value): value
    case .datetime(let value): value.ticks
    case .timespan(let value): value.ticks
    default: nil
    }
  }
}

extension Expression {
  /// Whether equal arguments give equal values.
  fileprivate var isDeterministic: Bool {
    switch self {
    case .literal, .column, .scalarSubquery: true
    case .membership(let membership): membership.operand.isDeterministic
    case .call(let call):
      (FunctionCatalog.scalar(call.function)?.isDeterministic
        ?? (call.function == "And" || call.function == "Or"))
        && call.arguments.allSatisfy(\.isDeterministic)
    }
  }
}
