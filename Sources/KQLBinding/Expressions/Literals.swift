import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// Binds a literal; nil where the node is none.
  func bindLiteral(_ node: SyntaxNode) -> BoundScalar? {
    switch node.kind {
    case .longLiteral, .intLiteral, .realLiteral, .decimalLiteral, .boolLiteral,
      .datetimeLiteral, .timespanLiteral, .guidLiteral, .stringLiteral, .dynamicLiteral,
      .nullLiteral:
      break
    default: return nil
    }
    if node.kind == .datetimeLiteral, let now = currentTime(node) { return now }
    let key = ObjectIdentifier(node)
    if let known = literals[key] { return BoundScalar(literal: known) }
    guard let value = literal(node) else {
      report(.invalidLiteral(at: span(node)))
      return .failed
    }
    literals[key] = value
    return BoundScalar(literal: value)
  }

  /// `datetime()` and `datetime(now)` are the time of the query, `datetime(8:00)` is a time of its
  /// day; nil for a text with a date.
  private func currentTime(_ node: SyntaxNode) -> BoundScalar? {
    guard let token = node.token(.value), let content = LiteralText(text(token)) else {
      return nil
    }
    let now = BoundScalar.call("now", [], .scalar(.datetime), span(node))
    if content.inside.isEmpty || content.inside == "now" { return now }
    guard ScalarText.parse(content.inside, .datetime) == nil,
      let time = ScalarText.timeOfDay(content.inside)
    else { return nil }
    let today = BoundScalar.call("startofday", [now], .scalar(.datetime), span(node))
    return .call(
      "Add",
      [today, BoundScalar(literal: .timespan(time))],
      .scalar(.datetime),
      span(node)
    )
  }

  private func literal(_ node: SyntaxNode) -> Scalar? {
    switch node.kind {
    case .stringLiteral: return .string(ByteString(stringBytes(node)))
    case .dynamicLiteral: return dynamicValue(node)
    case .nullLiteral: return .null(.dynamic)
    default: break
    }
    guard let token = node.token(.value), let type = Self.literalTypes[node.kind] else {
      return nil
    }
    let content = LiteralText(text(token))
    let text = content?.inside ?? text(token)
    if content != nil, text == "null" || text.isEmpty {
      return type == .string ? .string(ByteString([])) : .null(type)
    }
    return LiteralText.parse(text, type)
  }

  static let literalTypes: [SyntaxKind: ScalarType] = [
    .longLiteral: .long, .intLiteral: .int, .realLiteral: .real, .decimalLiteral: .decimal,
    .boolLiteral: .bool, .datetimeLiteral: .datetime, .timespanLiteral: .timespan,
    .guidLiteral: .guid,
  ]

  /// The bytes of a string literal, adjacent ones joined.
  func stringBytes(_ node: SyntaxNode) -> [UInt8] {
    let bytes = frame.source.bytes
    return StringLiteral.decode(
      adjacent: node.tokens(.value).map { bytes[$0.span.start..<$0.span.end] }
    )
  }

  // MARK: dynamic(…)

  private func dynamicValue(_ node: SyntaxNode) -> Scalar? {
    guard let value = node.child(.value) else { return nil }
    var writer = DynamicWriter()
    write(value, to: &writer)
    if writer.hasFailed { return nil }
    let result = writer.value()
    return result.kind == .null ? .null(.dynamic) : .dynamic(result)
  }

  private func write(_ node: SyntaxNode, to writer: inout DynamicWriter) {
    switch node.kind {
    case .jsonArray:
      writer.beginArray()
      for item in node.children(.item) { write(item, to: &writer) }
      writer.endArray()
    case .jsonObject:
      writer.beginBag()
      for pair in node.children(.pair) {
        guard let name = pair.child(.name), let value = pair.child(.value) else { continue }
        writer.appendName(stringBytes(name))
        write(value, to: &writer)
      }
      writer.endBag()
    case .stringLiteral: writer.append(string: stringBytes(node))
    case .dynamicLiteral:
      if let value = node.child(.value) { write(value, to: &writer) } else { writer.appendNull() }
    case .unary: writeNegative(node, to: &writer)
    default: writeScalar(node, to: &writer)
    }
  }

  private func writeNegative(_ node: SyntaxNode, to writer: inout DynamicWriter) {
    if let number = node.child(.operand)?.token(.value), text(number) == "9223372036854775808" {
      return writer.append(long: .min)
    }
    switch node.child(.operand).flatMap(literal) {
    case .long(let number)?: writer.append(long: 0 &- number)
    case .real(let number)?: writer.append(real: -number)
    default: writer.appendNull()
    }
  }

  private func writeScalar(_ node: SyntaxNode, to writer: inout DynamicWriter) {
    switch literal(node) {
    case .bool(let value)?: writer.append(bool: value)
    case .int(let value)?: writer.append(long: Int64(value))
    case .long(let value)?: writer.append(long: value)
    case .real(let value)?: writer.append(real: value)
    case .decimal(let value)?: writer.append(decimal: value)
    case .datetime(let value)?: writer.append(datetime: value)
    case .timespan(let value)?: writer.append(timespan: value)
    case .guid(let value)?: writer.append(guid: value)
    default: writer.appendNull()
    }
  }

  /// The columns of `typeof(long)` or `typeof(a: long, …)`.
  func typeColumns(_ node: SyntaxNode) -> [ColumnSchema] {
    node.children(.type).compactMap { item in
      switch item.kind {
      case .typeName: return ColumnSchema("", scalarType(item) ?? .dynamic)
      case .columnDeclaration: return declaredColumn(item)
      default: return nil
      }
    }
  }

  /// The name and type of `a: long`.
  func declaredColumn(_ node: SyntaxNode) -> ColumnSchema {
    let type = node.child(.type).flatMap(scalarType) ?? .dynamic
    return ColumnSchema(node.child(.name).map(name) ?? "", type)
  }

  /// The type that a type name means; reports one that does not exist.
  func scalarType(_ node: SyntaxNode) -> ScalarType? {
    guard let token = node.token(.name), !token.isMissing else { return nil }
    if let type = ScalarType(name: text(token)) { return type }
    report(.invalidTypeName(text(token), at: span(node)))
    return nil
  }
}
