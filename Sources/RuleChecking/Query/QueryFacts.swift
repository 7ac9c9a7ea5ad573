import Columnar
import Hunting
import KQLBinding
import KQLSyntax
import QueryPlan
import SourceText

/// What is known of the query of a rule.
struct QueryFacts: Sendable {
  let source: SourceText
  let checked: CheckedQuery
  /// The tables whose rows come out; empty where the query has errors.
  let eventScans: [TableScan]
  /// What the event's table asks for; nil where no table's rows come out.
  let identity: EventIdentity?
  /// All nodes of the syntax tree in text order.
  let nodes: [SyntaxNode]
  private let origins: ResultOrigins
  private let check: @Sendable (SourceText) -> CheckedQuery

  init(
    _ text: String,
    schemas: TableSchemas,
    check: @escaping @Sendable (SourceText) -> CheckedQuery
  ) {
    source = SourceText(text)
    self.check = check
    checked = check(source)
    var nodes: [SyntaxNode] = []
    checked.tree.root.forEachNode { node in
      nodes.append(node)
      return true
    }
    self.nodes = nodes
    guard !checked.diagnostics.hasErrors, let result = checked.bound.results.last else {
      eventScans = []
      identity = nil
      origins = ResultOrigins()
      return
    }
    eventScans = EventTables.scans(of: result.plan)
    origins = ResultOrigins(of: result)
    identity = Self.identity(eventScans, origins, schemas)
  }

  /// What the table asks for whose time the result has, else the first table.
  private static func identity(
    _ scans: [TableScan],
    _ origins: ResultOrigins,
    _ schemas: TableSchemas
  ) -> EventIdentity? {
    let identities = scans.map { EventIdentity(of: $0, schemas) }
    let found = identities.first { identity in
      origins[identity.time]?.own?.tables.contains(identity.table) ?? false
    }
    return found ?? identities.first
  }

  /// Whether the text has no errors, so that its columns are known.
  var isSound: Bool { !checked.diagnostics.hasErrors && result != nil }

  /// The result that a rule looks at.
  var result: BoundResult? { checked.bound.results.last }

  /// Whether all columns of the result are known.
  var isClosed: Bool { isSound && result?.isOpen == false }

  /// Whether a column is surely not in the result.
  func lacks(_ column: String) -> Bool { isClosed && !columnNames.contains(column) }

  var columnNames: [String] { result?.columns.map(\.name) ?? [] }

  /// Where a column of the result comes from; nil where there is no such column.
  func origin(of column: String) -> ColumnOrigin? { origins[column] }

  /// The columns that hand a column of a table on under another name.
  func otherNames(of column: String) -> [String] {
    columnNames.filter { $0 != column && origins[$0]?.own?.name == column }
  }

  /// All scans, also those that only filter.
  var allScans: [TableScan] { isSound ? result?.plan.scans() ?? [] : [] }

  /// The text of a node.
  func text(_ node: SyntaxNode) -> String { source.text(node.span) }

  /// The name that a node calls; nil where it calls none.
  func callee(_ node: SyntaxNode) -> String? {
    guard node.kind == .functionCall else { return nil }
    return node.child(.name).map(text)
  }

  /// The columns of the last result of a text; nil where it has errors or none.
  func origins(upTo text: [UInt8]) -> ResultOrigins? {
    let checked = check(SourceText(bytes: text))
    guard !checked.diagnostics.hasErrors, let result = checked.bound.results.last else {
      return nil
    }
    return ResultOrigins(of: result)
  }
}
