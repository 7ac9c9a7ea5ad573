import SourceText

/// Where a keyword may stand as a name.
enum NameUse {
  /// Everywhere: `let`, `count`, `id`.
  case always
  /// Only where a name is declared or a path goes on: `title`, `by`, `where`.
  case declared
  /// Nowhere without brackets: `and`, `has_any`, `string`.
  case never
}

extension Keyword {
  /// Where the keyword may stand as a name.
  var nameUse: NameUse {
    if Self.neverNames.contains(self) { return .never }
    return Self.declaredNames.contains(self) ? .declared : .always
  }

  private static let declaredNames: Set<Keyword> = [
    .accumulate, .as, .by, .contains, .datatable, .earliest, .externaldata, .find, .has, .in,
    .invoke, .latest, .materialize, .of, .print, .sample, .sampleDistinct, .search, .set, .title,
    .to, .toscalar, .totable, .topNested, .topHitters, .where,
  ]

  private static let neverNames: Set<Keyword> = [
    // Operators
    .executeAndCache, .underscoreProjectAway, .assertSchema, .graphMarkComponents, .graphMatch,
    .graphShortestPaths, .graphToTable, .graphWhereEdges, .graphWhereNodes, .macroExpand,
    .makeGraph, .makeSeries, .mvApply, .mvExpand, .parseKv, .parseWhere, .project, .projectAway,
    .projectByNames, .projectKeep, .projectRename, .projectReorder, .projectSmart, .union,
    // Sources
    .contextualDatatable, .externalDataWord, .materializedViewCombine,
    // Words of operators
    .asc, .desc, .dataScope, .first, .last, .flags, .grannyAsc, .grannyDesc, .hotcache, .missing,
    .nooptimization, .others, .partitionedBy, .pathFormat, .relaxed, .simple, .kind, .cycles,
    .anomalychart, .areachart, .barchart, .card, .chart3D, .columnchart, .ladderchart,
    .linechart, .piechart, .pivotchart, .scatterchart, .stackedareachart, .timechart, .timeline,
    .timepivot, .treemap,
    // Operators of expressions
    .and, .or, .inInsensitive, .notIn, .notInInsensitive, .between, .notBetween, .containsCs,
    .notContains, .notContainsCs, .containsCsWord, .notContainsWord, .notContainsCsWord,
    .startswith, .startswithCs, .notStartswith, .notStartswithCs, .endswith, .endswithCs,
    .notEndswith, .notEndswithCs, .hasCs, .notHas, .notHasCs, .hasprefix, .hasprefixCs,
    .notHasprefix, .notHasprefixCs, .hassuffix, .hassuffixCs, .notHassuffix, .notHassuffixCs,
    .hasAny, .hasAll, .like, .likeCs, .notLike, .notLikeCs, .matchesRegex,
    // Types
    .boolean, .byte, .char, .date, .datetime, .decimal, .double, .dynamic, .float, .int, .int16,
    .int32, .int64, .int8, .long, .real, .string, .time, .timespan, .uint, .uint16, .uint32,
    .uint64, .uint8, .ulong, .uniqueid,
    // Parameters
    .crossCluster, .crossDatabase, .underscoreId, .underscoreIsFuzzy, .noWithSource,
    .packedColumn, .sourceColumnIndex, .bagexpansion, .binLegacy, .decodeblocks, .expandoutput,
    .forceRemote, .isfuzzy, .withItemIndex, .withMatchId, .withStepName,
    .withSource, .withSourceUnderscore,
    .hintConcurrency, .hintDistribution, .hintMaterialized, .hintNumPartitions, .hintPassFilters,
    .hintPassFiltersColumn, .hintProgressiveTop, .hintRemote, .hintShufflekey, .hintSpread,
    .hintStrategy,
  ]

  /// Keywords that a column or table may be called all the same.
  var isSpecialName: Bool {
    switch self {
    case .kind, .withSource, .withSourceUnderscore: true
    default: false
    }
  }
}

extension Parser {
  /// Whether a token is a word that may be a name.
  func isName(_ token: SyntaxToken, declared: Bool = false) -> Bool {
    switch token.kind {
    case .identifier: true
    case .keyword:
      switch token.keyword.nameUse {
      case .always: true
      case .declared: declared
      case .never: false
      }
    default: false
    }
  }

