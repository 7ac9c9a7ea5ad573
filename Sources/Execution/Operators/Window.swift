import Columnar
import KQLFunctions
import QueryPlan
import SourceText

extension PlanCompiler {
  /// Runs a projection with window functions: these over all rows at once, in their order, the
  /// rest batch by batch.
  ///
  /// Only the columns that window functions read are joined; where memory gets tight, the rows wait
  /// on disk meanwhile.
  func compile(_ window: Window) throws -> Flow {
    let input = try compile(window.input)
    let parts = try input.collectResult(context)
    let read = window.expressions.reduce(into: Set<ColumnID>()) {
      $0.formUnion($1.expression.columnsOfWindowCalls)
    }
    let columns = input.layout.columns.filter { read.contains($0.id) }
    let positions = columns.compactMap { input.layout.position(of: $0.id) }
    var values = WindowValues(
      rows: try joined(positions, of: parts, input.layout.types),
      columns: columns,
      context: context
    )
    let expressions = try window.expressions.map {
      NamedExpression($0.column, try values.replaceCalls(in: $0.expression))
    }
    let made = values.made(after: columns.count)
    let source = WidenedParts(parts: parts, values: made.vectors)
    let wider = ColumnLayout(input.layout.columns + made.columns)
    return Flow(
      pipelines: [
        Pipeline(
          source: source,
          stages: [ProjectFactory(expressions: expressions, layout: wider)]
        )
      ],
      layout: ColumnLayout(window.columns)
    )
  }

  /// Some columns of all rows.
  private func joined(
    _ positions: [Int],
    of parts: [ResultPart],
    _ types: [ScalarType]
  ) throws -> Batch {
    let types = positions.map { types[$0] }
    let count = parts.reduce(0) { $0 + $1.count }
    if count == 0 || positions.isEmpty {
      return Batch(columns: types.map(Vector.empty), count: count)
    }
    let narrow = try parts.map { part in
      try context.budget.check()
      let rows = try part.load()
      return Batch(columns: positions.map { rows.columns[$0] }, count: rows.count)
    }
    return try context.concatenating(narrow, types: types)
  }
}

/// Rows that wait, with further columns in memory.
private struct WidenedParts: MorselSource, MorselReader {
  private let parts: [ResultPart]
  private let values: [Vector]
  /// The first row of each part.
  private let starts: [Int]

  init(parts: [ResultPart], values: [Vector]) {
    self.parts = parts
    self.values = values
    var start = 0
    starts = parts.map { part in
      defer { start += part.count }
      return start
    }
  }

  var morselCount: Int { parts.count }
  var affinities: [Range<Int>] { parts.isEmpty ? [] : [parts.indices] }

  func makeReader(_ context: ExecutionContext) -> any MorselReader { self }

  func read(_ morsel: Int, _ body: (Batch) throws -> Bool) throws {
    let rows = try parts[morsel].load()
    let start = starts[morsel]
    let further = values.map { $0.slice(start..<start + rows.count) }
    _ = try body(Batch(columns: rows.columns + further, count: rows.count))
  }
}

extension Expression {
  /// The columns that arguments of window functions read.
  fileprivate var columnsOfWindowCalls: Set<ColumnID> {
    switch self {
    case .literal, .column, .scalarSubquery: return []
    case .membership(let membership): return membership.operand.columnsOfWindowCalls
    case .call(let call):
      if FunctionCatalog.window(call.function) != nil { return columnIDs }
      return call.arguments.reduce(into: []) { $0.formUnion($1.columnsOfWindowCalls) }
    }
  }
}

/// Rows with the values of window functions as further columns.
private struct WindowValues {
  private(set) var rows: Batch
  private(set) var columns: [PlanColumn]
  private let context: ExecutionContext

  init(rows: Batch, columns: [PlanColumn], context: ExecutionContext) {
    self.rows = rows
    self.columns = columns
    self.context = context
  }

  /// The columns that were added behind the first ones.
  func made(after count: Int) -> (columns: [PlanColumn], vectors: [Vector]) {
    (Array(columns[count...]), Array(rows.columns[count...]))
  }

  /// The expression with columns of finished values in place of window functions.
  mutating func replaceCalls(in expression: Expression) throws -> Expression {
    switch expression {
    case .literal, .column, .scalarSubquery: return expression
    case .membership(let membership):
      return .membership(
        Membership(
          function: membership.function,
          operand: try replaceCalls(in: membership.operand),
          plan: membership.plan,
          id: membership.id,
          span: membership.span
        )
      )
    case .call(let call):
      var arguments: [Expression] = []
      for argument in call.arguments { arguments.append(try replaceCalls(in: argument)) }
      guard let function = FunctionCatalog.window(call.function) else {
        return .call(Call(call.function, arguments, type: call.type, span: call.span))
      }
      return try add(function, arguments, call)
    }
  }

  /// Computes a call over all rows and adds its values as a column.
  private mutating func add(
    _ function: WindowFunction,
    _ arguments: [Expression],
    _ call: Call
  ) throws -> Expression {
    let compiler = ExpressionCompiler(layout: ColumnLayout(columns), context: context)
    try context.budget.check()
    let values = try function.evaluate(
      WindowCall(
        arguments: try arguments.map { try compiler.compile($0).evaluate(rows) },
        count: rows.count,
        resultType: call.type,
        range: call.span.range
      )
    )
    // Ids below zero are never given by the binder.
    let column = PlanColumn(id: ColumnID(-1 - columns.count), name: "", type: values.type)
    columns.append(column)
    rows = Batch(columns: rows.columns + [values], count: rows.count)
    let reference = Expression.column(column.id, column.type)
    if column.type == call.type { return reference }
    let conversion = FunctionCatalog.conversion(to: call.type)
    return .call(Call(conversion, [reference], type: call.type, span: call.span))
  }
}
