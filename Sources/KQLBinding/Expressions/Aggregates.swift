import Columnar
import KQLFunctions
import KQLSyntax
import QueryPlan
import SourceText

/// Collects the aggregates of a `summarize` while its expressions are bound.
final class AggregateCollector {
  var calls: [AggregateCall] = []
  /// Whether `*` stood for the columns of an open table, of which there may be more.
  var takesOpenRow = false
  /// Columns that are group keys as they are: `arg_max(x, *)` leaves them out.
  let keyColumns: Set<ColumnID>

  init(keyColumns: Set<ColumnID>) { self.keyColumns = keyColumns }
}

extension Binder {
  /// Binds an aggregate: a column of the summary, several for `arg_max` and the like.
  func bindAggregate(_ symbol: KQLFunctions.FunctionSymbol, _ node: SyntaxNode) -> BoundScalar {
    guard let collector = frame.aggregates else { return .failed }
    var nodes = node.children(.argument)
    // The engine counts all rows, whatever the argument.
    if symbol.name == "count" || symbol.name == "cnt" {
      for argument in nodes { _ = bindAggregateArguments([argument]) }
      nodes = []
    }
    let bound = bindAggregateArguments(nodes)
    let arguments = zip(nodes, bound).map(describe)
    let resolved = SignatureResolver.resolve(symbol, arguments, context: callContext)
    report(resolved, node)
    if Self.rowAggregates.contains(symbol.name) {
      return collect(rowAggregate(symbol.name, nodes, bound, collector), symbol, node, collector)
    }
    let values = zip(bound, resolved.conversions).compactMap { argument, type in
      argument.scalar.map { value in type.map { convert(value, to: $0) } ?? value }
    }
    return collect(
      columns(resolved, symbol, nodes),
      values.map(\.expression),
      symbol.name,
      node,
      collector
    )
  }

  private static let rowAggregates: Set<String> = ["arg_max", "arg_min", "take_any", "any"]

  private func bindAggregateArguments(_ nodes: [SyntaxNode]) -> [BoundArgument] {
    var inner = frame
    inner.aggregates = nil
    return within(inner) { nodes.map(bindArgument) }
  }

  private func columns(
    _ resolved: ResolvedCall,
    _ symbol: KQLFunctions.FunctionSymbol,
    _ nodes: [SyntaxNode]
  ) -> [PlanColumn] {
    switch resolved.result {
    case .columns(let columns):
      return columns.map { freshColumn($0.name, boundType($0.type)) }
    case .scalar(let type):
      return [freshColumn(aggregateName(symbol, nodes) ?? "", boundType(type))]
    case .table, .entity:
      return [freshColumn("", .unknown)]
    }
  }

  private func collect(
    _ columns: [PlanColumn],
    _ arguments: [Expression],
    _ name: String,
    _ node: SyntaxNode,
    _ collector: AggregateCollector
  ) -> BoundScalar {
    collector.calls.append(
      AggregateCall(
        function: name,
        arguments: arguments,
        columns: columns,
        span: span(node)
      )
    )
    guard let first = columns.first else { return .failed }
    var value = column(first)
    value.weight = 2
    let isSeveral = columns.count > 1 || Self.namedParts.contains(name)
    if isSeveral {
      value.parts = columns.map { BoundPart(name: $0.name, value: column($0)) }
    }
    return value
  }

  /// Aggregates whose columns have names of their own, also where there is one only.
  private static let namedParts: Set<String> = [
    "arg_max", "arg_min", "argmax", "argmin", "take_any", "any", "percentile", "percentiles",
    "percentiles_array", "percentilew", "percentilesw", "percentilesw_array",
  ]

  // MARK: Rows

  /// An argument of `arg_max` and the like with the name of its column.
  private struct RowArgument {
    let name: String
    let value: BoundScalar
  }

  /// The arguments with `*` written out: all columns but the keys and those named already.
  private func rowAggregate(
    _ name: String,
    _ nodes: [SyntaxNode],
    _ bound: [BoundArgument],
    _ collector: AggregateCollector
  ) -> [RowArgument] {
    let isExtreme = name == "arg_max" || name == "arg_min"
    let prefix = name == "any" ? "any_" : ""
    let firstName = nodes.first.flatMap(naturalName)
    var named: Set<Name> = []
    if isExtreme { named = Set(nodes.compactMap { naturalName($0).map { Name($0) } }) }
    var result: [RowArgument] = []
    for (index, (node, argument)) in zip(nodes, bound).enumerated() {
      switch argument {
      case .star:
        collector.takesOpenRow = collector.takesOpenRow || frame.row?.isOpen == true
        for column in frame.row?.columns ?? []
        where !collector.keyColumns.contains(column.id) && !named.contains(Name(column.name)) {
          result.append(RowArgument(name: prefix + column.name, value: self.column(column)))
        }
      case .scalar(let value):
        let own = naturalName(node).map { prefix + $0 }
        let extreme = name == "arg_max" ? "max" : "min"
        let fallback =
          !isExtreme
          ? "any_arg\(index)"
          : index == 0 ? extreme + "_" : "\(extreme)_\(firstName ?? "")_arg\(index)"
        result.append(RowArgument(name: own ?? fallback, value: value))
      case .table, .type: break
      }
    }
    return result
  }

  private func collect(
    _ arguments: [RowArgument],
    _ symbol: KQLFunctions.FunctionSymbol,
    _ node: SyntaxNode,
    _ collector: AggregateCollector
  ) -> BoundScalar {
    let columns = arguments.map { freshColumn($0.name, $0.value.type) }
    return collect(
      columns,
      arguments.map(\.value.expression),
      symbol.name,
      node,
      collector
    )
  }
}
