import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// `search`: a filter over each table, then a union with the table's name in front.
  func bindSearch(_ node: SyntaxNode, _ input: BoundTable?) -> BoundTable {
    let kind = node.parametersNamed("kind", self).map(word)
    let legs = searchedTables(node, input, prefix: "search_arg")
    let filtered = filter(legs, node.child(.predicate), isCaseSensitive: kind == "case_sensitive")
    let isEverywhere = input == nil && node.children(.item).isEmpty
    return union(
      isEverywhere ? unified(filtered) : filtered,
      isInner: false,
      source: "$table"
    )
  }

  /// The tables that `search` or `find` looks at: the input, those listed, or all.
  func searchedTables(
    _ node: SyntaxNode,
    _ input: BoundTable?,
    prefix: String
  ) -> [BoundTable] {
    var legs: [BoundTable] = []
    if var input {
      input.name = input.name ?? prefix + "0"
      legs.append(input)
    }
    let items = node.children(.item)
    for item in items {
      if item.kind == .wildcardName {
        legs += bindWildcard(item)
        continue
      }
      var table = bindTable(item)
      table.name = table.name ?? "\(prefix)\(legs.count)"
      if !table.isFailed || !table.columns.isEmpty { legs.append(table) }
    }
    if items.isEmpty, input == nil {
      legs = environment.tableNames.compactMap { environment.table(named: $0) }
        .filter { !$0.isOpen }.map { scan($0, at: span(node), isNamed: false) }
      for (name, symbol) in frame.scope.visible {
        if let view = view(name, symbol, node) { legs.append(view) }
      }
    }
    return legs
  }

  /// Filters each table by a predicate in which a text alone searches all columns and a column
  /// that a table lacks is null.
  func filter(
    _ legs: [BoundTable],
    _ predicate: SyntaxNode?,
    isCaseSensitive: Bool
  ) -> [BoundTable] {
    guard let predicate else { return legs }
    let absent = absentColumns(legs, predicate)
    return legs.enumerated().map { index, leg in
      var inner = frame
      inner.row = RowScope(leg)
      inner.aggregates = nil
      inner.isSilent = frame.isSilent || index > 0
      for (name, type) in absent where leg.column(named: name) == nil {
        let null = BoundScalar(.literal(.missing(type)), .scalar(type), isConstant: true)
        inner.scope = inner.scope.adding(name, .scalar(null))
      }
      let condition = within(inner) {
        bindSearchPredicate(predicate, isCaseSensitive: isCaseSensitive)
      }
      var result = leg
      result.plan = .filter(Filter(input: leg.plan, predicate: condition.expression))
      result.depth = leg.depth + 1
      return result
    }
  }

  /// Columns that the predicate names and some table lacks, with their types elsewhere.
  private func absentColumns(
    _ legs: [BoundTable],
    _ predicate: SyntaxNode
  ) -> [(name: String, type: ScalarType)] {
    var named: [String] = []
    predicate.forEachNode { node in
      if node.kind == .name { named.append(name(node)) }
      return true
    }
    return Set(named.map { Name($0) }).compactMap { key in
      let found = legs.lazy.compactMap { $0.column(named: key.text) }.first
      return found.map { (key.text, $0.type) }
    }
  }

  /// Binds the predicate of `search` and `find`.
  func bindSearchPredicate(_ node: SyntaxNode, isCaseSensitive: Bool) -> BoundScalar {
    let bind = { (part: SyntaxNode) in
      self.bindSearchPredicate(part, isCaseSensitive: isCaseSensitive)
    }
    switch node.kind {
    case .stringLiteral:
      return searchTerm(node, frame.row?.columns ?? [], isCaseSensitive)
    case .parenthesized:
      return node.child(.expression).map(bind) ?? .failed
    case .logicalAnd, .logicalOr:
      let parts = node.children(.operand).map(bind)
      let name = node.kind == .logicalAnd ? "And" : "Or"
      return .call(name, parts, .scalar(.bool), span(node))
    case .functionCall where node.child(.name).map(name) == "not":
      let parts = node.children(.argument).map(bind)
      return .call("not", parts, .scalar(.bool), span(node))
    case .stringMatch:
      return bindColumnSearch(node, isCaseSensitive) ?? bindCondition(node)
    case .starExpression:
      return BoundScalar(literal: .bool(true))
    case .longLiteral, .realLiteral, .intLiteral:
      return searchNumber(node, isCaseSensitive)
    default:
      return bindCondition(node)
    }
  }

  /// `column:"term"`.
  private func bindColumnSearch(_ node: SyntaxNode, _ isCaseSensitive: Bool) -> BoundScalar? {
    let operands = node.children(.operand)
    guard operands.count == 2, node.tokens(.operator).first?.kind == .colon,
      operands[1].kind == .stringLiteral
    else { return nil }
    let value = bindScalar(operands[0])
    let text = String(decoding: stringBytes(operands[1]), as: UTF8.self)
    return test(convert(value, to: .string), SearchTerm(text, isCaseSensitive), node)
  }

  /// A number alone is searched as it is written, but not in columns of fractions: those are
  /// compared, as in `Score == 2.5`, not read as texts.
  private func searchNumber(_ node: SyntaxNode, _ isCaseSensitive: Bool) -> BoundScalar {
    let term = SearchTerm(frame.source.text(node.span), isCaseSensitive)
    let columns = (frame.row?.columns ?? []).filter { $0.type != .real && $0.type != .decimal }
    return anyColumn(columns, span(node)) { column in
      self.test(self.convert(self.column(column), to: .string), term, node)
    }
  }

  /// A text alone: true where any column has it.
  private func searchTerm(
    _ node: SyntaxNode,
    _ columns: [PlanColumn],
    _ isCaseSensitive: Bool
  ) -> BoundScalar {
    let text = String(decoding: stringBytes(node), as: UTF8.self)
    let term = SearchTerm(text, isCaseSensitive)
    if term.needle.isEmpty { return BoundScalar(literal: .bool(true)) }
    return anyColumn(columns, span(node)) { column in
      self.test(self.convert(self.column(column), to: .string), term, node)
    }
  }

  private func test(
    _ value: BoundScalar,
    _ term: SearchTerm,
    _ node: SyntaxNode
  ) -> BoundScalar {
    let needle = BoundScalar(literal: .string(ByteString(term.needle)))
    return .call(term.function, [value, needle], .scalar(.bool), span(node))
  }
}

/// How a search text with `*` in it is matched.
struct SearchTerm {
  /// The official name of the operator.
  let function: String
  let needle: String

  init(_ text: String, _ isCaseSensitive: Bool) {
    let suffix = isCaseSensitive ? "Cs" : ""
    let inner = text.drop { $0 == "*" }
    let startsOpen = text.hasPrefix("*")
    let endsOpen = text.hasSuffix("*") && !inner.isEmpty
    let core = endsOpen ? String(inner.reversed().drop { $0 == "*" }.reversed()) : String(inner)
    if core.contains("*") {
      function = "MatchRegex"
      let parts = core.split(separator: "*").map { Self.quoted(String($0)) }
      needle = (isCaseSensitive ? "" : "(?i)") + parts.joined(separator: ".*")
      return
    }
    needle = core
    switch (startsOpen, endsOpen) {
    case (true, true): function = "Contains" + suffix
    case (true, false): function = "HasSuffix" + suffix
    case (false, true): function = "HasPrefix" + suffix
    case (false, false): function = "Has" + suffix
    }
  }

  /// The text as a regular expression that matches it alone.
  private static func quoted(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if "\\^$.|?*+()[]{}".contains(character) { result.append("\\") }
      result.append(character)
    }
  }
}
