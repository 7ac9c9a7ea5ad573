import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  func bindRender(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    var properties: [String: String] = [:]
    for property in node.children(.property) {
      guard let token = property.token(.name), let value = property.child(.value) else { continue }
      properties[text(token)] =
        value.kind == .nameList
        ? value.children(.item).map(name).joined(separator: ",") : word(value)
    }
    let render = Render(
      input: input.plan,
      visualization: node.token(.chart).map(text) ?? "table",
      properties: properties
    )
    renderInfo = render
    return following(.render(render), input.columns, input)
  }

  /// `as name`: what follows may refer to the rows by the name.
  func bindAs(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    guard let label = node.child(.name) else { return input }
    let name = name(label)
    let hint = parameters(node)["hint.materialized"].map(word)
    let shared = share(input, name: name, isMaterialized: hint?.lowercased() == "true")
    frame.scope = frame.scope.adding(name, .table(shared))
    var table = reference(shared, node)
    table.name = name
    return table
  }

  /// `getschema`: the columns as rows. They are known here, so the input need not run.
  func bindGetschema(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    let columns = [
      freshColumn("ColumnName", .scalar(.string)), freshColumn("ColumnOrdinal", .scalar(.int)),
      freshColumn("DataType", .scalar(.string)), freshColumn("ColumnType", .scalar(.string)),
    ]
    let rows = input.columns.enumerated().map { index, column -> [Scalar] in
      [
        .string(ByteString(column.name)), .int(Int32(truncatingIfNeeded: index)),
        .string(ByteString(Self.systemName(column.type))),
        .string(ByteString(column.type.name)),
      ]
    }
    if input.isOpen {
      return refusedSource("getschema of columns that are not known", columns, isOpen: false, node)
    }
    var table = BoundTable(.values(Values(columns: columns, rows: rows)), columns: columns)
    table.isSerialized = true
    return table
  }

  /// The .NET name of a type, as `getschema` prints it.
  private static func systemName(_ type: ScalarType) -> String {
    switch type {
    case .bool: "System.SByte"
    case .int: "System.Int32"
    case .long: "System.Int64"
    case .real: "System.Double"
    case .decimal: "System.Data.SqlTypes.SqlDecimal"
    case .string: "System.String"
    case .datetime: "System.DateTime"
    case .timespan: "System.TimeSpan"
    case .guid: "System.Guid"
    case .dynamic: "System.Object"
    }
  }

  /// `invoke f(…)`: a call with the rows as first argument.
  func bindInvoke(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    guard let call = node.child(.call), call.kind == .functionCall,
      let callee = call.child(.name)
    else {
      return bindRefused(node, input)
    }
    let name = name(callee)
    let function: DeclaredFunction
    if case .function(let declared)? = frame.scope.symbol(name) {
      function = declared
    } else if let foreign = foreignFunction(name) {
      function = foreign
    } else {
      let known = frame.scope.visible.map(\.name) + environment.functionNames
      report(
        .unknownFunction(
          name,
          at: span(callee),
          suggestion: Suggestion.nearest(to: name, in: known)
        )
      )
      return failedTable()
    }
    let value = within(row: nil) {
      bindDeclaredCall(function, call, arguments: call.children(.argument), piped: input)
    }
    if case .table(let table) = value { return table }
    return failedTable()
  }

  func bindAssertSchema(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    let wanted = node.child(.schema)?.children(.column).map(declaredColumn) ?? []
    let missing = wanted.filter { declared in
      guard let column = input.column(named: declared.name) else { return !input.isOpen }
      return !type(of: column).mayBe(declared.type)
    }
    if !missing.isEmpty {
      report(.missingColumns(missing.map(\.name), at: span(node)))
    }
    return input
  }

  func bindConsume(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    node.kind == .executeAndCacheOperator
      ? input : refused("consume", input, columns: [], node)
  }

  /// An operator that binds but does not run.
  func refused(
    _ what: String,
    _ input: BoundTable?,
    columns: [PlanColumn],
    isOpen: Bool = false,
    _ node: SyntaxNode
  ) -> BoundTable {
    let refused = Refused(
      what: what,
      inputs: input.map { [$0.plan] } ?? [],
      columns: columns,
      isOpen: isOpen,
      span: node.token(.keyword)?.span ?? span(node)
    )
    var table = BoundTable(.refused(refused), columns: columns)
    table.isOpen = isOpen
    table.depth = (input?.depth ?? 0) + 1
    return table
  }
}
