import Columnar
public import Execution
import FileAccess
import Hunting
public import SourceText

/// Runs the cases of a test file and says which differ.
public struct CorpusRunner {
  private let file: CorpusFile
  private var engine: HuntingEngine

  /// How a case is run.
  public struct Configuration: Sendable {
    public let name: String
    public let options: ExecutionOptions
    /// Rows of a segment where tables lie in segments; nil where they lie in memory.
    public let segmentRows: Int?

    init(_ name: String, _ options: ExecutionOptions, segmentRows: Int? = nil) {
      self.name = name
      self.options = options
      self.segmentRows = segmentRows
    }
  }

  /// The engine configurations under which every case must give the same.
  public static let configurations: [Configuration] = [
    Configuration(
      "batch 1, one thread, not optimized",
      ExecutionOptions(threads: 1, batchRows: 1, optimizes: false)
    ),
    Configuration("batch 1024, one thread", ExecutionOptions(threads: 1, batchRows: 1024)),
    Configuration("batch 1, two threads", ExecutionOptions(threads: 2, batchRows: 1)),
    Configuration("batch 4096, two threads", ExecutionOptions(threads: 2, batchRows: 4096)),
    Configuration(
      "segments of two rows, two threads",
      ExecutionOptions(threads: 2),
      segmentRows: 2
    ),
    Configuration(
      "one segment, not optimized",
      ExecutionOptions(threads: 1, optimizes: false),
      segmentRows: 1 << 20
    ),
  ]

  public init(_ file: CorpusFile, _ configuration: Configuration) throws {
    self.file = file
    engine = HuntingEngine(
      clock: SimulatedClock(wallTicks: 638_000_000_000_000_000),
      randomness: SeededRandomness(seed: 1),
      options: configuration.options
    )
    for source in file.tables {
      let table = try Self.make(source)
      if let rows = configuration.segmentRows {
        engine.add(try SegmentedTable.make(table, segmentRows: rows), named: source.name)
      } else {
        engine.add(table, named: source.name)
      }
    }
  }

  /// What differs, a line a case; empty where all is as expected.
  public func failures() -> [String] {
    file.cases.compactMap { test in
      failure(of: test).map { "line \(test.line): \($0)\n\(test.query)" }
    }
  }

  /// The lines of the file with the rows that queries give now.
  public func recorded() -> [String] {
    var lines = file.lines
    for test in file.cases.reversed() {
      guard case .rows = test.expectation, let rows = try? rows(of: test.query) else { continue }
      lines.replaceSubrange(test.expectedLines, with: rows)
    }
    return lines
  }

  /// What is wrong with a text over the tables of the file.
  public func diagnostics(of text: String) -> [Diagnostic] {
    engine.check(SourceText(text)).diagnostics
  }

  private func failure(of test: CorpusFile.Case) -> String? {
    switch test.expectation {
    case .rows(let expected, let isOrdered):
      do {
        let actual = try rows(of: test.query)
        return Self.difference(expected, actual, isOrdered: isOrdered)
      } catch let rejection as QueryRejection {
        return "refused: \(rejection.diagnostics.map { "\($0.code) \($0.message)" })"
      } catch { return "failed: \(error)" }
    case .diagnostic(let code, let span): return diagnosticFailure(test.query, code, span)
    case .failure(let kind):
      do {
        _ = try rows(of: test.query)
        return "gave rows where a failure was expected"
      } catch let failure as QueryFailure {
        return failure.kind.rawValue == kind ? nil : "failed as \(failure.kind): \(failure.message)"
      } catch { return "failed: \(error)" }
    }
  }

  private func diagnosticFailure(_ query: String, _ code: String, _ span: Range<Int>?) -> String? {
    let found = engine.check(SourceText(query)).diagnostics
    guard let match = found.first(where: { $0.code == code }) else {
      return "expected \(code), found \(found.map { "\($0.code) \($0.message)" })"
    }
    if let span, match.span.range != span {
      return "\(code) marks \(match.span.range), expected \(span)"
    }
    return nil
  }

  private func rows(of query: String) throws -> [String] {
    let budget = engine.makeBudget(memoryLimit: 1 << 30, timeoutSeconds: nil)
    let answer = try engine.run(SourceText(query), budget: budget)
    guard let result = answer.tables.last?.result else { throw CorpusFailure("no result") }
    var rows = [result.schema.columns.map { "\($0.name):\($0.type.name)" }]
    try result.forEachRow { rows.append($0.map(Cells.cell)) }
    return Cells.align(rows)
  }

  private static func difference(
    _ expected: [String],
    _ actual: [String],
    isOrdered: Bool
  ) -> String? {
    let wanted = expected.map(Cells.split)
    let found = actual.map(Cells.split)
    let isEqual =
      isOrdered
      ? wanted == found
      : wanted.first == found.first
        && wanted.dropFirst().map(\.description).sorted()
          == found.dropFirst().map(\.description).sorted()
    if isEqual { return nil }
    return "expected\n\(expected.joined(separator: "\n"))\nfound\n\(actual.joined(separator: "\n"))"
  }

  private static func make(_ table: CorpusFile.Table) throws -> ColumnTable {
    let columns = try table.columns.map { column -> ColumnSchema in
      guard let type = ScalarType(name: column.type) else {
        throw CorpusFailure("unknown type \(column.type)")
      }
      return ColumnSchema(column.name, type)
    }
    let vectors = try columns.enumerated().map { index, column -> Vector in
      let builder = VectorBuilder(type: column.type)
      for row in table.rows {
        guard index < row.count else { throw CorpusFailure("too few cells in \(row)") }
        builder.append(try scalar(row[index], column.type))
      }
      return builder.finish()
    }
    let batch = Batch(columns: vectors, count: table.rows.count)
    return ColumnTable(schema: Schema(columns), chunks: [batch])
  }

  private static func scalar(_ cell: String, _ type: ScalarType) throws -> Scalar {
    if cell == "null" { return .missing(type) }
    let text = Cells.text(cell)
    let bytes = Array(text.utf8)
    let value: Scalar? =
      switch type {
      case .bool: Bool(text).map { .bool($0) }
      case .int: Int32(text).map { .int($0) }
      case .long: Int64(text).map { .long($0) }
      case .real: Double(text).map { .real($0) }
      case .string: .string(ByteString(text))
      case .datetime: DateTime(parsing: bytes).map { .datetime($0) }
      case .timespan: TimeSpan(parsing: bytes).map { .timespan($0) }
      case .guid: GUID(parsing: bytes).map { .guid($0) }
      case .dynamic: dynamic(bytes)
      case .decimal: Decimal128(parsing: bytes).map { .decimal($0) }
      }
    guard let value else { throw CorpusFailure("'\(cell)' is no \(type.name)") }
    return value
  }

  private static func dynamic(_ bytes: [UInt8]) -> Scalar? {
    var writer = DynamicWriter(capacity: 64)
    let isJSON = bytes.withUnsafeBufferPointer { JSONParser.parse($0, into: &writer) }
    return isJSON ? .dynamic(writer.value()) : nil
  }
}
