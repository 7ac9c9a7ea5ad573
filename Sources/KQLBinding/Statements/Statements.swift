import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// Binds all statements of a text.
  func bindQuery(_ tree: SyntaxTree) -> BoundQuery {
    var results: [BoundResult] = []
    var count = 0
    bindOptions(tree)
    for statement in tree.root.children(.statement) {
      count += 1
      guard count <= 2_000 else {
        reportLimit(span(statement))
        break
      }
      if statement.kind == .queryStatement {
        if let result = bindQueryStatement(statement) { results.append(result) }
      } else {
        bindDeclaration(statement)
      }
    }
    let isBroken = diagnostics.hasErrors || tree.diagnostics.hasErrors
    return BoundQuery(
      plan: isBroken ? nil : results.last?.plan,
      results: results,
      diagnostics: diagnostics
    )
  }

  private func bindQueryStatement(_ statement: SyntaxNode) -> BoundResult? {
    guard let expression = statement.child(.expression) else { return nil }
    renderInfo = nil
    let table: BoundTable
    switch within(row: nil, { bindValueOrTableName(expression) }) {
    case .table(let found): table = found
    case .scalar(let value):
      if value.type != .unknown { report(.tableExpected(at: span(expression))) }
      return nil
    }
    return BoundResult(
      plan: table.plan,
      columns: table.columns,
      unknownColumns: unknownColumns,
      render: renderInfo,
      isOpen: table.isOpen
    )
  }

  private func bindValueOrTableName(_ node: SyntaxNode) -> BoundValue {
    node.kind == .name ? .table(bindTable(node)) : bindValue(node)
  }

  /// Binds a statement that yields no result.
  func bindDeclaration(_ statement: SyntaxNode) {
    switch statement.kind {
    case .letStatement: bindLet(statement)
    case .queryParametersStatement: bindQueryParameters(statement)
    case .setStatement, .restrictStatement, .skippedTokens: break
    case .aliasStatement: break
    case .patternStatement: bindPattern(statement)
    default: break
    }
  }

  /// Binds the options that mean something here; they hold for the whole text, wherever they are.
  private func bindOptions(_ tree: SyntaxTree) {
    for statement in tree.root.children(.statement) where statement.kind == .setStatement {
      guard let label = statement.child(.name), let value = statement.child(.value) else {
        continue
      }
      switch name(label) {
      case "query_bin_auto_size": binAutoSize = within(row: nil) { bindScalar(value) }
      case "query_bin_auto_at": binAutoPoint = within(row: nil) { bindScalar(value) }
      default: break
      }
    }
  }

  /// Declares a name unless it was declared before.
  func declare(_ name: String, _ symbol: Symbol, at node: SyntaxNode) {
    guard !name.isEmpty else { return }
    if frame.scope.declares(name) { report(.duplicateVariable(name, at: span(node))) }
    frame.scope = frame.scope.adding(name, symbol)
  }

  // MARK: let

  private func bindLet(_ statement: SyntaxNode) {
    guard let label = statement.child(.name), let value = statement.child(.value) else { return }
    let name = name(label)
    switch value.kind {
    case .functionDeclaration: declareFunction(name, value, label)
    case .entityGroup: declare(name, .entityGroup(value.children(.item)), at: label)
    default: declare(name, bindLetValue(name, value), at: label)
    }
  }

  private func declareFunction(_ name: String, _ value: SyntaxNode, _ label: SyntaxNode) {
    let function = DeclaredFunction(
      name: name,
      declaration: value,
      source: frame.source,
      scope: frame.scope
    )
    checkBody(function)
    declare(name, .function(function), at: label)
  }

  /// Binds a body once with its declared types, so that a function which is never called is
  /// checked too. Mistakes of bodies with tabular parameters show at the call.
  private func checkBody(_ function: DeclaredFunction) {
    for node in function.declaration.children(.parameter) {
      let parameter = parameter(node)
      if let value = parameter.defaultValue { _ = within(row: nil) { bindScalar(value) } }
    }
  }

  private func bindLetValue(_ name: String, _ value: SyntaxNode) -> Symbol {
    if value.kind == .materialize, let inner = value.child(.expression) {
      return .table(
        share(bindTable(inner), name: name, isMaterialized: true)
      )
    }
    switch within(row: nil, { bindValue(value) }) {
    case .scalar(let scalar): return .scalar(scalar)
    case .table(let table):
      return .table(share(table, name: name, isMaterialized: false))
    }
  }

  /// `materialize(T)`: computed once and kept.
  func bindMaterialize(_ node: SyntaxNode) -> BoundTable {
    guard let inner = node.child(.expression) else { return failedTable() }
    let table = bindTable(inner)
    return reference(share(table, name: "materialize", isMaterialized: true), node)
  }

  // MARK: Parameters and patterns

  /// `declare query_parameters(a: long = 1)`: values that the caller may give.
  private func bindQueryParameters(_ statement: SyntaxNode) {
    for node in statement.children(.parameter) {
      let parameter = parameter(node)
      guard let type = parameter.type else { continue }
      declare(parameter.name, .scalar(queryParameter(parameter, type, node)), at: node)
    }
  }

  private func queryParameter(
    _ parameter: Parameter,
    _ type: ScalarType,
    _ node: SyntaxNode
  ) -> BoundScalar {
    if let given = options.queryParameters[parameter.name] {
      return convert(BoundScalar(literal: given), to: type)
    }
    if let value = parameter.defaultValue {
      return convert(within(row: nil) { bindScalar(value) }, to: type)
    }
    report(.missingQueryParameter(parameter.name, at: span(node)))
    return BoundScalar(.literal(.null(type)), .scalar(type), isConstant: true)
  }
}
