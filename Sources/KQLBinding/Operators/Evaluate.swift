import Columnar
import KQLFunctions
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  func bindEvaluate(_ node: SyntaxNode, _ input: BoundTable?) -> BoundTable {
    guard let call = node.child(.call), call.kind == .functionCall, let callee = call.child(.name)
    else {
      return refused("evaluate", input, columns: [], isOpen: true, node)
    }
    let rows = input ?? BoundTable(.values(Values(columns: [], rows: [[]])), columns: [])
    let plugin = name(callee)
    switch plugin {
    case "bag_unpack": return bindBagUnpack(node, call, rows)
    case "pivot": return bindPivot(node, call, rows)
    case "narrow": return bindNarrow(node, rows)
    default: break
    }
    guard let symbol = SymbolCatalog.plugin(plugin) else {
      let names = SymbolCatalog.symbols(.plugin).filter { !$0.isHidden }.map(\.name)
      report(
        .unknownPlugin(
          plugin,
          at: span(callee),
          suggestion: Suggestion.nearest(to: plugin, in: names)
        )
      )
      return failedTable()
    }
    return bindPlugin(symbol, node, call, rows)
  }

  /// A plugin that does not run: its columns as the official binder gives them.
  private func bindPlugin(
    _ symbol: KQLFunctions.FunctionSymbol,
    _ node: SyntaxNode,
    _ call: SyntaxNode,
    _ input: BoundTable
  ) -> BoundTable {
    let nodes = call.children(.argument)
    let bound = bindPluginArguments(nodes, input)
    let resolved = SignatureResolver.resolve(
      symbol,
      zip(nodes, bound).map { describe($0, $1) },
      context: CallContext(rowColumns: input.columns.map(callColumn))
    )
    if !input.isOpen { report(resolved, call) }
    var columns: [PlanColumn] = []
    var isOpen = input.isOpen
    if case .table(let listed, let open) = resolved.result {
      columns = listed.map { freshColumn($0.name, boundType($0.type)) }
      isOpen = isOpen || open
    }
    if let schema = node.child(.schema) {
      let own = schema.token(.star) == nil ? [] : input.columns
      columns = own + schemaColumns(schema)
      isOpen = false
    }
    return refused(
      "evaluate \(symbol.name)",
      input,
      columns: columns,
      isOpen: isOpen,
      node
    )
  }

  /// Arguments of a plugin: columns of the rows, or of a table among the arguments.
  private func bindPluginArguments(_ nodes: [SyntaxNode], _ input: BoundTable) -> [BoundArgument] {
    var row = RowScope(input)
    var result: [BoundArgument] = []
    for node in nodes {
      let bound = within(row: row) { bindArgument(node) }
      if case .table(let table) = bound {
        row = RowScope(row.columns + table.columns, isOpen: row.isOpen || table.isOpen)
      }
      result.append(bound)
    }
    return result
  }

  // MARK: bag_unpack

  private func bindBagUnpack(
    _ node: SyntaxNode,
    _ call: SyntaxNode,
    _ input: BoundTable
  ) -> BoundTable {
    let nodes = call.children(.argument)
    guard let first = nodes.first, let callee = call.child(.name) else {
      report(.argumentCount("bag_unpack", minimum: 1, maximum: 4, at: span(call)))
      return failedTable()
    }
    _ = callee
    let value = within(row: RowScope(input)) { bindScalar(first) }
    let options = pluginOptions(
      Array(nodes.dropFirst()),
      ["OutputColumnPrefix", "columnsConflict", "ignoredProperties"]
    )
    var rest = input.columns
    if case .column(let id, _) = value.expression { rest.removeAll { $0.id == id } }
    if let schema = node.child(.schema) {
      let prefix = options["OutputColumnPrefix"] ?? ""
      return unpack(value, schema, prefix, schema.token(.star) == nil ? [] : rest, input)
    }
    return staged("bag_unpack", [value.expression], options, input, rest, isOpen: true, node)
  }

  /// With a given schema `bag_unpack` is a projection of members.
  private func unpack(
    _ value: BoundScalar,
    _ schema: SyntaxNode,
    _ prefix: String,
    _ rest: [PlanColumn],
    _ input: BoundTable
  ) -> BoundTable {
    var names = ColumnNames(keeping: rest, replaces: true)
    for item in schema.children(.column) {
      let declared = declaredColumn(item)
      if let own = input.column(named: declared.name), type(of: own) == .scalar(declared.type),
        !isColumn(own, value), rest.isEmpty
      {
        _ = names.declare(declared.name) { _ in NamedExpression(passing: own) }
        continue
      }
      let key =
        declared.name.hasPrefix(prefix)
        ? String(declared.name.dropFirst(prefix.count)) : declared.name
      let member = BoundScalar.call(
        "Member",
        [value, BoundScalar(literal: .string(ByteString(key)))],
        .scalar(.dynamic),
        span(item)
      )
      let typed = convert(member, to: declared.type)
      _ = names.declare(declared.name) { name in
        NamedExpression(self.freshColumn(name, .scalar(declared.type)), typed.expression)
      }
    }
    return projected(names, input, usesWindow: false, isOpen: false)
  }

  private func isColumn(_ column: PlanColumn, _ value: BoundScalar) -> Bool {
    if case .column(column.id, _) = value.expression { true } else { false }
  }

  /// Constant arguments by name; those without one take the names in order.
  private func pluginOptions(_ nodes: [SyntaxNode], _ order: [String]) -> [String: String] {
    var options: [String: String] = [:]
    for (index, node) in nodes.enumerated() {
      let isNamed = node.kind == .namedExpression
      let label =
        isNamed ? node.child(.name).map(name) ?? "" : index < order.count ? order[index] : ""
      let value = isNamed ? node.child(.expression) ?? node : node
      options[label] = constantText(value) ?? frame.source.text(value.span)
    }
    return options
  }

  // MARK: pivot and narrow

  /// `pivot`: a summary by the pivot column and the keys, then a column for each pivot value.
  private func bindPivot(
    _ node: SyntaxNode,
    _ call: SyntaxNode,
    _ input: BoundTable
  ) -> BoundTable {
    let nodes = call.children(.argument)
    guard let first = nodes.first else {
      report(.argumentCount("pivot", minimum: 1, maximum: 32767, at: span(call)))
      return failedTable()
    }
    let pivot = within(row: RowScope(input)) { bindScalar(first) }
    let collector = AggregateCollector(keyColumns: [])
    var aggregateNames = ColumnNames()
    if nodes.count > 1 {
      bindSummaries([nodes[1]], RowScope(input), collector, &aggregateNames)
    } else {
      let count = freshColumn("count_", .scalar(.long))
      collector.calls.append(
        AggregateCall(function: "count", arguments: [], columns: [count], span: span(call))
      )
      aggregateNames.add("count_") { _ in NamedExpression(passing: count) }
    }
    let used = collector.calls.flatMap(\.arguments) + [pivot.expression]
    let keys = pivotKeys(Array(nodes.dropFirst(2)), besides: used, input)
    let pivotColumn = freshColumn("pivot", pivot.type)
    let summarized = summary(
      input,
      keys + [NamedExpression(pivotColumn, pivot.expression)],
      collector.calls,
      aggregateNames.columns
    )
    let values = summarized.columns.dropFirst(keys.count).map { Expression.column($0.id, $0.type) }
    if let schema = node.child(.schema) {
      let columns = schemaColumns(schema)
      return refused("evaluate pivot with a given schema", input, columns: columns, node)
    }
    var rows = summarized
    rows.isOpen = input.isOpen
    return staged("pivot", values, [:], rows, keys.map(\.column), isOpen: true, node)
  }

  /// The columns that stay: those listed, else all that neither the pivot nor the aggregate uses.
  private func pivotKeys(
    _ nodes: [SyntaxNode],
    besides used: [Expression],
    _ input: BoundTable
  ) -> [NamedExpression] {
    var names = ColumnNames()
    if nodes.isEmpty {
      let taken = Set(used.compactMap(columnID))
      for column in input.columns where !taken.contains(column.id) {
        names.add(column.name) { _ in NamedExpression(passing: column) }
      }
    }
    within(row: RowScope(input)) {
      for node in nodes { place(bindScalar(node), node, &names) }
    }
    return names.columns
  }

  private func columnID(_ expression: Expression) -> ColumnID? {
    if case .column(let id, _) = expression { id } else { nil }
  }

  private func bindNarrow(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    let columns = [
      freshColumn("Row", .scalar(.long)), freshColumn("Column", .scalar(.string)),
      freshColumn("Value", .scalar(.string)),
    ]
    return staged("narrow", [], [:], input, columns, isOpen: false, node)
  }

  // MARK: Stages

  /// A plugin that runs before the rest is bound; what it came to takes its place once known.
  private func staged(
    _ plugin: String,
    _ arguments: [Expression],
    _ options: [String: String],
    _ input: BoundTable,
    _ columns: [PlanColumn],
    isOpen: Bool,
    _ node: SyntaxNode
  ) -> BoundTable {
    let key = "\(frame.path)/\(plugin)@\(node.span.start)"
    if let resolution = environment.resolution(ofStage: key) {
      if frame.isInSubquery { return unpacked(arguments, resolution, input, node) }
      let table = EnvironmentTable(name: resolution.table, columns: resolution.columns)
      var bound = scan(table, at: span(node))
      bound.name = nil
      return bound
    }
    let staged = Staged(
      key: key,
      plugin: plugin,
      arguments: arguments,
      options: options,
      input: input.plan,
      columns: columns,
      span: span(node)
    )
    var table = BoundTable(.staged(staged), columns: columns)
    table.isOpen = isOpen
    return table
  }

  /// In a subquery, which runs for many rows or keys, `bag_unpack` is a projection of the members
  /// that all runs together have.
  private func unpacked(
    _ arguments: [Expression],
    _ resolution: StageResolution,
    _ input: BoundTable,
    _ node: SyntaxNode
  ) -> BoundTable {
    guard let bag = arguments.first else { return failedTable() }
    var names = ColumnNames()
    for (column, member) in zip(resolution.columns, resolution.members) {
      guard let member else {
        guard let own = input.column(named: column.name) else { continue }
        _ = names.declare(column.name) { _ in NamedExpression(passing: own) }
        continue
      }
      let value = BoundScalar.call(
        "Member",
        [BoundScalar(bag, .scalar(.dynamic)), BoundScalar(literal: .string(ByteString(member)))],
        .scalar(.dynamic),
        span(node)
      )
      let typed = convert(value, to: column.type)
      _ = names.declare(column.name) { name in
        NamedExpression(self.freshColumn(name, .scalar(column.type)), typed.expression)
      }
    }
    return projected(names, input, usesWindow: false, isOpen: false)
  }
}
