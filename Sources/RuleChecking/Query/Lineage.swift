import QueryPlan
import SourceText

/// Finds where the columns of a plan come from.
struct Lineage {
  typealias Origins = [ColumnID: ColumnOrigin]

  private var shared: [Int: Origins] = [:]
  /// What the rows are that subqueries read, by the number of their operator.
  private var inputs: [Int: Origins] = [:]

  /// The origins of the columns that a plan yields.
  static func origins(of plan: Plan) -> Origins {
    var lineage = Lineage()
    return lineage.origins(plan)
  }

  private mutating func origins(_ plan: Plan) -> Origins {
    switch plan {
    case .scan(let scan): return origins(scan)
    case .project(let node): return derived(origins(node.input), node.expressions)
    case .window(let node): return derived(origins(node.input), node.expressions)
    case .summarize(let node): return origins(node)
    case .join(let node):
      return origins(node.left).merging(origins(node.right)) { left, _ in left }
    case .union(let node): return origins(node)
    case .shared(let node): return origins(node)
    case .subqueryInput(let node): return inputs[node.id] ?? [:]
    case .apply(let node):
      let rows = origins(node.input)
      inputs[node.id] = rows
      return rows.merging(origins(node.subquery)) { _, inner in inner }
    case .partition(let node):
      inputs[node.id] = origins(node.input)
      return origins(node.subquery)
    case .makeSeries(let node): return keys(origins(node.input), node.keys)
    default:
      // What an operator adds has new numbers, which stand for computed columns.
      return plan.inputs.reduce(into: [:]) { found, input in
        found.merge(origins(input)) { first, _ in first }
      }
    }
  }

  private func origins(_ scan: TableScan) -> Origins {
    Dictionary(
      scan.columns.map { column in
        (
          column.id,
          .own(OwnColumn(name: column.name, tables: [scan.table], rows: [scan.span]))
        )
      },
      uniquingKeysWith: { first, _ in first }
    )
  }

  private func derived(_ input: Origins, _ expressions: [NamedExpression]) -> Origins {
    var origins: Origins = [:]
    for named in expressions {
      origins[named.column.id] = origin(named.expression, input)
    }
    return origins
  }

  private func origin(_ expression: Expression, _ input: Origins) -> ColumnOrigin {
    if case .column(let id, _) = expression { return input[id] ?? .computed }
    return .computed
  }

  private func keys(_ input: Origins, _ keys: [NamedExpression]) -> Origins {
    derived(input, keys).mapValues { origin in
      guard case .own(var column) = origin else { return .computed }
      column.rows = []
      return .own(column)
    }
  }

  private mutating func origins(_ node: Summarize) -> Origins {
    let input = origins(node.input)
    var origins = keys(input, node.keys)
    for call in node.aggregates {
      for (column, argument) in zip(call.columns, call.arguments) {
        origins[column.id] = origin(of: origin(argument, input), in: call)
      }
    }
    return origins
  }

  private func origin(of argument: ColumnOrigin, in call: AggregateCall) -> ColumnOrigin {
    guard case .own(var column) = argument else { return .computed }
    switch call.function {
    case "arg_max", "arg_min", "take_any":
      column.rows = [call.span]
      return .own(column)
    case "max", "min": return .aggregated(function: call.function, column)
    default: return .computed
    }
  }

  private mutating func origins(_ node: Union) -> Origins {
    var origins: Origins = [:]
    for leg in node.legs {
      let inner = self.origins(leg.plan)
      for (output, source) in zip(node.outputs, leg.sources) {
        guard let source else { continue }
        let found = inner[source] ?? .computed
        origins[output.id] = origins[output.id].map { Self.merged($0, found) } ?? found
      }
    }
    return origins
  }

  /// What a column is that is one thing in one leg of a union and another in the next.
  private static func merged(_ first: ColumnOrigin, _ second: ColumnOrigin) -> ColumnOrigin {
    switch (first, second) {
    case (.own(let left), .own(let right)) where left.name == right.name:
      .own(
        OwnColumn(
          name: left.name,
          tables: left.tables.union(right.tables),
          rows: left.rows.isEmpty || right.rows.isEmpty ? [] : left.rows.union(right.rows)
        )
      )
    case (.own, let other), (let other, .own): other
    default: first
    }
  }

  private mutating func origins(_ node: SharedReference) -> Origins {
    let plan = node.shared.plan
    let inner = shared[node.shared.id] ?? origins(plan)
    shared[node.shared.id] = inner
    let columns = plan.columns
    var origins: Origins = [:]
    for (column, source) in zip(node.columns, node.sources) where source < columns.count {
      origins[column.id] = inner[columns[source].id] ?? .computed
    }
    return origins
  }
}
