import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  func bindParse(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    guard let expression = node.child(.expression) else { return input }
    let parameters = parameters(node)
    let kind = parameters["kind"].flatMap { ParseKind(rawValue: word($0)) } ?? .simple
    let source = within(row: RowScope(input)) { textSource(expression) }
    var names = ColumnNames(keeping: input.columns, replaces: true)
    var segments: [ParseSegment] = []
    var isAfterText = false
    for part in node.children(.pattern) {
      let segment = parseSegment(part, &names)
      if part.kind == .starExpression, isAfterText, kind != .regex {
        report(.ambiguousStar(at: span(part)))
      }
      isAfterText =
        if case .capture(let column, _)? = segment { column.type == .string } else { false }
      if let segment { segments.append(segment) }
    }
    let columns = names.columns.map(\.column)
    let parse = Parse(
      input: input.plan,
      source: source.expression,
      kind: kind,
      flags: parameters["flags"].map(word) ?? "",
      segments: segments,
      dropsUnmatched: node.kind == .parseWhereOperator,
      columns: columns,
      span: span(node)
    )
    return following(.parse(parse), columns, input)
  }

  /// Binds a value that is read as text.
  private func textSource(_ node: SyntaxNode) -> BoundScalar {
    let value = bindScalar(node)
    switch value.type {
    case .scalar(.string), .scalar(.dynamic), .unknown: break
    default: report(.typeExpected(["string"], at: span(node)))
    }
    return convert(value, to: .string)
  }

  private func parseSegment(_ part: SyntaxNode, _ names: inout ColumnNames) -> ParseSegment? {
    switch part.kind {
    case .stringLiteral: return .literal(ByteString(stringBytes(part)))
    case .starExpression: return .skip
    case .name: return capture(part, nil, &names)
    case .typedName:
      guard let label = part.child(.name) else { return nil }
      return capture(label, part.child(.type), &names)
    default:
      let value = within(row: nil) { bindScalar(part) }
      guard case .string(let text)? = constant(value) else {
        if value.type != .unknown { report(.literalExpected(at: span(part))) }
        return nil
      }
      return .literal(text)
    }
  }

  private func capture(
    _ label: SyntaxNode,
    _ type: SyntaxNode?,
    _ names: inout ColumnNames
  ) -> ParseSegment {
    let column = freshColumn(name(label), .scalar(type.flatMap(scalarType) ?? .string))
    if !names.declare(column.name, { _ in NamedExpression(passing: column) }) {
      report(.duplicateColumn(column.name, at: span(label)))
    }
    return .capture(column, isTyped: type != nil)
  }

  func bindParseKv(_ node: SyntaxNode, _ input: BoundTable) -> BoundTable {
    guard let expression = node.child(.expression) else { return input }
    let source = within(row: RowScope(input)) { textSource(expression) }
    var names = ColumnNames(keeping: input.columns, replaces: true)
    let keys = schemaColumns(node.child(.schema))
    for key in keys { names.add(key.name) { _ in NamedExpression(passing: key) } }
    var properties: [String: [ByteString]] = [:]
    for property in node.child(.with)?.children(.property) ?? [] {
      guard let token = property.token(.name), let value = property.child(.value) else { continue }
      properties[text(token), default: []].append(propertyText(value))
    }
    let pairs = properties["pair_delimiter"]?.last
    let values = properties["kv_delimiter"]?.last
    let isDelimited = pairs != nil || values != nil
    let columns = names.columns.map(\.column)
    let parse = ParseKeyValues(
      input: input.plan,
      source: source.expression,
      keys: keys,
      pairDelimiter: isDelimited ? pairs ?? " " : nil,
      keyValueDelimiter: isDelimited ? values ?? "=" : nil,
      quotes: (properties["quote"] ?? []).flatMap(quotes),
      escapes: properties["escape"] ?? [],
      isGreedy: properties["greedy"]?.last?.text.lowercased() == "true",
      regex: properties["regex"]?.last,
      columns: columns
    )
    return following(.parseKeyValues(parse), columns, input)
  }

  private func propertyText(_ node: SyntaxNode) -> ByteString {
    if let text = constantText(node) { return ByteString(text) }
    return ByteString(word(node))
  }

  /// One character is both quotes, two are the opening and the closing one.
  private func quotes(_ text: ByteString) -> [ByteString] {
    let characters = Array(text.text.unicodeScalars).map { ByteString(String($0)) }
    guard let first = characters.first else { return [] }
    return [first, characters.count > 1 ? characters[1] : first]
  }
}
