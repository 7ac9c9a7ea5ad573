import Columnar
import PatternMatching
import QueryPlan

extension PlanCompiler {
  /// Runs `parse` and `parse-where`.
  func compile(_ parse: Parse) throws -> Flow {
    try append(parse, to: try compile(parse.input), passing: [])
  }

  /// Puts the parsing behind a flow; columns of the input may go along.
  func append(_ parse: Parse, to input: Flow, passing extra: [PlanColumn]) throws -> Flow {
    let columns = parse.columns + extra
    let captures = parse.segments.compactMap { segment -> PlanColumn? in
      if case .capture(let column, _) = segment { column } else { nil }
    }
    let stage = ParseFactory(
      parse: parse,
      pattern: try CapturePattern(parse, budget: context.budget),
      captures: captures,
      layout: input.layout,
      columns: columns
    )
    return input.appending(stage, layout: ColumnLayout(columns))
  }
}

/// Takes texts apart by a pattern.
struct ParseFactory: StageFactory {
  let parse: Parse
  let pattern: CapturePattern
  let captures: [PlanColumn]
  let layout: ColumnLayout
  let columns: [PlanColumn]

  func makeStage(_ context: ExecutionContext) throws -> any Stage {
    let compiler = ExpressionCompiler(layout: layout, context: context)
    let conversions = try captures.map {
      try TextConversion(to: $0.type, span: parse.span, context: context)
    }
    let extraction = PatternExtraction(
      try pattern.makeMatcher(),
      conversions: conversions,
      isStrict: parse.kind != .relaxed
    )
    return ExtractStage(
      source: try compiler.compile(parse.source),
      extraction: extraction,
      output: ExtractOutput(columns, made: captures, layout: layout),
      dropsUnmatched: parse.dropsUnmatched
    )
  }
}

/// A pattern of `parse`, ready to make matchers.
enum CapturePattern: Sendable {
  case simple(SimplePattern)
  case regex(RegexCaptures)

  init(_ parse: Parse, budget: QueryBudget) throws {
    switch parse.kind {
    case .simple, .relaxed: self = .simple(SimplePattern(parse.segments))
    case .regex: self = .regex(try RegexCaptures(parse, budget: budget))
    }
  }

  /// Makes a matcher for one worker.
  func makeMatcher() throws -> any CaptureMatcher {
    switch self {
    case .simple(let pattern): SimpleMatcher(pattern)
    case .regex(let captures): try RegexCaptureMatcher(captures)
    }
  }
}
