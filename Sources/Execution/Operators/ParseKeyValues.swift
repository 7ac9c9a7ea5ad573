import Columnar
import QueryPlan
import SourceText

extension PlanCompiler {
  /// Runs `parse-kv`.
  func compile(_ parse: ParseKeyValues) throws -> Flow {
    try append(parse, to: try compile(parse.input), passing: [])
  }

  /// Puts the parsing behind a flow; columns of the input may go along.
  func append(
    _ parse: ParseKeyValues,
    to input: Flow,
    passing extra: [PlanColumn]
  ) throws -> Flow {
    let columns = parse.columns + extra
    let stage = ParseKeyValuesFactory(
      parse: parse,
      regex: try parse.regex.map { try KeyValuePattern($0, budget: context.budget) },
      layout: input.layout,
      columns: columns
    )
    return input.appending(stage, layout: ColumnLayout(columns))
  }
}

/// Finds the values of keys in texts.
struct ParseKeyValuesFactory: StageFactory {
  let parse: ParseKeyValues
  let regex: KeyValuePattern?
  let layout: ColumnLayout
  let columns: [PlanColumn]

  func makeStage(_ context: ExecutionContext) throws -> any Stage {
    let compiler = ExpressionCompiler(layout: layout, context: context)
    let conversions = try parse.keys.map {
      try TextConversion(to: $0.type, span: SourceSpan(0, 0), context: context)
    }
    let extraction = KeyValueExtraction(
      keys: parse.keys.map { Array($0.name.utf8) },
      finder: try makeFinder(),
      conversions: conversions
    )
    return ExtractStage(
      source: try compiler.compile(parse.source),
      extraction: extraction,
      output: ExtractOutput(columns, made: parse.keys, layout: layout),
      dropsUnmatched: false
    )
  }

  private func makeFinder() throws -> any KeyValueFinder {
    if let regex { return try RegexKeyValues(regex) }
    let quotes = KeyValueQuotes(parse.quotes, escapes: parse.escapes)
    guard let pair = parse.pairDelimiter, let keyValue = parse.keyValueDelimiter else {
      return WordKeyValues(quotes: quotes)
    }
    return DelimitedKeyValues(
      pair: pair.bytes,
      keyValue: keyValue.bytes,
      quotes: quotes,
      isGreedy: parse.isGreedy
    )
  }
}