  /// How many tokens a name at a distance takes, also in brackets or braces; 0 where there is none.
  func nameLength(at distance: Int, declared: Bool = false) -> Int {
    let token = peek(distance)
    switch token.kind {
    case .openBracket: return bracketedNameLength(at: distance)
    case .openBrace: return isClientParameter(at: distance) ? 3 : 0
    default: return isName(token, declared: declared) ? 1 : 0
    }
  }

  private func bracketedNameLength(at distance: Int) -> Int {
    var length = 1
    while peek(distance + length).kind == .stringLiteral { length += 1 }
    let isName = length > 1 && peek(distance + length).kind == .closeBracket
    return isName ? length + 1 : 0
  }

  /// Whether `{name}`, which a client replaces, stands at a distance.
  private func isClientParameter(at distance: Int) -> Bool {
    let (name, close) = (peek(distance + 1), peek(distance + 2))
    return isName(name) && name.leadingTrivia.length == 0 && close.kind == .closeBrace
      && close.leadingTrivia.length == 0
  }

  /// Reads a name of something that is referred to.
  ///
  /// grammar rule of `name`: word, `['text']`, `["text"]` or `{word}`.
  // grammar: name
  mutating func parseName(declared: Bool = false) -> SyntaxNode? {
    let length = nameLength(at: 0, declared: declared)
    guard length > 0 else { return nil }
    var node = NodeBuilder(.name)
    if length == 1 {
      node.add(.name, advance())
      return node.finish(at: previousEnd)
    }
    node.add(.open, advance())
    for _ in 0..<length - 2 { node.add(.name, advance()) }
    node.add(.close, advance())
    return node.finish(at: previousEnd)
  }

  /// Reads the name of something that is declared: more keywords may be names there.
  // grammar: declaredName
  mutating func parseDeclaredName() -> SyntaxNode? { parseName(declared: true) }

  /// Reads a name that must be there.
  mutating func requireName(declared: Bool = false) -> SyntaxNode {
    if let name = parseName(declared: declared) { return name }
    if let name = parseKeywordAsName() { return name }
    reportMissing("name")
    var node = NodeBuilder(.name)
    node.add(.name, missingToken(.identifier))
    return node.finish(at: previousEnd)
  }

  /// Reads a keyword where a name must stand, and reports that it needs brackets.
  private mutating func parseKeywordAsName() -> SyntaxNode? {
    guard at(.keyword), isFollowedByNameEnd else { return nil }
    report(SyntaxDiagnostics.bracketedName(current.keyword.rawValue, at: current.span))
    var node = NodeBuilder(.name)
    node.add(.name, advance())
    return node.finish(at: previousEnd)
  }

  /// Whether the token after the current one could not be the start of an operand, so that the
  /// current keyword is meant as a name.
  var isFollowedByNameEnd: Bool {
    switch peek(1).kind {
    case .equal, .equalEqual, .notEqual, .equalTilde, .notTilde, .comma, .colon, .dot, .lessThan,
      .greaterThan, .lessThanOrEqual, .greaterThanOrEqual:
      true
    case .keyword: BinaryLevel(peek(1)) != nil
    default: false
    }
  }

  /// Reads a name with `*` in it, whose parts have no blanks between them.
  // grammar: wildcardName
  mutating func parseWildcardName() -> SyntaxNode? {
    guard startsWildcardName(at: 0) else { return nil }
    var node = NodeBuilder(.wildcardName)
    node.add(.part, advance())
    while isWildcardPart(current), current.leadingTrivia.length == 0 { node.add(.part, advance()) }
    return node.finish(at: previousEnd)
  }

  func startsWildcardName(at distance: Int) -> Bool {
    if peek(distance).kind == .asterisk { return true }
    let next = peek(distance + 1)
    return isName(peek(distance), declared: true) && next.kind == .asterisk
      && next.leadingTrivia.length == 0
  }

  private func isWildcardPart(_ token: SyntaxToken) -> Bool {
    token.kind == .asterisk || token.kind == .longLiteral || isName(token, declared: true)
  }

  /// Reads `[T*]`: a name with `*` in brackets.
  // grammar: bracketedWildcardName
  mutating func parseBracketedWildcardName() -> SyntaxNode? {
    guard at(.openBracket), startsWildcardName(at: 1) else { return nil }
    var node = NodeBuilder(.wildcardName)
    open(.openBracket, &node)
    while isWildcardPart(current) { node.add(.part, advance()) }
    close(.closeBracket, &node)
    return node.finish(at: previousEnd)
  }
}
