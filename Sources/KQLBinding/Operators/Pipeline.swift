import Columnar
import KQLSyntax
import QueryPlan
import SourceText

extension Binder {
  /// The most operators that may lie on one another in a plan.
  static let maximumPlanDepth = 1_000

  /// Binds an expression that must be a table.
  func bindTable(_ node: SyntaxNode) -> BoundTable {
    if node.kind == .parenthesized, let inner = node.child(.expression) {
      return deeper(span(node)) { bindTable(inner) } ?? failedTable()
    }
    if node.kind == .name { return bindTableName(node) }
    switch within(row: nil, { bindValue(node) }) {
    case .table(let table): return table
    case .scalar(let value):
      if value.type != .unknown { report(.tableExpected(at: span(node))) }
      return failedTable()
    }
  }

  private func bindTableName(_ node: SyntaxNode) -> BoundTable {
    let name = name(node)
    switch within(row: nil, { lookUp(name, node) }) {
    case .table(let table): return table
    case .scalar(let value):
      if value.type != .unknown { report(.tableExpected(at: span(node))) }
      return failedTable()
    case nil: break
    }
    if frame.isFuzzy { return missingTable() }
    if !name.isEmpty {
      let suggestion = suggestion(for: name, tables: true)
      report(.unknownTable(name, at: span(node), suggestion: suggestion))
    }
    return failedTable()
  }

  /// Stands for a table that could not be bound: any column may be named.
  func failedTable() -> BoundTable {
    var table = BoundTable(.values(Values(columns: [], rows: [])), columns: [])
    table.isOpen = true
    table.isFailed = true
    return table
  }

  /// Stands for a table that does not exist, in a union that leaves such out.
  func missingTable() -> BoundTable {
    var missing = failedTable()
    missing.isMissing = true
    return missing
  }

  /// Binds a source and the operators that follow it.
  func bindPipeline(_ node: SyntaxNode) -> BoundTable {
    var inner = frame
    inner.row = nil
    inner.aggregates = nil
    return within(inner) {
      var table = pipelineSource(node)
      frame.isFuzzy = false
      for stage in node.children(.stage) {
        table = bindStage(stage, table)
        guard table.depth <= Self.maximumPlanDepth else {
          reportLimit(span(stage))
          return failedTable()
        }
      }
      return table
    }
  }

  private func pipelineSource(_ node: SyntaxNode) -> BoundTable {
    if let source = node.child(.source) {
      let outer = frame.subqueryInput
      frame.subqueryInput = nil
      defer { frame.subqueryInput = outer }
      return bindTable(source)
    }
    return frame.subqueryInput ?? failedTable()
  }

  /// Binds an operator over its input.
  func bindStage(_ stage: SyntaxNode, _ input: BoundTable) -> BoundTable {
    let before = referencedSize
    let bound = deeper(span(stage)) { bindOperator(stage, input) } ?? failedTable()
    var result = bound
    result.size = min(input.size + referencedSize - before + 1, 1 << 40)
    if input.isOpen, bound.isOpen { addDiscovered(input, &result) }
    result.isMissing = input.isMissing
    result.depth = max(bound.depth, input.depth) + 1
    result.isFailed = bound.isFailed || input.isFailed
    return result
  }

  /// Hands columns on that an operator found its open input to have.
  private func addDiscovered(_ input: BoundTable, _ result: inout BoundTable) {
    let known = Set(result.columns.map(\.id))
    let names = Set(result.columns.map { Name($0.name) })
    for column in input.discovered.columns
    where !known.contains(column.id) && !names.contains(Name(column.name)) {
      result.columns.append(column)
    }
  }

  private func bindOperator(_ stage: SyntaxNode, _ input: BoundTable) -> BoundTable {
    switch stage.kind {
    case .whereOperator: bindWhere(stage, input)
    case .extendOperator: bindExtend(stage, input)
    case .projectOperator: bindProject(stage, input)
    case .projectAwayOperator: bindProjectAway(stage, input)
    case .projectKeepOperator: bindProjectKeep(stage, input)
    case .projectRenameOperator: bindProjectRename(stage, input)
    case .projectReorderOperator: bindProjectReorder(stage, input)
    case .projectByNamesOperator: bindProjectByNames(stage, input)
    case .summarizeOperator: bindSummarize(stage, input)
    case .distinctOperator: bindDistinct(stage, input)
    case .countOperator: bindCount(stage, input)
    case .sortOperator: bindSort(stage, input)
    case .topOperator: bindTop(stage, input)
    case .takeOperator: bindTake(stage, input)
    case .sampleOperator: bindSample(stage, input)
    case .sampleDistinctOperator: bindSampleDistinct(stage, input)
    case .serializeOperator: bindSerialize(stage, input)
    case .joinOperator: bindJoin(stage, input)
    case .lookupOperator: bindLookup(stage, input)
    case .unionOperator: bindUnion(stage, input)
    default: bindFurtherOperator(stage, input)
    }
  }

