import Columnar
import KQLFunctions
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// Makes the call of the plan: branches get one type, `typeof` becomes a conversion.
  func shape(
    _ resolved: ResolvedCall,
    _ arguments: [BoundScalar],
    _ bound: [BoundArgument],
    _ type: BoundType,
    _ node: SyntaxNode
  ) -> BoundScalar {
    let name = resolved.symbol.name
    var result: BoundScalar
    switch name {
    case "iff", "iif":
      checkBranches(name, bound, node) { $0 > 0 }
      result = branches(name, arguments, type, node) { $0 > 0 }
    case "case":
      let isBranch = { $0 % 2 == 1 || $0 == arguments.count - 1 }
      checkBranches(name, bound, node, isBranch)
      result = branches(name, arguments, type, node, isBranch)
    case "coalesce", "max_of", "min_of":
      result = branches(name, arguments, type, node) { _ in true }
    case "not":
      let values = arguments.map { $0.type == .scalar(.dynamic) ? convert($0, to: .bool) : $0 }
      result = .call(name, values, type, span(node))
    case "bin", "floor", "bin_at":
      result = .call(name, binArguments(arguments, type), type, span(node))
    case "bin_auto":
      result = binAuto(arguments, type, node)
    case "todynamic", "toobject", "parse_json", "parsejson":
      result = .call("parse_json", arguments, type, span(node))
    default:
      result = typed(name, arguments, bound, type, node)
    }
    if Self.windowFunctions.contains(name) {
      result.usesWindow = true
      result.isConstant = false
    }
    return result
  }

  /// Gives all branches the type of the result, so that a kernel sees one.
  private func branches(
    _ name: String,
    _ arguments: [BoundScalar],
    _ type: BoundType,
    _ node: SyntaxNode,
    _ isBranch: (Int) -> Bool
  ) -> BoundScalar {
    let values = arguments.enumerated().map { index, value -> BoundScalar in
      if isBranch(index) {
        guard case .scalar(let target) = type else { return value }
        return target == .dynamic && value.type != .unknown
          ? boxed(value) : convert(value, to: target)
      }
      return value.type == .scalar(.dynamic) ? convert(value, to: .bool) : value
    }
    return .call(name, values, type, span(node))
  }

  /// Reports results of which some are whole numbers and others are not, or not of one kind.
  private func checkBranches(
    _ name: String,
    _ arguments: [BoundArgument],
    _ node: SyntaxNode,
    _ isBranch: (Int) -> Bool
  ) {
    let nodes = node.children(.argument)
    var first: ScalarType?
    for (index, argument) in arguments.enumerated() where isBranch(index) {
      guard case .scalar(let value) = argument, case .scalar(let type) = value.type,
        type.isNumeric, index < nodes.count
      else { continue }
      guard let known = first else {
        first = type
        continue
      }
      let areWhole = [known, type].allSatisfy { $0 == .int || $0 == .long }
      if known == type || areWhole { continue }
      report(.branchTypes(name, .scalar(known), value.type, at: span(nodes[index])))
      return
    }
  }

  /// A value as a dynamic one; texts are not parsed.
  func boxed(_ value: BoundScalar) -> BoundScalar {
    guard value.type != .scalar(.dynamic), value.type != .unknown else { return value }
    let array = BoundScalar.call(
      "pack_array",
      [value],
      .scalar(.dynamic),
      .at(0)
    )
    let zero = BoundScalar(literal: .long(0))
    return .call("Element", [array, zero], .scalar(.dynamic), .at(0))
  }

  private func binArguments(_ arguments: [BoundScalar], _ type: BoundType) -> [BoundScalar] {
    guard case .scalar(let target) = type, target.isNumeric else { return arguments }
    return arguments.map { value in
      if case .scalar(let own) = value.type, own.isNumeric { return convert(value, to: target) }
      return value
    }
  }

  /// The value in bins of which the query's options say a size and maybe a start.
  private func binAuto(
    _ arguments: [BoundScalar],
    _ type: BoundType,
    _ node: SyntaxNode
  ) -> BoundScalar {
    guard let size = binAutoSize else { return .call("bin_auto", arguments, type, span(node)) }
    let options = [size, binAutoPoint].compactMap { $0 }
    if type == .scalar(.long), options.contains(where: { $0.type == .scalar(.real) }) {
      report(
        .invalid(
          "bin_auto() of a whole number needs a whole number as query_bin_auto_size and "
            + "query_bin_auto_at",
          at: span(node)
        )
      )
    }
    let function = options.count == 1 ? "bin" : "bin_at"
    return .call(function, binArguments(arguments + options, type), type, span(node))
  }

  /// A call with a `typeof` argument is the call without it, converted.
  private func typed(
    _ name: String,
    _ arguments: [BoundScalar],
    _ bound: [BoundArgument],
    _ type: BoundType,
    _ node: SyntaxNode
  ) -> BoundScalar {
    let hasType = bound.contains { if case .type = $0 { true } else { false } }
    guard hasType, case .scalar(let target) = type else {
      return .call(name, arguments, type, span(node))
    }
    let natural: ScalarType = name.hasPrefix("extract") ? .string : .dynamic
    return convert(.call(name, arguments, .scalar(natural), span(node)), to: target)
  }

  /// Calls that need to see names or syntax; nil for all others.
  func bindSpecialCall(_ name: String, _ node: SyntaxNode) -> BoundValue? {
    switch name {
    case "column_ifexists", "columnifexists": return .scalar(bindColumnIfExists(node))
    case "pack_all": return .scalar(bindPackAll(node))
    case "bag_pack_columns": return .scalar(bindPackColumns(node))
    case "table": return bindTableCall(node)
    case "view", "external_table", "materialized_view", "stored_query_result", "cluster",
      "database", "graph", "workspace", "app", "resource", "adx", "arg":
      return bindPlaceCall(name, node)
    case "_GetWatchlist": return bindWatchlist(node)
    case "column_names_of": return bindColumnNames(node)
    default: return nil
    }
  }

  /// `column_ifexists("a", b)`: the column a where there is one, else b.
  private func bindColumnIfExists(_ node: SyntaxNode) -> BoundScalar {
    let arguments = node.children(.argument)
    guard arguments.count == 2 else {
      report(
        .argumentCount(
          "column_ifexists",
          minimum: 2,
          maximum: 2,
          at: span(node.child(.name) ?? node)
        )
      )
      return .failed
    }
    let fallback = bindScalar(arguments[1])
    guard let wanted = constantText(arguments[0]) else {
      report(.literalExpected(at: span(arguments[0])))
      return fallback
    }
    guard let found = frame.row?.column(named: wanted) else { return fallback }
    let value = column(found)
    guard case .scalar(let type) = fallback.type else { return value }
    return type == .dynamic ? boxed(value) : convert(value, to: type)
  }

  /// `pack_all()`: a bag of all columns.
  private func bindPackAll(_ node: SyntaxNode) -> BoundScalar {
    let arguments = node.children(.argument).map(bindScalar)
    guard let row = frame.row else {
      report(.invalid("pack_all() needs rows", at: span(node)))
      return .failed
    }
    var ignoresEmpty = false
    if let first = arguments.first {
      guard case .bool(let value)? = constant(first) else {
        report(.literalExpected(at: span(node)))
        return .failed
      }
      ignoresEmpty = value
    }
    return pack(row.columns, ignoresEmpty ? "pack_all" : "bag_pack", node)
  }

  private func bindPackColumns(_ node: SyntaxNode) -> BoundScalar {
    let arguments = node.children(.argument)
    var pairs: [BoundScalar] = []
    for argument in arguments {
      let name = naturalName(argument) ?? ""
      pairs.append(BoundScalar(literal: .string(ByteString(name))))
      pairs.append(bindScalar(argument))
    }
    return .call("bag_pack", pairs, .scalar(.dynamic), span(node))
  }

  /// A bag of columns by name. `pack_all` as a plan call takes pairs and leaves out empty ones.
  func pack(_ columns: [PlanColumn], _ function: String, _ node: SyntaxNode) -> BoundScalar {
    let pairs = columns.flatMap { column in
      [BoundScalar(literal: .string(ByteString(column.name))), self.column(column)]
    }
    return .call(function, pairs, .scalar(.dynamic), span(node))
  }

  /// `table("T")`.
  private func bindTableCall(_ node: SyntaxNode) -> BoundValue {
    guard let argument = node.children(.argument).first else {
      report(.argumentCount("table", minimum: 1, maximum: 2, at: span(node)))
      return .scalar(.failed)
    }
    guard let wanted = constantText(argument) else {
      return .table(refusedSource("table() of a name that is not constant", [], isOpen: true, node))
    }
    if let table = environment.table(named: wanted) {
      return .table(scan(table, at: span(argument)))
    }
    if case .table(let shared)? = frame.scope.symbol(wanted) {
      return .table(reference(shared, node))
    }
    let suggestion = Suggestion.nearest(to: wanted, in: environment.tableNames)
    if frame.isFuzzy { return .table(missingTable()) }
    report(.unknownTable(wanted, at: span(argument), suggestion: suggestion))
    return .table(failedTable())
  }

  /// `_GetWatchlist("alias")`, unless the environment has a function of that name.
  private func bindWatchlist(_ node: SyntaxNode) -> BoundValue? {
    guard environment.function(named: "_GetWatchlist") == nil,
      let argument = node.children(.argument).first
    else { return nil }
    guard let alias = constantText(argument) else {
      report(.literalExpected(at: span(argument)))
      return .table(failedTable())
    }
    guard let watchlist = environment.watchlist(named: alias) else {
      report(.unknownWatchlist(alias, at: span(argument)))
      return .table(failedTable())
    }
    return .table(scan(watchlist, at: span(node)))
  }

  /// `column_names_of(T)`: the names of a table's columns as an array.
  private func bindColumnNames(_ node: SyntaxNode) -> BoundValue? {
    guard let argument = node.children(.argument).first else { return nil }
    let table = bindTable(argument)
    var writer = DynamicWriter()
    writer.beginArray()
    for column in table.columns { writer.append(string: Array(column.name.utf8)) }
    writer.endArray()
    return .scalar(BoundScalar(literal: .dynamic(writer.value())))
  }

  /// Names a place outside of the environment.
  private func bindPlaceCall(_ name: String, _ node: SyntaxNode) -> BoundValue? {
    if SymbolCatalog.function(name) == nil, foreignFunction(name) != nil { return nil }
    if name == "view" { return nil }
    let what = "data of another place (\(frame.source.text(node.span)))"
    return .table(refusedSource(what, [], isOpen: true, node))
  }
}
