import Columnar
import Execution
import FileAccess
import Hunting
import SourceText
import Synchronization
import Tenancy

/// What the command line names: loaded files and the tenants of a store.
final class CommandSources: BatchSources {
  private struct Source {
    let engine: HuntingEngine
    let opened: OpenedStore?
  }

  private let data: DataOptions
  private let base: Source
  private let cache: SegmentCache
  /// Sources by the selection of tenants that a file asks for.
  private let selected = Mutex<[String: Source]>([:])
  /// Entries of the audit trail are written one after the other.
  private let trail = Mutex(())

  init(_ data: DataOptions, _ limits: RunOptions, jobs: Int, _ console: Console) throws {
    self.data = data
    cache = SegmentCache(limitBytes: limits.memoryLimit / 4 / jobs)
    var engine = HuntingEngine(options: limits.executionOptions)
    let opened = try data.load(
      into: &engine,
      console,
      memoryLimit: limits.memoryLimit,
      queries: jobs
    )
    // Files mean the same on every machine: one's own functions are not in them.
    if opened == nil { engine.setFunctions([]) }
    base = Source(engine: engine, opened: opened)
  }

  func engine(over tenants: String?) throws -> HuntingEngine { try source(tenants).engine }

  func answer(
    _ source: SourceText,
    by engine: HuntingEngine,
    over tenants: String?,
    parameters: [String: Scalar],
    budget: QueryBudget
  ) throws -> HuntingAnswer {
    let opened = try self.source(tenants).opened
    try trail.withLock { _ in try opened?.note(hunt: source) }
    return try data.answer(source, by: engine, parameters: parameters, budget: budget)
  }

  private func source(_ tenants: String?) throws -> Source {
    guard let tenants else { return base }
    return try selected.withLock { known in
      if let source = known[tenants] { return source }
      guard let selection = TenantSelection(tenants) else { return base }
      var engine = base.engine
      let opened = try data.openStore(for: &engine, Console(), cache, over: selection)
      guard let opened else {
        throw QueryFailure(.input, "'tenant' is of a store; name one with --store DIR")
      }
      let source = Source(engine: engine, opened: opened)
      known[tenants] = source
      return source
    }
  }
}
