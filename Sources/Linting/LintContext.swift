public import KQLBinding
public import KQLSyntax
import QueryPlan
public import SourceText

/// A query text that was parsed and bound.
public struct LintSubject: Sendable {
  public let tree: SyntaxTree
  public let bound: BoundQuery
  /// Of syntax and binding together.
  public let diagnostics: [Diagnostic]

  public init(tree: SyntaxTree, bound: BoundQuery, diagnostics: [Diagnostic]) {
    self.tree = tree
    self.bound = bound
    self.diagnostics = diagnostics
  }
}

/// What rules see of a query.
struct LintContext: Sendable {
  let subject: LintSubject
  let facts: any SchemaFacts
  /// The bound operators; empty where the text has errors, so that rules which need types are
  /// silent.
  let calls: BoundCalls
  /// All nodes of the tree in text order, parents first, each with its parent.
  let nodes: [PlacedNode]

  init(_ subject: LintSubject, facts: any SchemaFacts) {
    self.subject = subject
    self.facts = facts
    calls = BoundCalls(subject.diagnostics.hasErrors ? [] : subject.bound.results.map(\.plan))
    nodes = PlacedNode.all(below: subject.tree.root)
  }

  var source: SourceText { subject.tree.source }

  /// Whether text and names are free of errors.
  var isSound: Bool { !subject.diagnostics.hasErrors }

  /// All nodes of a kind.
  func nodes(of kinds: SyntaxKind...) -> [PlacedNode] {
    nodes.filter { kinds.contains($0.node.kind) }
  }

  func text(_ node: SyntaxNode) -> String { source.text(node.span) }

  func text(_ token: SyntaxToken) -> String { source.text(token.span) }

  /// The name that a `name` node stands for.
  func name(_ node: SyntaxNode) -> String {
    String(decoding: SyntaxName.decode(node, in: source), as: UTF8.self)
  }

  /// The text that a string literal stands for; nil where the node is none.
  func literal(_ node: SyntaxNode) -> String? {
    guard node.kind == .stringLiteral else { return nil }
    let parts = node.tokens(.value).map { source.bytes[$0.span.range] }
    return String(validating: StringLiteral.decode(adjacent: parts), as: UTF8.self)
  }

  /// The name of the function that a node calls; nil where it is no call.
  func callee(_ node: SyntaxNode) -> String? {
    guard node.kind == .functionCall else { return nil }
    return node.child(.name).map(name)
  }
}

/// A node of the tree with the nodes around it.
struct PlacedNode: Sendable {
  let node: SyntaxNode
  /// The nodes around it, the nearest last.
  let ancestors: [SyntaxNode]

  var parent: SyntaxNode? { ancestors.last }

  static func all(below root: SyntaxNode) -> [PlacedNode] {
    var found: [PlacedNode] = []
    var pending = [PlacedNode(node: root, ancestors: [])]
    while let placed = pending.popLast() {
      found.append(placed)
      let inner = placed.ancestors + [placed.node]
      for child in placed.node.children.reversed() {
        guard let node = child.element.node else { continue }
        pending.append(PlacedNode(node: node, ancestors: inner))
      }
    }
    return found
  }

  /// Whether the node is one of the conditions that a `where` joins by `and` and `or`: there null
  /// counts as false.
  var isCondition: Bool {
    for ancestor in ancestors.reversed() {
      switch ancestor.kind {
      case .logicalAnd, .logicalOr, .parenthesized: continue
      case .whereOperator: return true
      default: return false
      }
    }
    return false
  }
}

extension SyntaxNode {
  /// Whether the expression can stand on either side of any operator without parentheses.
  var isTight: Bool {
    switch kind {
    case .name, .path, .functionCall, .parenthesized, .stringLiteral: true
    default: false
    }
  }
}
