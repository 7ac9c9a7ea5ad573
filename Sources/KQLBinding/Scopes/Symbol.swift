import KQLSyntax
import QueryPlan
import SourceText

/// What a name that a query declares stands for.
enum Symbol: Sendable {
  /// A scalar `let`, parameter or query parameter.
  case scalar(BoundScalar)
  /// A tabular `let`, `as` name or tabular parameter.
  case table(SharedTable)
  case function(DeclaredFunction)
  /// A group of databases for `macro-expand`.
  case entityGroup([SyntaxNode])
  /// A `declare pattern`.
  case pattern(PatternSymbol)
}

/// Bodies chosen by constant arguments.
struct PatternSymbol: Sendable {
  let name: String
  /// A node of kind `patternDeclaration`; nil where the pattern is only announced.
  let declaration: SyntaxNode?
  /// The names that its bodies see.
  let scope: Scope
}

/// A tabular value that is bound once and referred to by name.
struct SharedTable: Sendable {
  let shared: SharedPlan
  /// The columns of the plan; each reference gets ids of its own.
  let columns: [PlanColumn]
  let isOpen: Bool
  let isSerialized: Bool
  /// Whether wildcards of `union` and `search` find it.
  let isView: Bool
  let depth: Int
  /// How many operators run for a reference to it.
  let size: Int
  let graph: GraphShape?
}

/// A function that a query or the environment declares.
final class DeclaredFunction: Sendable {
  let name: String
  /// A node of kind `functionDeclaration`.
  let declaration: SyntaxNode
  /// The text of the declaration.
  let source: SourceText
  /// The names that its body sees.
  let scope: Scope
  let isView: Bool
  /// Positions of arguments that may be bare column names; see ``EnvironmentFunction``.
  let nameArguments: Set<Int>
  /// Whether it belongs to the environment: positions inside it are not those of the query.
  let isForeign: Bool

  init(
    name: String,
    declaration: SyntaxNode,
    source: SourceText,
    scope: Scope,
    nameArguments: Set<Int>? = nil
  ) {
    self.name = name
    self.declaration = declaration
    self.source = source
    self.scope = scope
    self.isView = declaration.token(.view) != nil
    self.nameArguments = nameArguments ?? []
    self.isForeign = nameArguments != nil
  }
}
