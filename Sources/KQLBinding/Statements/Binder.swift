import Columnar
public import KQLSyntax
import QueryPlan
import SourceText

/// Gives names and types to a syntax tree: makes a plan and says what is wrong.
///
/// Never fails: an expression with a mistake in it is reported once and then counts as of unknown
/// type, so that nothing that follows from it is reported too.
public final class Binder {
  let environment: any BindingEnvironment
  let options: BindingOptions
  /// Where names are looked up right now.
  var frame: Frame
  var diagnostics: [Diagnostic] = []
  /// Columns whose type is not known; the plan has them as dynamic.
  var unknownColumns: Set<ColumnID> = []
  /// What every table says of itself besides its columns, by shared plan id.
  var renderInfo: Render?
  private(set) var nodeCount = 0
  private(set) var depth = 0
  /// The sizes of all that was referred to by name so far, together.
  private(set) var referencedSize = 0
  private var lastColumn = 0
  private var lastShared = 0
  /// Functions of the environment that were parsed already.
  var foreignFunctions: [String: DeclaredFunction] = [:]
  /// Literals by the node that writes them.
  var literals: [ObjectIdentifier: Scalar] = [:]
  /// What the query's `set` statements say of `bin_auto`: the size of bins and a start.
  var binAutoSize: BoundScalar?
  var binAutoPoint: BoundScalar?
  private var hasReportedLimit = false

  /// Binds a tree against an environment.
  public static func bind(
    tree: SyntaxTree,
    environment: some BindingEnvironment,
    options: BindingOptions = .init()
  ) -> BoundQuery {
    let binder = Binder(source: tree.source, environment: environment, options: options)
    return binder.bindQuery(tree)
  }

  private init(
    source: SourceText,
    environment: any BindingEnvironment,
    options: BindingOptions
  ) {
    self.environment = environment
    self.options = options
    self.frame = Frame(source: source)
  }

  /// Makes an id that no other column of the query has.
  func freshID() -> ColumnID {
    lastColumn += 1
    return ColumnID(lastColumn)
  }

  /// Makes a new column.
  func freshColumn(_ name: String, _ type: BoundType) -> PlanColumn {
    let column = PlanColumn(id: freshID(), name: name, type: type.plan)
    if type == .unknown { unknownColumns.insert(column.id) }
    return column
  }

  /// Makes a number for a shared plan, subquery or stage.
  func freshNumber() -> Int {
    lastShared += 1
    return lastShared
  }

  /// The type of a column, with what the plan cannot say.
  func type(of column: PlanColumn) -> BoundType {
    unknownColumns.contains(column.id) ? .unknown : .scalar(column.type)
  }

  /// Runs a part with other names in view.
  func within<Result>(_ inner: Frame, _ body: () -> Result) -> Result {
    let outer = frame
    frame = inner
    defer { frame = outer }
    return body()
  }

  /// Runs a part in which the columns of a row are in view.
  func within<Result>(row: RowScope?, _ body: () -> Result) -> Result {
    var inner = frame
    inner.row = row
    inner.aggregates = nil
    return within(inner, body)
  }

  /// Runs a part one level deeper; nil where the nesting or the size is beyond the limits.
  func deeper<Result>(_ span: SourceSpan, _ body: () -> Result) -> Result? {
    nodeCount += 1
    guard depth < options.maximumDepth, nodeCount <= options.maximumNodes else {
      reportLimit(span)
      return nil
    }
    depth += 1
    defer { depth -= 1 }
    return body()
  }

  /// Counts a reference to something declared; false where it has grown too large.
  func countReference(_ size: Int, at span: SourceSpan) -> Bool {
    referencedSize = min(referencedSize + size, 1 << 40)
    guard size <= options.maximumNodes else {
      reportLimit(span)
      return false
    }
    return true
  }

  /// Says once that the query is too deep or too large.
  func reportLimit(_ span: SourceSpan) {
    guard !hasReportedLimit else { return }
    hasReportedLimit = true
    diagnostics.append(.queryTooComplex(at: span))
  }

  /// Adds a finding, unless the part is bound only for its result.
  func report(_ diagnostic: Diagnostic) {
    guard !frame.isSilent else { return }
    if diagnostics.count < 1_000 { diagnostics.append(diagnostic) }
  }

  /// Where a node stands in the query; for nodes of environment functions, where the call stands.
  func span(_ node: SyntaxNode) -> SourceSpan { frame.callSpan ?? node.span }

  /// The name that a name node stands for.
  func name(_ node: SyntaxNode) -> String {
    String(decoding: SyntaxName.decode(node, in: frame.source), as: UTF8.self)
  }

  /// The text of a token.
  func text(_ token: SyntaxToken) -> String { frame.source.text(token.span) }
}

/// Where names are looked up.
struct Frame {
  /// The text that the nodes belong to.
  var source: SourceText
  /// The columns in view; nil where a table is expected.
  var row: RowScope?
  var scope: Scope = .empty
  /// Collects aggregates; nil where they are not allowed.
  var aggregates: AggregateCollector?
  /// Set inside functions of the environment.
  var callSpan: SourceSpan?
  /// Names the calls that led here, for the keys of staged plugins.
  var path = ""
  /// The rows that subqueries of `mv-apply`, `partition` and `fork` start from.
  var subqueryInput: BoundTable?
  var isSilent = false
  /// Set where rows of an enclosing operator are worked on.
  var isInSubquery = false
  /// How many functions lead here.
  var callDepth = 0
  /// Set in unions that leave out tables which do not exist.
  var isFuzzy = false

  init(source: SourceText) { self.source = source }
}
