import Hunting
import KQLSyntax
import SourceText

/// The operator that loses or changes a column on its way to the result.
struct ColumnLoss: Sendable {
  /// The operator.
  let node: SyntaxNode
  /// The words that name it, such as `summarize`.
  let name: String
}

/// Finds the operator from which on a column is not what the table has, by binding ever longer
/// beginnings of the query.
struct LossSearch {
  private let query: QueryFacts
  private let isKept: (ResultOrigins) -> Bool
  /// More operators than people write.
  private static let stageLimit = 200
  private static let depthLimit = 8

  /// - Parameter isKept: whether a result with these columns has them as they should be.
  init(_ query: QueryFacts, isKept: @escaping (ResultOrigins) -> Bool) {
    self.query = query
    self.isKept = isKept
  }

  /// Looks for the operator that loses a column.
  init(_ query: QueryFacts, losing column: String) {
    self.init(query) { $0[column] != nil }
  }

  /// The operator; nil where it cannot be told.
  func find() -> ColumnLoss? {
    guard query.isSound,
      let statement = query.checked.tree.root.children(.statement)
        .last(where: { $0.kind == .queryStatement }),
      let expression = statement.child(.expression)
    else { return nil }
    return find(in: expression, after: 0..<statement.span.start, depth: 0)
  }

  /// - Parameter range: the statements before the expression.
  private func find(in expression: SyntaxNode, after range: Range<Int>, depth: Int) -> ColumnLoss? {
    let pipeline = unwrapped(expression)
    guard pipeline.kind == .pipeline, let source = pipeline.child(.source) else {
      return depth < Self.depthLimit ? definition(of: pipeline, depth) : nil
    }
    guard let isSourceKept = isKept(upTo: source, from: pipeline, range) else { return nil }
    if !isSourceKept { return find(in: source, after: range, depth: depth + 1) }
    for stage in pipeline.children(.stage).prefix(Self.stageLimit) {
      guard let isStageKept = isKept(upTo: stage, from: pipeline, range) else { return nil }
      if !isStageKept { return ColumnLoss(node: stage, name: name(of: stage)) }
    }
    return nil
  }

  private func unwrapped(_ node: SyntaxNode) -> SyntaxNode {
    var node = node
    while node.kind == .parenthesized || node.kind == .materialize,
      let inner = node.child(.expression)
    { node = inner }
    return node
  }

  /// Looks into the `let` that a name stands for.
  private func definition(of node: SyntaxNode, _ depth: Int) -> ColumnLoss? {
    guard node.kind == .name else { return nil }
    let name = query.text(node)
    let statement = query.checked.tree.root.children(.statement).first { statement in
      statement.kind == .letStatement && statement.child(.name).map(query.text) == name
        && statement.span.end <= node.span.start
    }
    guard let statement, let value = statement.child(.value) else { return nil }
    return find(in: value, after: 0..<statement.span.start, depth: depth + 1)
  }

  /// Whether the column is kept up to the end of an operator; nil where that cannot be told.
  private func isKept(
    upTo node: SyntaxNode,
    from pipeline: SyntaxNode,
    _ range: Range<Int>
  ) -> Bool? {
    let bytes = query.source.bytes
    let text = bytes[range] + bytes[pipeline.span.start..<node.span.end]
    return query.origins(upTo: Array(text)).map(isKept)
  }

  private func name(of stage: SyntaxNode) -> String {
    stage.token(.keyword).map { query.source.text($0.span) } ?? "operator"
  }
}
