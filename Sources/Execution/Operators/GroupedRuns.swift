import Columnar
import QueryPlan

/// The subquery of `mv-apply` or `partition`, compiled over the rows of many runs at once.
///
/// A subquery runs for the rows of each input row or key alone. Here the rows of all runs stand in
/// one input, those of a run together, with the run's number in one more column. Each operator
/// keeps the runs apart: the number is handed on, comes first in the keys of groups and orders,
/// and what counts rows counts anew for each run. The rows that leave have the runs in order: they
/// are what single runs would give one after another.
struct GroupedRuns {
  let context: ExecutionContext
  /// Names the operator whose subquery it is.
  let id: Int
  /// The rows of all runs, the number last.
  let rows: [Batch]
  /// The numbers of the runs; a run may have no rows.
  let runs: Range<Int>

  private var number: PlanColumn { .runNumber(id) }
  private var compiler: PlanCompiler { PlanCompiler(context: context) }

  /// Whether every operator of a subquery can keep runs apart.
  static func canRun(_ subquery: Plan, of id: Int) -> Bool {
    switch subquery {
    case .subqueryInput(let input): input.id == id
    case .filter, .project, .summarize, .sort, .top, .take, .expand, .parse, .parseKeyValues,
      .serialize, .render:
      subquery.inputs.allSatisfy { canRun($0, of: id) }
    case .apply(let apply): canRun(apply.input, of: id) && !apply.subquery.readsInput(id)
    default: false
    }
  }

  /// Compiles a plan for which `canRun` holds; its columns are followed by the number.
  func compile(_ plan: Plan) throws -> Flow {
    switch plan {
    case .subqueryInput(let input): return flow(rows, input.columns + [number])
    case .filter(let filter): return compiler.append(filter, to: try compile(filter.input))
    case .project(let project):
      return compiler.append(project, to: try compile(project.input), passing: [number])
    case .expand(let expand):
      return try compiler.append(expand, to: try compile(expand.input), passing: [number])
    case .parse(let parse):
      return try compiler.append(parse, to: try compile(parse.input), passing: [number])
    case .parseKeyValues(let parse):
      return try compiler.append(parse, to: try compile(parse.input), passing: [number])
    case .apply(let apply):
      return try compiler.append(apply, to: try compile(apply.input), passing: [number])
    case .serialize(let serialize): return try compile(serialize.input)
    case .render(let render): return try compile(render.input)
    default: return try compileWhole(plan)
    }
  }

  /// Compiles what needs all rows of a run.
  private func compileWhole(_ plan: Plan) throws -> Flow {
    switch plan {
    case .summarize(let summarize): return try compile(summarize)
    case .sort(let sort): return try order(try compile(sort.input), by: sort.keys)
    case .top(let top):
      let count = try compiler.constants.wholeNumber(top.count) ?? 0
      return try take(count, of: try order(try compile(top.input), by: top.keys))
    case .take(let take):
      let count = try compiler.constants.wholeNumber(take.count) ?? 0
      return try self.take(count, of: try compile(take.input))
    default: return try compiler.compile(plan)
    }
  }

  private func flow(_ batches: [Batch], _ columns: [PlanColumn]) -> Flow {
    compiler.flow(batches, columns)
  }

  private func order(_ input: Flow, by keys: [SortKey]) throws -> Flow {
    let run = SortKey(.column(number.id, .long), isDescending: false, nullsFirst: true)
    return try compiler.sorted(input, by: [run] + keys)
  }

  /// The first rows of each run.
  private func take(_ count: Int, of input: Flow) throws -> Flow {
    guard count > 0 else { return flow([], input.layout.columns) }
    var run: Int64?
    var taken = 0
    let kept = try input.collect(context).map { batch in
      var picked: [UInt32] = []
      forEachNumber(batch, input.layout) { row, number in
        if number != run { (run, taken) = (number, 0) }
        if taken < count {
          picked.append(UInt32(truncatingIfNeeded: row))
          taken += 1
        }
      }
      return picked.count == batch.count ? batch : batch.gather(picked)
    }
    return flow(kept, input.layout.columns)
  }

  // MARK: Groups

  private func compile(_ plan: Summarize) throws -> Flow {
    let input = try compile(plan.input)
    let keyed = Summarize(
      input: plan.input,
      keys: [NamedExpression(passing: number)] + plan.keys,
      aggregates: plan.aggregates
    )
    let operation = SummarizeOperator(
      plan: keyed,
      layout: input.layout,
      context: context
    )
    let batches = try operation.run(input)
    let types = keyed.columns.map(\.type)
    let groups = Batch.concatenating(batches, types: types)
    if !plan.keys.isEmpty || groups.count == runs.count { return flow([groups], keyed.columns) }
    let empty = try summaryOfNothing(plan, input.layout)
    return flow([completed(groups, with: empty, keyed)], keyed.columns)
  }

  /// What `summarize` without keys makes of a run that has no rows: one row all the same.
  private func summaryOfNothing(_ plan: Summarize, _ layout: ColumnLayout) throws -> Batch {
    let operation = SummarizeOperator(plan: plan, layout: layout, context: context)
    let rows = try operation.run(Flow(pipelines: [], layout: layout))
    return Batch.concatenating(rows, types: plan.columns.map(\.type))
  }

  /// One row for each run: its group's, or that of no rows.
  private func completed(_ groups: Batch, with empty: Batch, _ plan: Summarize) -> Batch {
    var rows = [UInt32](repeating: UInt32(truncatingIfNeeded: groups.count), count: runs.count)
    forEachNumber(groups, ColumnLayout(plan.columns)) { row, number in
      let place = Int(number) - runs.lowerBound
      if rows.indices.contains(place) { rows[place] = UInt32(truncatingIfNeeded: row) }
    }
    let columns = [Vector(constant: .long(0), count: empty.count)] + empty.columns
    let all = Batch.concatenating(
      [groups, Batch(columns: columns, count: empty.count)],
      types: plan.columns.map(\.type)
    ).gather(rows)
    let numbers = Vector.numbers(runs.map { UInt32(truncatingIfNeeded: $0) })
    return Batch(columns: [numbers] + all.columns.dropFirst(), count: all.count)
  }

  /// Calls with each row and the number of its run.
  func forEachNumber(_ batch: Batch, _ layout: ColumnLayout, _ body: (Int, Int64) -> Void) {
    guard let position = layout.position(of: number.id), batch.count > 0 else { return }
    let column = batch.columns[position].flattened()
    guard case .fixed(let fixed) = column.layout else { return }
    let values = fixed.base(Int64.self)
    for row in 0..<batch.count { body(row, values[row]) }
  }
}

extension PlanColumn {
  /// Holds the number of the run to which a row belongs; no bound plan has a negative id.
  static func runNumber(_ id: Int) -> PlanColumn {
    PlanColumn(id: ColumnID(-1 - id), name: "", type: .long)
  }
}

extension Vector {
  /// A column of whole numbers.
  static func numbers(_ values: [UInt32]) -> Vector {
    let buffer = Buffer(byteCount: values.count * 8)
    let target = buffer.values(Int64.self)
    for (row, value) in values.enumerated() { target[row] = Int64(value) }
    return Vector(type: .long, count: values.count, layout: .fixed(FixedRows(values: buffer)))
  }
}
