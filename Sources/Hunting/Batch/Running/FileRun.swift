public import Columnar
import Execution
import FileAccess
import Findings
public import SourceText
import Tenancy

/// The run of one query file: its data, its query, its expectations.
struct FileRun {
  private let file: QueryFile
  private let sources: any BatchSources
  private let tables: FixtureTables
  private let files: any FileSystem
  private let options: BatchOptions
  private let threads: Int

  /// How a query ended.
  enum Ending {
    case answer(HuntingAnswer)
    case rejection([Diagnostic])
    case failure(QueryFailure)
  }

  init(
    _ file: QueryFile,
    sources: any BatchSources,
    tables: FixtureTables,
    files: any FileSystem,
    options: BatchOptions,
    threads: Int
  ) {
    self.file = file
    self.sources = sources
    self.tables = tables
    self.files = files
    self.options = options
    self.threads = threads
  }

  /// Runs the file; whatever goes wrong is in the outcome.
  func outcome() -> FileOutcome {
    var outcome = FileOutcome(path: file.path)
    outcome.source = file.source
    for problem in file.problems { outcome.fail(problem) }
    guard outcome.problems.isEmpty, let source = file.source else { return outcome }
    if let reason = file.directives.skipReason {
      outcome.skipReason = reason
      return outcome
    }
    do {
      let engine = try engine(&outcome)
      let ending = try ending(of: source, by: engine)
      judge(ending, source, &outcome)
    } catch let failure as QueryFailure {
      outcome.hitLimit = failure.isLimit
      outcome.fail(BatchProblem(.data, failure.message, file: file.path))
    } catch {
      outcome.fail(BatchProblem(.data, "\(error)", file: file.path))
    }
    return outcome
  }

  /// The engine over the sources, the fixtures of the file in front of them.
  private func engine(_ outcome: inout FileOutcome) throws -> HuntingEngine {
    let directives = file.directives
    var engine = try sources.engine(over: directives.tenants)
    engine.options.threads = threads
    for key in FixtureTables.keys(directives.fixtures) {
      let loaded = try tables.table(key)
      engine.add(loaded.table, named: key.table, byteCount: loaded.byteCount)
      outcome.notes += loaded.notes
    }
    if let now = directives.now { engine.now = now }
    if directives.allowsMissingTables { engine.allowsMissingTables = true }
    switch directives.timespan {
    case .all: engine.timeWindow = nil
    case .last(let span): engine.timeWindow = span
    case nil: break
    }
    return engine
  }

  private func ending(of source: SourceText, by engine: HuntingEngine) throws -> Ending {
    var parameters: [String: Scalar] = [:]
    let stated = file.directives.parameters.merging(options.parameters) { _, given in given }
    for (name, value) in stated { parameters[name] = .string(ByteString(value)) }
    do {
      return .answer(
        try sources.answer(
          source,
          by: engine,
          over: file.directives.tenants,
          parameters: parameters,
          budget: budget(engine)
        )
      )
    } catch let rejection as QueryRejection {
      return .rejection(rejection.diagnostics)
    } catch let failure as QueryFailure {
      return .failure(failure)
    }
  }

  /// A budget with the share of memory of one of the files that run at a time.
  private func budget(_ engine: HuntingEngine) -> QueryBudget {
    let free = max(0, options.memoryLimit - engine.loadedBytes)
    let timeout = file.directives.timeoutSeconds ?? options.timeoutSeconds
    return engine.makeBudget(
      memoryLimit: engine.loadedBytes + max(1, free / max(1, options.jobs)),
      timeoutSeconds: min(timeout, options.timeoutSeconds)
    )
  }

  private func judge(_ ending: Ending, _ source: SourceText, _ outcome: inout FileOutcome) {
    outcome.findings += ending.diagnostics.map { diagnostic in
      Finding(diagnostic, of: source, file: file.path, hasPlace: ending.hasPlace)
    }
    if case .answer(let answer) = ending {
      outcome.rowCounts = answer.tables.map(\.result.rowCount)
      note(answer, &outcome)
    }
    if case .failure(let failure) = ending { outcome.hitLimit = failure.isLimit }
    let check = ExpectationCheck(file.directives.expectations, source: source, file: file.path)
    let problems = check.problems(of: ending)
    for problem in problems { outcome.fail(problem) }
    // What was foreseen is no error of the file, so nobody is to be told of it as one.
    if problems.isEmpty, ending.isError {
      outcome.findings.removeAll { $0.severity == .error }
      outcome.hitLimit = false
    }
    let run = SnapshotRun(file, files: files, mode: options.snapshots)
    do {
      outcome.snapshot = try run.settle(ending)
    } catch {
      outcome.fail(error)
    }
  }

  /// Says what an answer lacks: rows of tenants fail the file, rows out of the window are noted.
  private func note(_ answer: HuntingAnswer, _ outcome: inout FileOutcome) {
    for failure in answer.failures {
      let message = "no rows of the tenant '\(failure.tenant.name)': \(failure.failure.message)"
      outcome.fail(BatchProblem(.data, message, file: file.path))
    }
    let cut = answer.cutRows.reduce(0, +)
    if cut > 0 {
      outcome.hitLimit = true
      let message = "\(cut) rows were left out: \(HuntingEngine.perTenantRowLimit) at most"
      outcome.fail(BatchProblem(.data, message, file: file.path))
    }
    if answer.hiddenBefore != nil {
      outcome.notes.append(
        "old rows were left out, since the query filters by no time; 'timespan all' reads all"
      )
    }
  }
}

extension FileRun.Ending {
  /// What parser and binder said, and the failure of the run as a diagnostic.
  var diagnostics: [Diagnostic] {
    switch self {
    case .answer(let answer): answer.diagnostics
    case .rejection(let diagnostics): diagnostics
    case .failure(let failure): [failure.diagnostic]
    }
  }

  /// Whether what went wrong shows at a place of the text.
  var hasPlace: Bool {
    if case .failure(let failure) = self { failure.range != nil } else { true }
  }

  /// Whether there is no answer.
  var isError: Bool {
    if case .answer = self { false } else { true }
  }
}

extension QueryFailure {
  /// Whether a limit ended the query.
  var isLimit: Bool {
    switch kind {
    case .memory, .timeout, .rows, .steps, .cancelled: true
    case .evaluation, .unsupported, .input: false
    }
  }

  /// The failure with a code, where it shows in the text.
  public var diagnostic: Diagnostic {
    let span = range.map { SourceSpan($0.lowerBound, $0.upperBound) } ?? SourceSpan(0, 0)
    return Diagnostic(code, .error, message, at: span)
  }

  private var code: String {
    switch kind {
    case .evaluation: "HR900"
    case .unsupported: "HR901"
    case .memory: "HR902"
    case .timeout: "HR903"
    case .rows: "HR904"
    case .steps: "HR905"
    case .cancelled: "HR906"
    case .input: "HR907"
    }
  }
}
