import ArgumentParser
import Columnar
import Execution
import FileAccess
import Hunting
import SourceText

/// `harrier batch`: answers many queries of one process, a line each.
struct BatchCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Answer queries from standard input, one JSON object a line.",
    discussion: """
      Reads {"id": …, "query": "…"} lines and writes, for each, \
      {"id": …, "columns": [{"name": …, "type": …}], "rows": [[…]]} or {"id": …, "error": "…"}.

        echo '{"id": 1, "query": "print 1"}' | harrier batch --json-lines
        harrier batch --json-lines --store logs < queries.ndjson > answers.ndjson
      """
  )

  @Flag(help: "The only form there is: one JSON object a line in and out.")
  var jsonLines = false

  @OptionGroup var data: DataOptions
  @OptionGroup var limits: RunOptions

  func validate() throws {
    if !jsonLines { throw ValidationError("Say --json-lines: it is the only form.") }
  }

  func run(_ console: Console) throws -> Int32 {
    var engine = HuntingEngine(options: limits.executionOptions)
    let opened = try data.load(into: &engine, console, memoryLimit: limits.memoryLimit)
    let reader = LineReader(try LocalFileSystem().open("-"))
    while let line = try reader.next() {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) { continue }
      try console.write(answer(line, engine, opened))
      try console.output.flush()
    }
    return 0
  }

  private func answer(
    _ line: [UInt8],
    _ engine: HuntingEngine,
    _ opened: OpenedStore?
  ) -> [UInt8] {
    guard let request = BatchRequest(line) else {
      return AnswerLine.failure(
        "the line is not a JSON object with \"id\" and \"query\"",
        id: Array("null".utf8)
      )
    }
    let source = SourceText(bytes: request.query)
    do {
      let answer = try data.run(
        source,
        by: engine,
        over: opened,
        budget: limits.makeBudget(engine)
      )
      if let first = answer.failures.first { throw first.failure }
      guard let last = answer.tables.last else {
        return AnswerLine.failure("the text has no query in it", id: request.id)
      }
      return try AnswerLine.result(last.result, id: request.id)
    } catch let rejection as QueryRejection {
      let errors = rejection.diagnostics.filter { $0.severity == .error }
      let texts = errors.prefix(5).map { "\($0.code) at \($0.span.start): \($0.message)" }
      return AnswerLine.failure(texts.joined(separator: "; "), id: request.id)
    } catch let failure as QueryFailure {
      return AnswerLine.failure("\(failure.kind.rawValue): \(failure.message)", id: request.id)
    } catch {
      return AnswerLine.failure("\(error)", id: request.id)
    }
  }
}

/// One line of a batch.
struct BatchRequest {
  /// The id as JSON, as it came.
  let id: [UInt8]
  let query: [UInt8]

  /// Reads a line; nil where it is not an object with an id and a query text.
  init?(_ line: [UInt8]) {
    var writer = DynamicWriter(capacity: line.count)
    let parsed = line.withUnsafeBufferPointer { JSONParser.parse($0, into: &writer) }
    guard parsed else { return nil }
    let object = writer.view()
    guard let query = Self.member(object, "query")?.string else { return nil }
    self.query = Array(query)
    var sink = ByteSink(capacity: 64)
    (Self.member(object, "id") ?? .null).writeJSON(into: &sink)
    id = sink.array()
  }

  private static func member(_ object: DynamicView, _ name: String) -> DynamicView? {
    Array(name.utf8).withUnsafeBufferPointer { object.member(named: $0) }
  }
}

/// Splits a source of bytes into lines.
final class LineReader {
  private let source: any ByteSource
  private var pending: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  private static let chunkBytes = 65_536

  init(_ source: any ByteSource) { self.source = source }

  /// The next line without its end, or nil.
  func next() throws -> [UInt8]? {
    while true {
      if let end = pending[start...].firstIndex(of: 0x0A) {
        defer { start = end + 1 }
        return Array(pending[start..<end])
      }
      if isAtEnd {
        if start >= pending.count { return nil }
        defer { start = pending.count }
        return Array(pending[start...])
      }
      try fill()
    }
  }

  private func fill() throws {
    pending.removeFirst(start)
    start = 0
    var chunk = [UInt8](repeating: 0, count: Self.chunkBytes)
    let read = try chunk.withUnsafeMutableBytes { try source.read(into: $0) }
    if read == 0 { isAtEnd = true }
    pending.append(contentsOf: chunk[..<read])
  }
}
