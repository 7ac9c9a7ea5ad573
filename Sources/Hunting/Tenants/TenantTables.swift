import Columnar
import Execution
import TableStore
import Tenancy

/// The tables of the tenants of a view, those of one name put together.
struct TenantTables {
  private let view: TenantView
  private let schemas: TableSchemas
  private let columns: TenantColumns
  private var tables: [String: [Leg]] = [:]

  /// A tenant's table.
  private struct Leg {
    let tenant: TenantRecord
    let table: TableEntry
  }

  init(_ view: TenantView, _ schemas: TableSchemas, columns: TenantColumns) {
    self.view = view
    self.schemas = schemas
    self.columns = columns
    for tenant in view.scope.tenants {
      for table in view.snapshot.tenant(tenant.name)?.tables ?? [] {
        tables[table.name, default: []].append(Leg(tenant: tenant, table: table))
      }
    }
  }

  /// A table without the rows of tenants whose columns do not go with those of others, and these.
  struct Merged {
    let table: StoredTable
    let failures: [TenantFailure]
  }

  /// The tables by name.
  func merged() -> [String: Merged] {
    let merged = tables.mapValues(merge)
    let supplied = supplementing(merged.mapValues(\.table), of: view.scope.tenants)
    return supplied.reduce(into: [:]) { all, entry in
      all[entry.key] = Merged(table: entry.value, failures: merged[entry.key]?.failures ?? [])
    }
  }

  /// Tables with the further rows that tenants have elsewhere.
  private func supplementing(
    _ tables: [String: StoredTable],
    of tenants: [TenantRecord]
  ) -> [String: StoredTable] {
    var tables = tables
    for (name, segments) in supplied(tenants) {
      tables[name] = StoredTable(
        schema: suppliedSchema(name, ingested: tables[name]?.schema),
        segments: (tables[name]?.segments ?? []) + segments
      )
    }
    return tables
  }

  /// Further rows of tenants by table.
  private func supplied(_ tenants: [TenantRecord]) -> [String: [any StoredSegment]] {
    var segments: [String: [any StoredSegment]] = [:]
    for supplement in view.supplements {
      for name in supplement.tableNames {
        segments[name, default: []] += tenants.map { tenant in
          SuppliedSegment(
            supplement,
            table: name,
            tenant: tenant.name,
            constants: TenantColumns.values(tenant)
          )
        }
      }
    }
    return segments
  }

  /// The columns of a table of a supplement: the schema's or its own, then whatever else was
  /// ingested, those that tell the tenant last.
  private func suppliedSchema(_ name: String, ingested: Schema?) -> Schema {
    let own = view.supplements.lazy.compactMap { $0.columns(of: name) }.first
    if own == nil, let ingested { return ingested }
    let known = own ?? schemas.lookup(name)?.columns ?? []
    let names = Set(known.map(\.name))
    let further = (ingested?.columns ?? []).filter { !names.contains($0.name) }
    let all = known + further
    return Schema(all + columns.columns(beside: all))
  }

  private func merge(_ legs: [Leg]) -> Merged {
    let schema = schema(of: legs)
    var fitting: [Leg] = []
    var failures: [TenantFailure] = []
    for leg in legs {
      if let failure = conflict(of: leg, with: schema) {
        failures.append(TenantFailure(tenant: leg.tenant, failure: failure))
      } else {
        fitting.append(leg)
      }
    }
    let table = StoredTable(schema: schema, segments: fitting.flatMap(segments))
    return Merged(table: table, failures: failures)
  }

  /// The tables as one tenant sees them; those that only others have are empty.
  func seen(by tenant: TenantRecord) -> [String: StoredTable] {
    let seen = tables.mapValues { legs in
      let own = legs.filter { $0.tenant == tenant }
      return StoredTable(
        schema: schema(of: own.isEmpty ? legs : own),
        segments: own.flatMap(segments)
      )
    }
    return supplementing(seen, of: [tenant])
  }

  /// The tables that only others have.
  func lacked(by tenant: TenantRecord) -> Set<String> {
    let others = tables.filter { !$0.value.contains { $0.tenant == tenant } }
    return Set(others.keys).subtracting(view.supplements.flatMap(\.tableNames))
  }

  /// The product's columns, those of the tenants in their order, those that tell the tenant.
  private func schema(of legs: [Leg]) -> Schema {
    var all = legs.first.flatMap { schemas.lookup($0.table.name)?.columns } ?? []
    var names = Set(all.map(\.name))
    for leg in legs {
      for column in leg.table.schema.columns where names.insert(column.name).inserted {
        all.append(column)
      }
    }
    return Schema(all + columns.columns(beside: all))
  }

  /// Why a tenant's table does not go with those of the others; one of a known table that stands
  /// alone has what the product says.
  private func conflict(of leg: Leg, with schema: Schema) -> QueryFailure? {
    guard view.scope.tenants.count > 1 else { return nil }
    let known = schemas.lookup(leg.table.name)?.columns ?? []
    for column in leg.table.schema.columns where !known.contains(where: { $0.name == column.name })
    {
      guard let index = schema.index(of: column.name),
        schema.columns[index].type != column.type
      else { continue }
      return QueryFailure(
        .input,
        "its column '\(column.name)' of the table '\(leg.table.name)' is "
          + "\(column.type.name), that of the other tenants \(schema.columns[index].type.name); "
          + "query it by itself with --tenant, or with --tenant-mode per-tenant"
      )
    }
    return nil
  }

  /// The segments of a table, without rows that a supplement has too.
  private func segments(of leg: Leg) -> [any StoredSegment] {
    let constants = TenantColumns.values(leg.tenant)
    let timeColumn = EventTime.column(of: leg.table.name)
    let supplement = view.supplements.first { $0.takesOver(leg.table.name) }
    return leg.table.segments.map { entry in
      let file = StoredSegmentFile(
        entry: entry,
        timeColumn: timeColumn,
        constants: constants,
        snapshot: view.snapshot,
        cache: view.cache
      )
      guard let supplement else { return file }
      return VisibleSegment(file, of: leg.table.name) { moment in
        try moment.value(of: "hidden \(leg.tenant.name) \(leg.table.name)") {
          try supplement.hiddenRows(of: leg.table, tenant: leg.tenant.name, at: moment)
        }
      }
    }
  }
}
