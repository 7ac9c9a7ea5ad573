import Columnar
import Execution
import FileAccess
import Hunting
import SourceText
import Testing

@testable import Hunting

/// Query files in memory, run over an engine without a store.
struct BatchFolder {
  let files: SimulatedFileSystem
  let clock = SimulatedClock(wallTicks: 639_000_000_000_000_000)
  var engine = HuntingEngine()
  var options = BatchOptions()

  init(_ texts: [String: String]) { files = SimulatedFileSystem(texts: texts) }

  /// Engines over tenants that are not there.
  struct Sources: BatchSources {
    let base: HuntingEngine

    func engine(over tenants: String?) throws -> HuntingEngine {
      if tenants == nil { return base }
      throw QueryFailure(.input, "there is no store")
    }

    func answer(
      _ source: SourceText,
      by engine: HuntingEngine,
      over tenants: String?,
      parameters: [String: Scalar],
      budget: QueryBudget
    ) throws -> HuntingAnswer {
      try engine.run(source, parameters: parameters, budget: budget)
    }
  }

  /// Runs the files below paths.
  func run(_ paths: String...) throws -> BatchSummary {
    var reader = QueryFileReader(files)
    let queries = try QueryFile.search(paths, in: files).allFiles().map { reader.read($0) }
    return try BatchRunner(Sources(base: engine), files: files, clock: clock, options: options)
      .run(queries)
  }

  /// Runs one file.
  func outcome(_ path: String) throws -> FileOutcome {
    try #require(try run(path).outcomes.first)
  }

  /// What is wrong with a text that stands alone.
  static func problems(_ text: String) throws -> [String] {
    try BatchFolder(["q.kql": text]).outcome("q.kql").problems.map(\.message)
  }

  func text(_ path: String) throws -> String {
    String(decoding: try files.readAll(path, limitBytes: 1 << 20), as: UTF8.self)
  }
}
