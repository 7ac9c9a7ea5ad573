import SourceText

extension Parser {
  /// Reads `(a: long, b: string)`; `allowsStar` where `*` may come first, as after `evaluate`.
  // grammar: rowSchema
  mutating func parseRowSchema(allowsStar: Bool = false) -> SyntaxNode? {
    guard at(.openParenthesis) else { return nil }
    var node = NodeBuilder(.rowSchema)
    open(.openParenthesis, &node)
    if allowsStar, take(.asterisk, .star, &node) {
      if take(.comma, .separator, &node) { parseColumns(&node) }
    } else {
      take(.comma, .separator, &node)
      parseColumns(&node)
    }
    if !at(.closeParenthesis) { skipToClose(&node) }
    close(.closeParenthesis, &node)
    return node.finish(at: previousEnd)
  }

  private mutating func parseColumns(_ node: inout NodeBuilder) {
    bracketedList(.column, "column declaration", [.empty, .trailingComma], &node) {
      $0.parseColumnDeclaration()
    }
  }

  mutating func requireRowSchema() -> SyntaxNode {
    if let schema = parseRowSchema() { return schema }
    reportMissing("column list in parentheses")
    var node = NodeBuilder(.rowSchema)
    node.add(.open, missingToken(.openParenthesis))
    node.add(.close, missingToken(.closeParenthesis))
    return node.finish(at: previousEnd)
  }

  // grammar: columnDeclaration
  mutating func parseColumnDeclaration() -> SyntaxNode? {
    guard nameLength(at: 0, declared: true) > 0 || at(.colon) || peek(1).kind == .colon else {
      return nil
    }
    var node = NodeBuilder(.columnDeclaration)
    node.add(.name, requireName(declared: true))
    expect(.colon, .colon, &node)
    node.add(.type, requireTypeName())
    return node.finish(at: previousEnd)
  }

  // grammar: typeName
  mutating func parseTypeName() -> SyntaxNode? {
    guard at(.keyword) && current.keyword.isTypeName || isName(current) else { return nil }
    var node = NodeBuilder(.typeName)
    node.add(.name, advance())
    return node.finish(at: previousEnd)
  }

  mutating func requireTypeName() -> SyntaxNode {
    if at(.identifier) || at(.keyword), !current.keyword.isColumnType { reportBadType() }
    if let type = parseTypeName() { return type }
    reportMissing("type name")
    var node = NodeBuilder(.typeName)
    node.add(.name, missingToken(.identifier))
    return node.finish(at: previousEnd)
  }

  private mutating func reportBadType() {
    guard canReport, isTypeLike else { return }
    let word = Array(source.bytes[current.span.start..<current.span.end])
    let types = Keyword.allCases.filter(\.isColumnType).map(\.rawValue)
    report(
      SyntaxDiagnostics.unknownType(
        describe(current),
        at: current.span,
        suggestion: NearestWord.find(word, in: types)
      )
    )
  }

  private var isTypeLike: Bool { current.keyword.isTypeName || isName(current) }

  /// Reads a name that may have a type: `x`, `x: long`.
  // grammar: typedName
  mutating func parseTypedName(declared: Bool) -> SyntaxNode? {
    guard at(.colon) || nameLength(at: 0, declared: declared) > 0 else { return nil }
    let name = requireName(declared: declared)
    guard at(.colon) else { return name }
    var node = NodeBuilder(.typedName)
    node.add(.name, name)
    expect(.colon, .colon, &node)
    node.add(.type, requireTypeName())
    return node.finish(at: previousEnd)
  }
}

extension Keyword {
  /// Whether the keyword names a type that a column may have.
  var isColumnType: Bool {
    switch self {
    case .bool, .boolean, .date, .datetime, .decimal, .double, .dynamic, .guid, .int, .int64,
      .int8, .long, .real, .string, .time, .timespan, .uniqueid:
      true
    default: false
    }
  }

  /// Whether the keyword names a type.
  var isTypeName: Bool {
    switch self {
    case .bool, .boolean, .byte, .char, .date, .datetime, .decimal, .double, .dynamic, .float,
      .guid, .int, .int16, .int32, .int64, .int8, .long, .real, .string, .time, .timespan, .uint,
      .uint16, .uint32, .uint64, .uint8, .ulong, .uniqueid:
      true
    default: false
    }
  }
}
