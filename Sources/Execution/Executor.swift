import Columnar
public import KQLFunctions
public import QueryPlan
import Segments

/// Runs plans.
public struct Executor: Sendable {
  private let options: ExecutionOptions
  private let tables: any TableProvider
  private let constants: QueryConstants
  private let moment: ReadMoment

  /// - Parameter moment: at which sources are read that others change; the caller ends it.
  public init(
    tables: any TableProvider,
    constants: QueryConstants,
    options: ExecutionOptions,
    moment: ReadMoment = ReadMoment()
  ) {
    self.moment = moment
    self.tables = tables
    self.constants = constants
    self.options = options
  }

  /// Runs a plan to its end within a budget.
  ///
  /// Throws a `QueryFailure`; there is never a partial result.
  public func run(_ plan: Plan, budget: QueryBudget) throws -> QueryResult {
    try budget.metering { try runMetered(plan, budget) }
  }

  private func runMetered(_ plan: Plan, _ budget: QueryBudget) throws -> QueryResult {
    let context = ExecutionContext(
      options: options,
      budget: budget,
      tables: tables,
      constants: constants.boundingMatches(by: budget),
      moment: moment
    )
    let rewritten = options.optimizes ? Optimizer.optimize(plan) : Optimizer.resolve(plan)
    let parts: [ResultPart]
    do {
      let flow = try PlanCompiler(context: context).compile(rewritten)
      parts = try flow.collectResult(context)
    } catch let failure as SegmentFailure {
      throw QueryFailure(.input, failure.description, file: failure.path)
    }
    let columns = plan.columns.map { ColumnSchema($0.name, $0.type) }
    return QueryResult(schema: Schema(columns), parts: parts)
  }
}

extension QueryConstants {
  /// The constants with the work of regular expressions held to the query's budget.
  fileprivate func boundingMatches(by budget: QueryBudget) -> QueryConstants {
    QueryConstants(
      now: now,
      randomSeed: randomSeed,
      principal: principal,
      matchBudget: matchBudget ?? budget.makeMatchBudget(),
      timeZones: timeZones
    )
  }
}
