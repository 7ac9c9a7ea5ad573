public import ArgumentParser
import Columnar
import Execution
import FileAccess
public import Hunting
import SourceText

/// What a query runs over and how its rows are written: how `harrier query` answers.
struct AnswerOptions: ParsableArguments {
  @OptionGroup var data: DataOptions
  @OptionGroup var limits: RunOptions

  @Option(help: "How to write the result: table, json, ndjson, csv, tsv or markdown.")
  var format: ResultFormat?

  @Option(help: ArgumentHelp("Write at most this many rows and say so.", valueName: "count"))
  var maxRows: Int?

  func validate() throws {
    if let maxRows, maxRows < 0 { throw ValidationError("--max-rows must not be negative.") }
  }

  /// Answers a text; the exit code is thrown where it is not 0.
  ///
  /// - Parameters:
  ///   - read: gives the text; it is asked first.
  ///   - acting: what is done to the rows.
  func run(_ read: () throws -> SourceText, acting: ActOptions? = nil) throws {
    let console = Console()
    var source: SourceText?
    let code = try CommandRun.guarded(console, source: { source }) {
      let text = try read()
      source = text
      var engine = HuntingEngine(options: limits.executionOptions)
      let opened = try data.load(into: &engine, console, memoryLimit: limits.memoryLimit)
      let action = try acting.flatMap {
        try QueryActing($0, text, engine, opened, parameters: data.queryParameters())
      }
      let answer = try answer(text, engine, opened, console)
      console.show(answer.diagnostics, of: text)
      let code = try write(answer, console)
      let acted = try action?.act(answer, console)
      return AnswerNotes(answer).tell(console) ?? acted ?? code
    }
    if code != 0 { throw ExitCode(code) }
  }

  private func answer(
    _ text: SourceText,
    _ engine: HuntingEngine,
    _ opened: OpenedStore?,
    _ console: Console
  ) throws -> HuntingAnswer {
    let line = console.makeProgressLine()
    defer { line?.erase() }
    return try data.run(
      text,
      by: engine,
      over: opened,
      budget: limits.makeBudget(engine, line)
    )
  }

  private func write(_ answer: HuntingAnswer, _ console: Console) throws -> Int32 {
    let isTerminal = Terminal.isTerminal(.output)
    let format = format ?? (isTerminal ? .table : .ndjson)
    var code: Int32 = 0
    for (index, table) in answer.tables.enumerated() {
      if index > 0, format == .table { try console.write(Array("\n".utf8)) }
      let cut = maxRows.map { table.result.prefix($0) } ?? table.result
      try console.write(cut, as: format)
      if cut.rowCount < table.result.rowCount {
        console.note(
          "note: \(cut.rowCount) of \(table.result.rowCount) rows written (--max-rows)"
        )
        code = ExitCodes.limit
      } else if format == .table, isTerminal {
        console.note("\(cut.rowCount) \(cut.rowCount == 1 ? "row" : "rows")")
      }
    }
    return code
  }
}

extension ResultFormat: ExpressibleByArgument {}
