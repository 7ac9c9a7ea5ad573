public import Columnar
public import Execution
public import KQLBinding
public import KQLSyntax
public import QueryPlan
public import SourceText

/// A text that was parsed and bound.
public struct CheckedQuery: Sendable {
  public let tree: SyntaxTree
  public let bound: BoundQuery
  /// Of syntax and binding together.
  public let diagnostics: [Diagnostic]
}

/// The results of a text.
public struct HuntingAnswer: Sendable {
  public internal(set) var tables: [AnswerTable]
  /// Warnings and hints.
  public let diagnostics: [Diagnostic]
  /// Tenants whose rows are missing.
  public internal(set) var failures: [TenantFailure] = []
  /// Set where rows before this instant were left out, since the query says nothing of time.
  public internal(set) var hiddenBefore: DateTime?
  /// Rows of each table that were made and cut off; empty where none were.
  public internal(set) var cutRows: [Int] = []
}

/// One result and how it is to be drawn.
public struct AnswerTable: Sendable {
  public let result: QueryResult
  public let render: Render?
}

/// A text with errors in it.
public struct QueryRejection: Error, Sendable {
  public let diagnostics: [Diagnostic]
}

extension CheckedQuery {
  /// The columns of each result; nil for one whose columns only its run tells.
  public var columnNames: [[String]?] {
    bound.results.map { result in
      result.plan.firstStage() == nil ? result.plan.columns.map(\.name) : nil
    }
  }
}
