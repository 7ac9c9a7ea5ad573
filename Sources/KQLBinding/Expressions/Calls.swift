import Columnar
import KQLFunctions
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// Binds a call: of a function that the query declares, an aggregate, a built-in function or a
  /// function of the environment.
  func bindCall(_ node: SyntaxNode) -> BoundValue {
    guard let callee = node.child(.name) else { return .scalar(.failed) }
    let name = name(callee)
    let arguments = node.children(.argument)
    if let value = bindQueryFunction(name, node, arguments) { return value }
    if let symbol = SymbolCatalog.aggregate(name), frame.aggregates != nil {
      return .scalar(bindAggregate(symbol, node))
    }
    if let special = bindSpecialCall(name, node) { return special }
    if let symbol = SymbolCatalog.function(name) {
      return bindBuiltIn(symbol, node)
    }
    if SymbolCatalog.aggregate(name) != nil {
      report(.aggregateNotAllowed(name, at: span(callee)))
      return .scalar(.failed)
    }
    if let function = foreignFunction(name) {
      return bindDeclaredCall(function, node, arguments: arguments)
    }
    if frame.isFuzzy { return .table(missingTable()) }
    if !name.isEmpty {
      report(
        .unknownFunction(name, at: span(callee), suggestion: functionSuggestion(for: name))
      )
    }
    for argument in arguments { bindSilently(argument) }
    return .scalar(.failed)
  }

  /// A call of a name that the query declares.
  private func bindQueryFunction(
    _ name: String,
    _ node: SyntaxNode,
    _ arguments: [SyntaxNode]
  ) -> BoundValue? {
    switch frame.scope.symbol(name) {
    case .function(let function):
      return bindDeclaredCall(function, node, arguments: arguments)
    case .table(let table) where arguments.isEmpty: return .table(reference(table, node))
    case .pattern(let pattern): return bindPatternCall(pattern, node)
    case .scalar(let value) where arguments.isEmpty && SymbolCatalog.function(name) == nil:
      return .scalar(value)
    default: return nil
    }
  }

  /// Binds for its own mistakes only.
  private func bindSilently(_ node: SyntaxNode) {
    guard node.kind != .starExpression else { return }
    _ = bindValue(node)
  }

  private func functionSuggestion(for name: String) -> String? {
    guard !frame.isSilent else { return nil }
    var names = frame.scope.visible.map(\.name) + environment.functionNames
    names += SymbolCatalog.symbols(.function).filter { !$0.isHidden }.map(\.name)
    if frame.aggregates != nil { names += SymbolCatalog.symbols(.aggregate).map(\.name) }
    return Suggestion.nearest(to: name, in: names)
  }

  /// Binds a call of a function of the language by its official signatures.
  func bindBuiltIn(_ symbol: KQLFunctions.FunctionSymbol, _ node: SyntaxNode) -> BoundValue {
    checkWindow(symbol.name, node)
    let nodes = node.children(.argument)
    let bound = nodes.map(bindArgument)
    let resolved = SignatureResolver.resolve(
      symbol,
      zip(nodes, bound).map(describe),
      context: callContext
    )
    report(resolved, node)
    return finish(resolved, node, bound)
  }

  /// What `*`, `pack_all()` and the like need to know of the rows.
  var callContext: CallContext {
    CallContext(rowColumns: (frame.row?.columns ?? []).map(callColumn))
  }

  /// A column as the resolver of signatures sees it.
  func callColumn(_ column: PlanColumn) -> CallColumn {
    CallColumn(column.name, unknownColumns.contains(column.id) ? nil : column.type)
  }

  /// The type that the resolver found.
  func boundType(_ type: ScalarType?) -> BoundType { type.map(BoundType.scalar) ?? .unknown }

  /// Binds an argument; `*`, types and tables stay what they are.
  func bindArgument(_ node: SyntaxNode) -> BoundArgument {
    switch node.kind {
    case .starExpression: return .star
    case .typeofLiteral: return .type(typeColumns(node))
    case .namedExpression:
      return node.child(.expression).map(bindArgument) ?? .scalar(.failed)
    default: break
    }
    switch bindValue(node) {
    case .scalar(let value): return .scalar(value)
    case .table(let table): return .table(table)
    }
  }

  /// Tells the resolver of signatures what an argument is.
  func describe(_ node: SyntaxNode, _ argument: BoundArgument) -> CallArgument {
    switch argument {
    case .star: return CallArgument(.star)
    case .type(let columns):
      let only = columns.count == 1 ? columns[0].type : nil
      return CallArgument(
        .typeLiteral(only),
        isLiteral: true,
        columns: columns.map { CallColumn($0.name, $0.type) }
      )
    case .table(let table):
      return CallArgument(.table, columns: table.columns.map(callColumn))
    case .scalar(let value):
      let type: ScalarType? = if case .scalar(let type) = value.type { type } else { nil }
      var isColumn = false
      if case .column = value.expression { isColumn = true }
      return CallArgument(
        .scalar(type),
        name: naturalName(node),
        isColumn: isColumn,
        isConstant: value.isConstant,
        isLiteral: value.literal != nil,
        text: constant(value).flatMap(Self.writtenText)
      )
    }
  }

  private func finish(
    _ resolved: ResolvedCall,
    _ node: SyntaxNode,
    _ bound: [BoundArgument]
  ) -> BoundValue {
    let arguments = zip(bound, resolved.conversions + Array(repeating: nil, count: bound.count))
      .flatMap { argument, type -> [BoundScalar] in
        if case .star = argument { return (frame.row?.columns ?? []).map { column($0) } }
        guard case .scalar(let value) = argument else { return [] }
        return [type.map { convert(value, to: $0) } ?? value]
      }
    switch resolved.result {
    case .scalar(let type):
      let type = resolved.isValid || type != nil ? boundType(type) : .unknown
      return .scalar(shape(resolved, arguments, bound, type, node))
    case .columns(let columns):
      return .scalar(parts(columns, resolved.symbol.name, arguments, node))
    case .table(let columns, let isOpen):
      let listed = columns.map { freshColumn($0.name, boundType($0.type)) }
      return .table(refusedSource(resolved.symbol.name, listed, isOpen: isOpen, node))
    case .entity:
      return .table(refusedSource(resolved.symbol.name, [], isOpen: true, node))
    }
  }

  /// A function that yields several columns: its value is an array with one element each.
  private func parts(
    _ columns: [CallColumn],
    _ name: String,
    _ arguments: [BoundScalar],
    _ node: SyntaxNode
  ) -> BoundScalar {
    let whole = BoundScalar.call(name, arguments, .scalar(.dynamic), span(node))
    if columns.count == 1, let only = columns.first {
      var value = BoundScalar.call(name, arguments, boundType(only.type), span(node))
      value.parts = [BoundPart(name: only.name, value: value)]
      return value
    }
    let parts = columns.enumerated().map { index, column in
      let position = BoundScalar(literal: .long(Int64(index)))
      let element = BoundScalar.call(
        "Element",
        [whole, position],
        .scalar(.dynamic),
        span(node)
      )
      return BoundPart(
        name: column.name,
        value: column.type.map { convert(element, to: $0) } ?? element
      )
    }
    guard var first = parts.first?.value else { return whole }
    first.parts = parts
    return first
  }

  /// Reports what the resolver refused.
  func report(_ resolved: ResolvedCall, _ node: SyntaxNode) {
    let arguments = node.children(.argument)
    for problem in resolved.problems {
      let place = problem.argument.flatMap { $0 < arguments.count ? arguments[$0] : nil }
      let target = place ?? node.child(.name) ?? node
      let text = problem.message(for: resolved.symbol.name)
      report(Diagnostic(problem.code, text, at: span(target)))
    }
  }

  /// Window functions need rows in a fixed order.
  private func checkWindow(_ name: String, _ node: SyntaxNode) {
    guard Self.windowFunctions.contains(name), let row = frame.row, !row.isSerialized,
      let callee = node.child(.name)
    else { return }
    report(.serializedInputNeeded(name, at: span(callee)))
  }

  static let windowFunctions: Set<String> = [
    "prev", "next", "row_number", "row_cumsum", "row_rank", "row_rank_dense", "row_rank_min",
    "row_window_session",
  ]
}

/// An argument of a call, bound.
enum BoundArgument {
  case scalar(BoundScalar)
  case table(BoundTable)
  case star
  case type([ColumnSchema])

  var scalar: BoundScalar? {
    if case .scalar(let value) = self { value } else { nil }
  }
}
