import Columnar
import KQLFunctions
import QueryPlan
import SourceText

extension PlanCompiler {
  /// Runs a projection with window functions: these over all rows at once, in their order, the
  /// rest batch by batch.
  func compile(_ window: Window) throws -> Flow {
    let input = try compile(window.input)
    let batches = try input.collect(context)
    let types = input.layout.types
    let rows =
      try batches.isEmpty
      ? Batch(columns: types.map(Vector.empty), count: 0)
      : context.concatenating(batches, types: types)
    var values = WindowValues(rows: rows, columns: input.layout.columns, context: context)
    let expressions = try window.expressions.map {
      NamedExpression($0.column, try values.replaceCalls(in: $0.expression))
    }
    let wider = flow([values.rows], values.columns)
    let stage = ProjectFactory(expressions: expressions, layout: wider.layout)
    return wider.appending(stage, layout: ColumnLayout(window.columns))
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