  private func bindFurtherOperator(_ stage: SyntaxNode, _ input: BoundTable) -> BoundTable {
    switch stage.kind {
    case .mvExpandOperator: bindMvExpand(stage, input)
    case .mvApplyOperator: bindMvApply(stage, input)
    case .parseOperator, .parseWhereOperator: bindParse(stage, input)
    case .parseKvOperator: bindParseKv(stage, input)
    case .makeSeriesOperator: bindMakeSeries(stage, input)
    case .partitionOperator, .partitionByOperator: bindPartition(stage, input)
    case .getschemaOperator: bindGetschema(stage, input)
    case .renderOperator: bindRender(stage, input)
    case .asOperator: bindAs(stage, input)
    case .invokeOperator: bindInvoke(stage, input)
    case .evaluateOperator: bindEvaluate(stage, input)
    case .searchOperator: bindSearch(stage, input)
    case .assertSchemaOperator: bindAssertSchema(stage, input)
    case .consumeOperator, .executeAndCacheOperator: bindConsume(stage, input)
    case .macroExpandOperator: bindMacroExpand(stage)
    case .findOperator, .printOperator, .rangeOperator: misplaced(stage)
    case .unknownOperator: input
    default: bindRefused(stage, input)
    }
  }

  /// A source that stands behind others; the parser has reported it.
  private func misplaced(_ stage: SyntaxNode) -> BoundTable {
    bindTabularSource(stage) ?? failedTable()
  }

  /// Binds a table that stands first; nil where the node is none.
  func bindTabularSource(_ node: SyntaxNode) -> BoundTable? {
    switch node.kind {
    case .datatable: bindDatatable(node)
    case .contextualDatatable: bindContextualDatatable(node)
    case .externalData: bindExternalData(node)
    case .inlineExternalTable: bindInlineExternalTable(node)
    case .materializedViewCombine: bindViewCombine(node)
    case .printOperator: bindPrint(node)
    case .rangeOperator: bindRange(node)
    case .unionOperator: bindUnion(node, nil)
    case .findOperator: bindFind(node)
    case .searchOperator: bindSearch(node, nil)
    case .evaluateOperator: bindEvaluate(node, nil)
    case .macroExpandOperator: bindMacroExpand(node)
    case .toTable: node.child(.expression).map(bindTable)
    case .wildcardName: bindWildcardTable(node)
    default: node.kind.isOperator ? bindHeadless(node) : nil
    }
  }

  /// An operator that needs an input and has none.
  private func bindHeadless(_ node: SyntaxNode) -> BoundTable {
    if let input = frame.subqueryInput { return bindStage(node, input) }
    report(.operatorCannotBeFirst(at: node.token(.keyword)?.span ?? span(node)))
    return failedTable()
  }

  /// Hands properties of the input on to the result of an operator that keeps rows as they are.
  func following(
    _ plan: Plan,
    _ columns: [PlanColumn],
    _ input: BoundTable
  ) -> BoundTable {
    var table = BoundTable(plan, columns: columns)
    table.isOpen = input.isOpen
    table.isSerialized = input.isSerialized
    table.depth = input.depth
    return table
  }

  /// The parameters of an operator by name.
  func parameters(_ node: SyntaxNode) -> [String: SyntaxNode] {
    var result: [String: SyntaxNode] = [:]
    for parameter in node.children(.parameter) {
      guard let token = parameter.token(.name), let value = parameter.child(.value) else {
        continue
      }
      result[text(token)] = value
    }
    return result
  }

  /// The value of a parameter as a word: a name, a string or another literal as it is written.
  func word(_ node: SyntaxNode) -> String {
    switch node.kind {
    case .name: name(node)
    case .stringLiteral: String(decoding: stringBytes(node), as: UTF8.self)
    default: frame.source.text(node.span)
    }
  }
}

extension SyntaxKind {
  /// Whether the node is an operator of a pipeline.
  fileprivate var isOperator: Bool {
    rawValue >= SyntaxKind.asOperator.rawValue && rawValue <= SyntaxKind.whereOperator.rawValue
  }
}
