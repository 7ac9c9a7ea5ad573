import Columnar
import Execution
import FileAccess
import QueryPlan
import Segments
public import TableStore
public import Tenancy

extension HuntingEngine {
  /// Makes the tables of the tenants of a scope readable, as they are in a snapshot.
  ///
  /// Known tables have the product's columns and whatever else was ingested into them.
  ///
  /// - Parameter supplements: where further rows of the tenants' tables are.
  public mutating func attach(
    _ snapshot: StoreSnapshot,
    scope: TenantScope,
    cache: SegmentCache = SegmentCache(),
    supplements: [any TableSupplement] = []
  ) {
    if !caches.contains(where: { $0 === cache }) { caches.append(cache) }
    view = TenantView(
      snapshot: snapshot,
      scope: scope,
      cache: cache,
      supplements: supplements
    )
    tenantColumns = TenantColumns(scope)
    attachView()
  }

  /// Reads the tables of the view anew.
  mutating func attachView() {
    guard let view, let tenantColumns else { return }
    let merged = TenantTables(view, schemas, columns: tenantColumns).merged()
    setStoredTables(merged.mapValues(\.table), failures: merged.mapValues(\.failures))
  }
}

/// The tenants of a store that an engine reaches.
struct TenantView: Sendable {
  let snapshot: StoreSnapshot
  var scope: TenantScope
  let cache: SegmentCache
  let supplements: [any TableSupplement]

  /// The tenant to which a file belongs.
  func tenant(ofFile path: String) -> TenantRecord? {
    scope.tenants.first { tenant in
      snapshot.tenant(tenant.name)?.tables.contains { table in
        table.segments.contains { $0.path == path }
      } ?? false
    }
  }
}

/// A segment file of a snapshot.
struct StoredSegmentFile: StoredSegment {
  let entry: SegmentEntry
  let timeColumn: String
  /// What all its rows have in columns that the file lacks.
  let constants: [String: Scalar]
  /// Keeps the file from being deleted.
  let snapshot: StoreSnapshot
  let cache: SegmentCache

  var rowCount: Int { entry.rowCount }

  var timeBounds: (column: String, range: ClosedRange<Int64>)? {
    entry.times.map { (timeColumn, $0) }
  }

  func arrivals(_ arrival: RowArrival) -> RowTimes? {
    var times = RowTimes()
    for run in entry.runs {
      let ticks = arrival == .time ? run.ingestedTicks : run.lastSequence
      times.append(count: Int(run.rowCount), ticks: ticks)
    }
    return times
  }

  func standIn(for column: String) -> String? { EventTime.standIn(for: column) }

  func constant(named column: String) -> Scalar? { constants[column] }

  func open() throws -> Segment {
    do {
      return try cache.segment(entry)
    } catch let failure as SegmentFailure {
      throw QueryFailure(.input, failure.description, file: entry.path)
    } catch let failure as FileFailure {
      throw QueryFailure(.input, failure.description, file: entry.path)
    }
  }
}
