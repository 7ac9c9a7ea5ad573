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

  private static let rowAggregates: Set<String> = [
    "arg_max", "arg_min", "take_any", "any", "argmax", "argmin",
  ]

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

  /// How an aggregate names the columns of its arguments.
  private struct RowNaming {
    /// `max` or `min`; nil for `take_any` and `any`.
    let extreme: String?
    /// Put before every name.
    let prefix: String
    /// Whether the names are those of the old spellings `argmax` and `argmin`.
    let isOld: Bool
    /// The name of the first argument.
    let first: String?

    init(_ function: String, first: String?) {
      isOld = function == "argmax" || function == "argmin"
      extreme = function.hasPrefix("arg") ? String(function.suffix(3)) : nil
      self.first = first
      prefix = function == "any" ? "any_" : ""
    }

    /// The name of an argument at a position; `own` is what it would be called alone.
    func name(_ own: String?, at index: Int) -> String {
      guard let extreme else { return own.map { prefix + $0 } ?? "any_arg\(index)" }
      let base = "\(extreme)_\(first ?? "")"
      if isOld { return index == 0 ? base : "\(base)_\(own ?? "arg\(index)")" }
      return own ?? (index == 0 ? extreme + "_" : "\(base)_arg\(index)")
    }
  }

  /// The arguments with `*` written out: all columns but the keys and those named already.
  private func rowAggregate(
    _ name: String,
    _ nodes: [SyntaxNode],
    _ bound: [BoundArgument],
    _ collector: AggregateCollector
  ) -> [RowArgument] {
    let naming = RowNaming(name, first: nodes.first.flatMap(naturalName))
    var named: Set<Name> = []
    if naming.extreme != nil { named = Set(nodes.compactMap { naturalName($0).map { Name($0) } }) }
    var result: [RowArgument] = []
    for (index, (node, argument)) in zip(nodes, bound).enumerated() {
      switch argument {
      case .star:
        collector.takesOpenRow = collector.takesOpenRow || frame.row?.isOpen == true
        for column in frame.row?.columns ?? []
        where !collector.keyColumns.contains(column.id) && !named.contains(Name(column.name)) {
          let title = naming.name(column.name, at: max(index, 1))
          result.append(RowArgument(name: title, value: self.column(column)))
        }
      case .scalar(let value):
        let title = naming.name(naturalName(node), at: index)
        result.append(RowArgument(name: title, value: value))
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
    let names = ["argmax": "arg_max", "argmin": "arg_min", "any": "take_any"]
    return collect(
      columns,
      arguments.map(\.value.expression),
      names[symbol.name] ?? symbol.name,
      node,
      collector
    )
  }
}
