/// Computes what several expressions of an operator have in common once, in a projection below it.
///
/// A part of one common part only stays within it; what two common parts share goes one projection
/// further down.
struct CommonSubexpressions {
  /// The next number of a column that the plan does not have yet.
  private var nextNumber: Int

  static func apply(_ plan: Plan) -> Plan {
    var rule = CommonSubexpressions(nextNumber: ColumnNumbers(of: plan).greatest + 1)
    return rule.rewrite(plan)
  }

  private init(nextNumber: Int) { self.nextNumber = nextNumber }

  private mutating func rewrite(_ plan: Plan) -> Plan {
    let below = plan.replacingInputs { rewrite($0) }
    switch below {
    case .project(let project): return .project(rewrite(project))
    case .summarize(let summarize): return .summarize(rewrite(summarize))
    default: return below
    }
  }

  private mutating func rewrite(_ summarize: Summarize) -> Summarize {
    let keys = summarize.keys.map(\.expression)
    let arguments = summarize.aggregates.flatMap(\.arguments)
    guard let split = split(keys + arguments, over: summarize.input) else { return summarize }
    var rest = split.expressions[keys.count...]
    let aggregates = summarize.aggregates.map { aggregate in
      defer { rest = rest.dropFirst(aggregate.arguments.count) }
      return AggregateCall(
        function: aggregate.function,
        arguments: Array(rest.prefix(aggregate.arguments.count)),
        columns: aggregate.columns,
        span: aggregate.span
      )
    }
    let named = zip(summarize.keys, split.expressions).map { NamedExpression($0.column, $1) }
    return Summarize(input: split.input, keys: named, aggregates: aggregates)
  }

  /// Expressions in which common parts are columns of a new input; nil where nothing is common.
  private mutating func split(
    _ expressions: [Expression],
    over input: Plan
  ) -> (expressions: [Expression], input: Plan)? {
    var numbering = ExpressionNumbering()
    for expression in expressions { numbering.note(expression) }
    var common = CommonColumns(nextNumber: nextNumber)
    let rewritten = expressions.map { common.rewrite($0, &numbering) }
    if common.columns.isEmpty { return nil }
    nextNumber = common.nextNumber
    let needed = rewritten.reduce(into: Set<ColumnID>()) { $0.formUnion($1.columnIDs) }
    let passed = input.columns.filter { needed.contains($0.id) }.map(NamedExpression.init(passing:))
    let made = common.columns.map { NamedExpression($0.column, $0.expression) }
    return (rewritten, .project(rewrite(Project(input: input, expressions: passed + made))))
  }

  /// Splits a projection, and the new ones below it in their turn; its input is rewritten already.
  private mutating func rewrite(_ project: Project) -> Project {
    guard let split = split(project.expressions.map(\.expression), over: project.input) else {
      return project
    }
    let expressions = zip(project.expressions, split.expressions).map {
      NamedExpression($0.column, $1)
    }
    return Project(input: split.input, expressions: expressions)
  }

  /// The columns that common parts become.
  private struct CommonColumns {
    var nextNumber: Int
    private(set) var columns: [(column: PlanColumn, expression: Expression)] = []
    private var known: [Int: PlanColumn] = [:]

    init(nextNumber: Int) { self.nextNumber = nextNumber }

    mutating func rewrite(
      _ expression: Expression,
      _ numbering: inout ExpressionNumbering
    ) -> Expression {
      let number = numbering.number(of: expression)
      guard numbering.isShared(number) else {
        return expression.replacingOperands { rewrite($0, &numbering) }
      }
      let column = known[number] ?? add(numbering.expression(number), number)
      return .column(column.id, column.type)
    }

    private mutating func add(_ expression: Expression, _ number: Int) -> PlanColumn {
      let column = PlanColumn(
        id: ColumnID(nextNumber),
        name: "$common\(nextNumber)",
        type: expression.type
      )
      nextNumber += 1
      known[number] = column
      columns.append((column, expression))
      return column
    }
  }
}
