import ArgumentParser
import Columnar
import Execution
import FileAccess
import Hunting
import SourceText
import TableStore
import Tenancy

/// What a query runs over.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Load a file as a table (repeatable); '-' is standard input, .gz is read as it is.",
      discussion: "Types may be stated: --load 'T(a:long, b:string)=FILE'.",
      valueName: "table=file"
    )
  )
  var load: [String] = []

  @Option(help: ArgumentHelp("Query the tables of this store too.", valueName: "dir"))
  var store: String?

  @OptionGroup var tenants: TenantOptions

  @Option(
    help: ArgumentHelp(
      "Give a query parameter its value (repeatable).",
      valueName: "name=value"
    )
  )
  var param: [String] = []

  @Option(
    help: ArgumentHelp(
      "Read an externaldata location from a file (repeatable).",
      valueName: "url=file"
    )
  )
  var external: [String] = []

  @Option(
    help: ArgumentHelp(
      "Load a file as a watchlist for _GetWatchlist (repeatable).",
      valueName: "alias=file"
    )
  )
  var watchlist: [String] = []

  @Flag(help: "Count tables that are known but not loaded as empty.")
  var allowMissingTables = false

  func validate() throws {
    for option in load + param + external + watchlist where !option.contains("=") {
      throw ValidationError("'\(option)' has no '='; write name=value.")
    }
  }

  /// Loads the files into an engine, lets it read the store, and tells of bad lines.
  ///
  /// - Parameters:
  ///   - memoryLimit: the most bytes that the tables may take.
  ///   - queries: how many queries share the memory at a time.
  /// - Returns: what of the store is read; nil where there is none.
  @discardableResult
  func load(
    into engine: inout HuntingEngine,
    _ console: Console,
    memoryLimit: Int = .max,
    queries: Int = 1
  ) throws -> OpenedStore? {
    let cache = SegmentCache(limitBytes: memoryLimit / 2 / max(1, queries))
    let opened = try openStore(for: &engine, console, cache)
    try loadFiles(into: &engine, console, memoryLimit: memoryLimit)
    return opened
  }

  /// Loads the files into an engine and tells of bad lines.
  func loadFiles(
    into engine: inout HuntingEngine,
    _ console: Console,
    memoryLimit: Int
  ) throws {
    engine.allowsMissingTables = allowMissingTables
    let reports = try readFiles(into: &engine, console, memoryLimit)
    for report in reports {
      for line in report.messages { console.note("\(report.table): \(TerminalText(line).text)") }
    }
    engine.mapExternalData(external.map(Self.split))
  }

  /// Lets an engine read the tenants of a selection as the store is now; nil where there is none.
  func openStore(
    for engine: inout HuntingEngine,
    _ console: Console,
    _ cache: SegmentCache,
    over selection: TenantSelection? = nil
  ) throws -> OpenedStore? {
    guard let store else {
      setOwnFunctions(of: &engine, console)
      return nil
    }
    let access = try StoreAccess(store, as: tenants.identity.principal)
    engine.setFunctions(try SavedFile(self).functions(for: access.principal))
    let scope: TenantScope
    do {
      scope = try access.attach(selection ?? tenants.selection, to: &engine, cache: cache)
    } catch let failure as AccessFailure {
      try access.note(refusal: failure, of: tenants.tenant)
      throw failure
    }
    engine.timeWindow = tenants.window
    for name in scope.suspended {
      console.note("note: the tenant '\(TerminalText(name).text)' is suspended and left out")
    }
    return OpenedStore(access: access, scope: scope)
  }

  /// Lets queries call the functions that were saved outside of stores; queries that call none run
  /// also where these cannot be read.
  private func setOwnFunctions(of engine: inout HuntingEngine, _ console: Console) {
    do {
      engine.setFunctions(try SavedFile(self).functions())
    } catch {
      let why = TerminalText("\(error)").text
      console.note("note: saved functions are not known: \(why)")
    }
  }

  private func readFiles(
    into engine: inout HuntingEngine,
    _ console: Console,
    _ memoryLimit: Int
  ) throws -> [IngestionReport] {
    let line = console.makeProgressLine()
    defer { line?.erase() }
    var limits = LoadLimits()
    if let line { limits.progress = { line.show($0) } }
    let tables = try engine.load(load, memoryLimit: memoryLimit, limits: limits)
    let lists = watchlist.map(Self.split)
    return try tables + engine.loadWatchlists(lists, memoryLimit: memoryLimit, limits: limits)
  }

  /// The parameters by name, as text; the declaration in the query says their types.
  func queryParameters() throws -> [String: Scalar] {
    parameterTexts.mapValues { .string(ByteString($0)) }
  }

  /// The parameters by name, as they were written.
  var parameterTexts: [String: String] {
    Dictionary(param.map(Self.split)) { _, last in last }
  }

  private static func split(_ option: String) -> (String, String) {
    let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return (String(parts.first ?? ""), String(parts.dropFirst().first ?? ""))
  }
}

/// A store that a query reads, and as whom.
struct OpenedStore {
  let access: StoreAccess
  let scope: TenantScope

  /// Keeps in the audit trail what is about to be run.
  func note(hunt source: SourceText) throws { try access.note(hunt: source.bytes, in: scope) }
}

extension DataOptions {
  /// Answers a text in the way in which tenants are to be read.
  func run(
    _ source: SourceText,
    by engine: HuntingEngine,
    over opened: OpenedStore?,
    budget: QueryBudget
  ) throws -> HuntingAnswer {
    try opened?.note(hunt: source)
    return try answer(source, by: engine, parameters: queryParameters(), budget: budget)
  }

  /// The same with parameters from elsewhere, and without a note in the audit trail.
  func answer(
    _ source: SourceText,
    by engine: HuntingEngine,
    parameters: [String: Scalar],
    budget: QueryBudget
  ) throws -> HuntingAnswer {
    switch tenants.tenantMode {
    case .global: return try engine.run(source, parameters: parameters, budget: budget)
    case .perTenant:
      return try engine.runPerTenant(source, parameters: parameters, budget: budget)
    }
  }
}
