import Columnar
import Fleet
import Hunting
import Tenancy

/// Tenants of a store that queries of views read as somebody who may hunt there; what is read is in
/// the audit trail.
struct FleetReading {
  let access: StoreAccess
  let store: FleetStore
  let limits: RunOptions

  func answer(
    _ queries: [FleetQuery],
    parameters: [String: Scalar],
    _ console: Console
  ) throws -> FleetAnswer {
    for table in FleetTable.read(by: queries) {
      try access.note(hunt: Array(table.query.text.utf8), in: store.scope)
    }
    let line = console.makeProgressLine()
    defer { line?.erase() }
    var engine = HuntingEngine(options: limits.executionOptions)
    engine.now = AccessClock.now
    let fleet = Fleet(
      engine,
      over: store,
      parameters: parameters,
      budget: limits.makeBudget(engine, line)
    )
    return try fleet.answer(queries)
  }
}
