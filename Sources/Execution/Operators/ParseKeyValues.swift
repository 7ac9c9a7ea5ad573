import Columnar
import QueryPlan
import SourceText

extension PlanCompiler {
  /// Runs `parse-kv`.
  func compile(_ parse: ParseKeyValues) throws -> Flow {
    let input = try compile(parse.input)
    let stage = ParseKeyValuesFactory(
      parse: parse,
      regex: try parse.regex.map { try KeyValuePattern($0, budget: context.budget) },
      layout: input.layout
    )
    return input.appending(stage, layout: ColumnLayout(parse.columns))
  }
}

/// Finds the values of keys in texts.
struct ParseKeyValuesFactory: StageFactory {
  let parse: ParseKeyValues
  let regex: KeyValuePattern?
  let layout: ColumnLayout

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
      output: ExtractOutput(parse.columns, made: parse.keys, layout: layout),
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
