import SourceText

/// Turns a tree into layout steps: which tokens stand side by side, and where lines may break.
struct LayoutBuilder {
  private(set) var steps: [LayoutStep] = []
  let source: SourceText
  private var openGroups: [OpenGroup] = []
  private var tokenCount = 0
  /// How many steps so far break all groups around them.
  private var hardBreaks = 0
  /// How many brackets are open around the current place.
  var brackets = 0
  /// The number of the last token that has comments before it.
  private var lastCommentedToken = -1

  private struct OpenGroup {
    let step: Int
    let hardBreaks: Int
    let firstToken: Int
  }

  init(_ source: SourceText) { self.source = source }

  // MARK: Steps

  mutating func token(_ token: SyntaxToken) {
    let trivia = token.leadingTrivia
    if trivia.length > 1,
      source.bytes[trivia.start..<trivia.end].contains(UInt8(ascii: "/"))
    {
      lastCommentedToken = tokenCount
    }
    tokenCount += 1
    steps.append(.token(token))
  }

  mutating func step(_ step: LayoutStep) {
    switch step {
    case .hardLine, .statementBreak: hardBreaks += 1
    default: break
    }
    steps.append(step)
  }

  /// Adds steps whose lines break together; comments inside and hard breaks break them.
  mutating func group(_ content: (inout LayoutBuilder) -> Void) {
    openGroups.append(
      OpenGroup(step: steps.count, hardBreaks: hardBreaks, firstToken: tokenCount)
    )
    steps.append(.beginGroup(mustBreak: false))
    content(&self)
    steps.append(.endGroup)
    guard let group = openGroups.popLast() else { return }
    let mustBreak = hardBreaks > group.hardBreaks || lastCommentedToken > group.firstToken
    steps[group.step] = .beginGroup(mustBreak: mustBreak)
  }

  mutating func indented(_ content: (inout LayoutBuilder) -> Void) {
    steps.append(.indent)
    content(&self)
    steps.append(.outdent)
  }

  // MARK: Nodes

  mutating func add(_ element: SyntaxElement) {
    switch element {
    case .node(let node): add(node)
    case .token(let token): self.token(token)
    }
  }

  /// Adds a node in the layout of its kind.
  mutating func add(_ node: SyntaxNode) {
    switch node.kind {
    case .queryBlock: addStatements(node.children[...])
    case .letStatement: addLet(node)
    case .functionBody: addFunctionBody(node)
    case .pipeline: addPipeline(node)
    case .parenthesized, .toScalar, .toTable, .materialize: addParenthesized(node)
    case .functionCall, .inExpression, .rowSchema, .typeofLiteral, .jsonArray, .jsonObject,
      .tupleNamedExpression, .entityGroup, .withClause, .functionDeclaration, .betweenExpression,
      .queryParametersStatement, .restrictStatement, .externalData, .inlineExternalTable,
      .inlinePartitionClause, .inlinePathFormatClause, .patternMatch, .patternDeclaration,
      .packExpression, .elementSegment, .graphNode, .materializedViewCombine, .dynamicLiteral:
      addBracketed(node)
    case .datatable: addDatatable(node)
    case .logicalOr, .logicalAnd, .addition, .multiplication: addChain(node)
    case .stringMatch: addStringMatch(node)
    case .stringLiteral: addStrings(node)
    case .functionParameter: addFunctionParameter(node)
    case .scanStep: addScanStep(node)
    case .path, .memberSegment, .unary, .wildcardName, .name, .operatorParameter, .typedName,
      .columnDeclaration, .dataScope, .graphPattern, .graphEdge, .graphRange:
      addTight(node)
    default:
      if node.kind.isOperator || node.kind == .forkBranch {
        addOperator(node)
      } else {
        addSpaced(node)
      }
    }
  }

  /// Adds children side by side, with blanks only where they are needed.
  private mutating func addTight(_ node: SyntaxNode) {
    for (index, child) in node.children.enumerated() {
      if index > 0, needsBlank(before: child, in: node) { step(.space) }
      add(child.element)
      if child.role == .separator { step(.space) }
    }
  }

  private func needsBlank(before child: SyntaxChild, in node: SyntaxNode) -> Bool {
    switch node.kind {
    case .dataScope: child.role == .keyword
    case .operatorParameter: node.token(.equals) == nil && child.role == .value
    case .graphRange: child.role == .range || child.role == .upper
    default: false
    }
  }

  /// Adds children with blanks between them, but none before separators and colons.
  mutating func addSpaced(_ node: SyntaxNode) {
    for (index, child) in node.children.enumerated() {
      if index > 0, child.role != .separator, child.role != .colon { step(.space) }
      add(child.element)
    }
  }
}

extension SyntaxKind {
  /// Whether the kind is a query operator.
  var isOperator: Bool {
    switch self {
    case .forkBranch, .graphPattern, .graphNode, .graphEdge, .graphRange, .graphOutput,
      .graphTable, .seriesAggregate, .expandColumn, .scanStep, .topNestedClause:
      false
    default: rawValue >= SyntaxKind.asOperator.rawValue
    }
  }
}
