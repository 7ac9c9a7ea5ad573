import Columnar
import QueryPlan

/// Turns a plan into a flow, running what must be whole first (groups, orders, build sides).
struct PlanCompiler {
  let context: ExecutionContext
  /// What will be made of the rows of the plan.
  var demand = RowDemand()
  /// The operator that takes the rows, where the query is analysed.
  var measure: OperatorMeasure?

  /// Compiles a plan.
  ///
  /// - Parameter hint: what a `top` above, with nothing but row-wise operators between, wants.
  func compile(_ plan: Plan, _ hint: TopHint? = nil) throws -> Flow {
    try context.budget.check()
    guard let analysis = context.options.analysis else { return try compileKept(plan, hint) }
    return try measured(plan, analysis) { try $0.compileKept(plan, hint) }
  }

  private func compileKept(_ plan: Plan, _ hint: TopHint?) throws -> Flow {
    if !demand.isWhole {
      var narrower = self
      narrower.demand = demand.kept(by: plan) ?? RowDemand()
      return try narrower.compileDemanded(plan, hint)
    }
    return try compileDemanded(plan, hint)
  }

  private func compileDemanded(_ plan: Plan, _ hint: TopHint?) throws -> Flow {
    switch plan {
    case .scan(let scan): return try compile(scan, hint)
    case .values(let values): return compile(values)
    case .range(let range): return try compile(range)
    case .filter(let filter): return try compile(filter, hint)
    case .project(let project):
      return append(project, to: try compile(project.input, hint?.behind(project)), passing: [])
    case .summarize(let summarize):
      return try compile(summarize)
    case .take(let take):
      let input = try compile(take.input)
      let count = try constants.wholeNumber(take.count) ?? 0
      return flow(try TakeOperator.run(input, count: count, context), take.columns)
    case .union(let union): return try compile(union, hint)
    case .serialize(let serialize): return try compile(serialize.input, hint)
    case .render(let render): return try compile(render.input, hint)
    case .shared(let reference): return try compile(reference)
    default: return try compileFurther(plan)
    }
  }

  /// Puts a filter behind a flow; columns that the plan does not know of go along.
  func append(_ filter: Filter, to input: Flow) -> Flow {
    let needless = Set(filter.input.columns.map(\.id)).subtracting(filter.columns.map(\.id))
    let columns = input.layout.columns.filter { !needless.contains($0.id) }
    let stage = FilterFactory(
      predicate: filter.predicate,
      layout: input.layout,
      emitted: columns.compactMap { input.layout.position(of: $0.id) }
    )
    return input.appending(stage, layout: ColumnLayout(columns))
  }

  /// Puts a projection behind a flow; columns of the input may go along.
  func append(_ project: Project, to input: Flow, passing extra: [PlanColumn]) -> Flow {
    let expressions = project.expressions + extra.map(NamedExpression.init(passing:))
    let stage = ProjectFactory(expressions: expressions, layout: input.layout)
    return input.appending(stage, layout: ColumnLayout(expressions.map(\.column)))
  }

  /// Compiles expressions that read no column.
  var constants: ExpressionCompiler {
    ExpressionCompiler(layout: ColumnLayout([]), context: context)
  }

  /// A flow over finished batches.
  func flow(_ batches: [Batch], _ columns: [PlanColumn]) -> Flow {
    Flow(batches: batches, layout: ColumnLayout(columns), context: context)
  }

  /// The whole result of a plan, in row order.
  func collect(_ plan: Plan) throws -> [Batch] { try compile(plan).collect(context) }
}
