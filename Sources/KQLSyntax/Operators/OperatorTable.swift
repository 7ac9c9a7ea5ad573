import SourceText

/// The parse functions of the query operators by the keyword that they begin with.
enum OperatorTable {
  typealias Production = @Sendable (inout Parser) -> SyntaxNode

  static let productions: [Keyword: Production] = [
    .as: { $0.parseAs() },
    .assertSchema: { $0.parseAssertSchema() },
    .consume: { $0.parseConsume() },
    .distinct: { $0.parseDistinct() },
    .evaluate: { $0.parseEvaluate() },
    .executeAndCache: { $0.parseExecuteAndCache() },
    .extend: { $0.parseExtend() },
    .facet: { $0.parseFacet() },
    .find: { $0.parseFind() },
    .fork: { $0.parseFork() },
    .getschema: { $0.parseGetschema() },
    .graphMarkComponents: { $0.parseGraphMarkComponents() },
    .graphMatch: { $0.parseGraphMatch() },
    .graphShortestPaths: { $0.parseGraphShortestPaths() },
    .graphToTable: { $0.parseGraphToTable() },
    .graphWhereEdges: { $0.parseGraphWhereEdges() },
    .graphWhereNodes: { $0.parseGraphWhereNodes() },
    .invoke: { $0.parseInvoke() },
    .join: { $0.parseJoin() },
    .limit: { $0.parseTake() },
    .take: { $0.parseTake() },
    .lookup: { $0.parseLookup() },
    .macroExpand: { $0.parseMacroExpand() },
    .makeGraph: { $0.parseMakeGraph() },
    .makeSeries: { $0.parseMakeSeries() },
    .mvApply: { $0.parseMvApply() },
    .mvApplyWord: { $0.parseMvApply() },
    .mvExpand: { $0.parseMvExpand() },
    .mvExpandWord: { $0.parseMvExpand() },
    .order: { $0.parseSort() },
    .sort: { $0.parseSort() },
    .parse: { $0.parseParse() },
    .parseKv: { $0.parseParseKv() },
    .parseWhere: { $0.parseParseWhere() },
    .partition: { $0.parsePartition() },
    .partitionBy: { $0.parsePartitionBy() },
    .print: { $0.parsePrint() },
    .project: { $0.parseProject() },
    .projectAway: { $0.parseProjectAway() },
    .projectByNames: { $0.parseProjectByNames() },
    .projectKeep: { $0.parseProjectKeep() },
    .projectRename: { $0.parseProjectRename() },
    .projectReorder: { $0.parseProjectReorder() },
    .reduce: { $0.parseReduce() },
    .render: { $0.parseRender() },
    .sample: { $0.parseSample() },
    .sampleDistinct: { $0.parseSampleDistinct() },
    .scan: { $0.parseScan() },
    .search: { $0.parseSearch() },
    .serialize: { $0.parseSerialize() },
    .summarize: { $0.parseSummarize() },
    .top: { $0.parseTop() },
    .topHitters: { $0.parseTopHitters() },
    .topNested: { $0.parseTopNested() },
    .union: { $0.parseUnion() },
    .filter: { $0.parseWhere() },
    .where: { $0.parseWhere() },
    .count: { $0.parseCount() },
    .range: { $0.parseRange() },
  ]

  /// Whether an operator may begin a pipeline (`asSource`), or may only begin one.
  static func isSource(_ keyword: Keyword, asSource: Bool) -> Bool {
    switch keyword {
    case .print, .range: true
    case .evaluate, .find, .macroExpand, .search, .union: asSource
    default: false
    }
  }
}

extension Parser {
  /// Reads an operator. As the source of a pipeline, words that may also be names are operators
  /// only
  /// where they go on as one.
  // grammar: operator
  mutating func parseOperator(asSource: Bool) -> SyntaxNode? {
    guard at(.keyword), let production = OperatorTable.productions[current.keyword] else {
      return nil
    }
    switch current.keyword {
    case .count where peek(1).kind == .openParenthesis: return nil
    case .range where peek(1).kind == .openParenthesis: return nil
    default: break
    }
    if asSource, isMeantAsName { return nil }
    if asSource != OperatorTable.isSource(current.keyword, asSource: asSource) {
      reportMisplacedOperator(asSource: asSource)
    }
    return production(&self)
  }

  /// Reports an operator that needs a table before it and has none, or the other way round.
  private mutating func reportMisplacedOperator(asSource: Bool) {
    guard canReport else { return }
    report(
      asSource
        ? SyntaxDiagnostics.operatorNeedsTable(describe(current), at: current.span)
        : SyntaxDiagnostics.operatorTakesNoTable(describe(current), at: current.span)
    )
  }

  /// Whether the keyword before a pipeline is used as a name: `count > 1`, `id`, `top.x`.
  private var isMeantAsName: Bool {
    guard current.keyword.nameUse == .always else { return false }
    let next = peek(1)
    if at(.count) { return next.keyword != .as }
    return endsStage(next) || next.kind == .openParenthesis || isFollowedByNameEnd
  }

  static func startsOperator(_ token: SyntaxToken) -> Bool {
    token.kind == .keyword && OperatorTable.productions[token.keyword] != nil
  }

  /// The operator whose name is nearest to the word that stands where one is expected.
  var operatorSuggestion: String? {
    guard at(.identifier) || at(.keyword) else { return nil }
    let word = Array(source.bytes[current.span.start..<current.span.end])
    return NearestWord.find(word, in: OperatorTable.productions.keys.map(\.rawValue))
  }
}
