import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// The function that the environment adds under a name, parsed once.
  func foreignFunction(_ name: String) -> DeclaredFunction? {
    if let known = foreignFunctions[name] { return known }
    guard let function = environment.function(named: name) else { return nil }
    let source = SourceText("let f = " + function.declaration + ";", name: name)
    let tree = KQLParser.parse(source)
    let statement = tree.root.child(.statement)
    guard let declaration = statement?.child(.value), declaration.kind == .functionDeclaration
    else { return nil }
    let declared = DeclaredFunction(
      name: name,
      declaration: declaration,
      source: source,
      scope: .empty,
      nameArguments: function.nameArguments
    )
    foreignFunctions[name] = declared
    return declared
  }

  /// Binds a call of a function that the query or the environment declares: its body, with the
  /// arguments for parameters.
  func bindDeclaredCall(
    _ function: DeclaredFunction,
    _ node: SyntaxNode,
    arguments: [SyntaxNode],
    piped: BoundTable? = nil
  ) -> BoundValue {
    guard frame.callDepth < 40 else {
      reportLimit(span(node))
      return .scalar(.failed)
    }
    let parameters = parameters(of: function)
    guard let values = match(parameters, function, node, arguments, piped: piped) else {
      return .scalar(.failed)
    }
    var inner = Frame(source: function.source)
    inner.scope = function.scope.nested()
    for (parameter, value) in zip(parameters, values) {
      inner.scope = inner.scope.adding(parameter.name, value)
    }
    inner.callSpan = function.isForeign ? span(node) : frame.callSpan
    inner.path = frame.path + "/\(function.name)@\(node.span.start)"
    inner.callDepth = frame.callDepth + 1
    inner.isSilent = frame.isSilent
    guard let body = function.declaration.child(.body) else { return .scalar(.failed) }
    let result = deeper(span(node)) { within(inner) { bindBody(body) } }
    return named(result ?? .scalar(.failed), function)
  }

  /// Gives a table that a function yields the function's name, for `withsource`.
  private func named(_ value: BoundValue, _ function: DeclaredFunction) -> BoundValue {
    guard case .table(var table) = value else { return value }
    table.name = function.isView || function.isForeign ? function.name : nil
    return .table(table)
  }

  /// The statements and the expression of a body.
  func bindBody(_ body: SyntaxNode) -> BoundValue {
    for statement in body.children(.statement) { bindDeclaration(statement) }
    guard let expression = body.child(.expression) else { return .scalar(.failed) }
    return bindValue(expression)
  }

  // MARK: Parameters

  /// A parameter as it is declared.
  struct Parameter {
    let name: String
    /// Nil for a table.
    let type: ScalarType?
    /// The columns that a table must have.
    let columns: [ColumnSchema]
    let defaultValue: SyntaxNode?
  }

  func parameters(of function: DeclaredFunction) -> [Parameter] {
    var inner = frame
    inner.source = function.source
    return within(inner) {
      function.declaration.children(.parameter).map(parameter)
    }
  }

  func parameter(_ node: SyntaxNode) -> Parameter {
    let name = node.child(.name).map(name) ?? ""
    let type = node.child(.type)
    guard type?.kind == .rowSchema else {
      return Parameter(
        name: name,
        type: type.flatMap(scalarType) ?? .dynamic,
        columns: [],
        defaultValue: node.child(.defaultValue)
      )
    }
    let columns = type?.children(.column).map(declaredColumn) ?? []
    return Parameter(name: name, type: nil, columns: columns, defaultValue: nil)
  }

  /// Finds the argument of each parameter; nil where the call is wrong in number.
  private func match(
    _ parameters: [Parameter],
    _ function: DeclaredFunction,
    _ node: SyntaxNode,
    _ arguments: [SyntaxNode],
    piped: BoundTable?
  ) -> [Symbol]? {
    var given: [Int: SyntaxNode] = [:]
    var next = piped == nil ? 0 : 1
    for argument in arguments {
      guard let position = position(of: argument, parameters, &next) else { continue }
      given[position] = argument
    }
    let required = parameters.filter { $0.defaultValue == nil }.count
    let count = arguments.count + (piped == nil ? 0 : 1)
    let missing = parameters.indices.contains {
      given[$0] == nil && parameters[$0].defaultValue == nil && !($0 == 0 && piped != nil)
    }
    guard !missing, count <= parameters.count else {
      let callee = node.child(.name) ?? node
      report(
        .argumentCount(
          function.name,
          minimum: required,
          maximum: parameters.count,
          at: span(callee)
        )
      )
      return nil
    }
    return parameters.indices.map { index in
      if index == 0, let piped { return symbol(piped, parameters[index], node) }
      let isName = function.nameArguments.contains(piped == nil ? index : index - 1)
      return bindParameter(parameters[index], given[index], function, isName: isName)
    }
  }

  private func position(
    of argument: SyntaxNode,
    _ parameters: [Parameter],
    _ next: inout Int
  ) -> Int? {
    guard argument.kind == .namedExpression, let label = argument.child(.name) else {
      next += 1
      return next - 1
    }
    next += 1
    let wanted = name(label)
    if let found = parameters.firstIndex(where: { $0.name.isSameName(as: wanted) }) {
      return found
    }
    report(.unknownArgument(wanted, at: span(label)))
    return nil
  }

  private func bindParameter(
    _ parameter: Parameter,
    _ argument: SyntaxNode?,
    _ function: DeclaredFunction,
    isName: Bool
  ) -> Symbol {
    guard let argument else {
      return .scalar(defaultValue(parameter, function))
    }
    let expression =
      argument.kind == .namedExpression ? argument.child(.expression) ?? argument : argument
    if isName, expression.kind == .name {
      return .scalar(BoundScalar(literal: .string(ByteString(name(expression)))))
    }
    switch bindValue(expression) {
    case .table(let table):
      if parameter.type != nil, !table.isFailed {
        report(.scalarExpected(at: span(expression)))
        return .scalar(.failed)
      }
      return symbol(table, parameter, expression)
    case .scalar(let value):
      guard let type = parameter.type else {
        if value.type != .unknown { report(.tableExpected(at: span(expression))) }
        return .scalar(.failed)
      }
      return .scalar(adapt(value, to: type))
    }
  }

  private func defaultValue(_ parameter: Parameter, _ function: DeclaredFunction) -> BoundScalar {
    guard let node = parameter.defaultValue else { return .failed }
    var inner = frame
    inner.source = function.source
    inner.scope = function.scope
    inner.row = nil
    let value = within(inner) { bindScalar(node) }
    return parameter.type.map { adapt(value, to: $0) } ?? value
  }

  /// Gives a value the type of its parameter.
  private func adapt(_ value: BoundScalar, to type: ScalarType) -> BoundScalar {
    type == .dynamic ? boxed(value) : convert(value, to: type)
  }

  /// A table as the value of a parameter, checked for the columns that it must have.
  private func symbol(
    _ table: BoundTable,
    _ parameter: Parameter,
    _ node: SyntaxNode
  ) -> Symbol {
    let missing = parameter.columns.filter { wanted in
      guard let column = table.column(named: wanted.name) else { return !table.isOpen }
      return !(type(of: column).mayBe(wanted.type))
    }
    if !missing.isEmpty, !table.isFailed {
      report(.missingColumns(missing.map(\.name), at: span(node)))
    }
    return .table(share(table, name: parameter.name, isMaterialized: false))
  }

  /// Makes a table something that can be referred to by name.
  func share(
    _ table: BoundTable,
    name: String,
    isMaterialized: Bool,
    isView: Bool = false
  ) -> SharedTable {
    let shared = SharedPlan(
      id: freshNumber(),
      name: name,
      plan: table.plan,
      isMaterialized: isMaterialized
    )
    return SharedTable(
      shared: shared,
      columns: table.columns,
      isOpen: table.isOpen,
      isSerialized: table.isSerialized,
      isView: isView,
      depth: table.depth + 1,
      size: table.size + 1,
      graph: table.graph
    )
  }
}
