public import Columnar
import FileAccess

/// What a store held at one moment; its files stay for as long as this is held.
///
/// It is a value of the catalogue at one version. Files that later versions removed are deleted
/// only when no snapshot of an earlier version is left, in this process or another.
public final class StoreSnapshot: Sendable {
  /// Counts the changes of the catalogue that readers can see.
  public let version: Int64
  /// Tenants in the order of their names' bytes.
  public let tenants: [TenantEntry]
  /// Keeps the writer from deleting files of this version.
  private let hold: any FileLock

  init(version: Int64, tenants: [TenantEntry], hold: any FileLock) {
    self.version = version
    self.tenants = tenants
    self.hold = hold
  }

  /// The names of the tenants that count as such, in the order of their bytes.
  public var tenantNames: [String] { tenants.lazy.filter(\.isPresent).map(\.name) }

  /// Finds a tenant by its exact name.
  public func tenant(_ name: String) -> TenantEntry? { tenants.first { $0.name == name } }
}

/// A tenant's tables at the moment of a snapshot.
public struct TenantEntry: Sendable {
  public let id: Int64
  public let name: String
  /// Whether it counts as a tenant: it was added or had rows. One that is not only keeps the names
  /// and dead letters of batches whose rows name their tenants.
  public let isPresent: Bool
  /// Tables in the order of their names' bytes.
  public let tables: [TableEntry]

  /// Finds a table by its exact name.
  public func table(_ name: String) -> TableEntry? { tables.first { $0.name == name } }
}

/// A table at the moment of a snapshot.
public struct TableEntry: Sendable {
  /// Stays unique even where a table of the name is removed and made again.
  public let id: Int64
  public let name: String
  /// The columns as first ingested, then those that were added.
  public let schema: Schema
  /// The sequence number that the next row will get; rows have numbers from 1.
  public let nextSequence: Int64
  /// Days after which segments are dropped; nil keeps them.
  public let retentionDays: Int?
  /// Segments in the order of their rows' sequence numbers.
  public let segments: [SegmentEntry]

  public var rowCount: Int64 { segments.reduce(0) { $0 + Int64($1.rowCount) } }
  public var byteCount: Int64 { segments.reduce(0) { $0 + $1.byteCount } }
}

/// A segment that the catalogue knows.
public struct SegmentEntry: Sendable, Equatable {
  public let id: String
  /// Path of the file.
  public let path: String
  public let rowCount: Int
  public let byteCount: Int64
  /// Checksum of the segment's footer, which covers the rest.
  public let checksum: UInt64
  /// Least and greatest tick of the table's time column; nil where it has none.
  public let times: ClosedRange<Int64>?
  /// Which rows came when, in the order of the rows.
  public let runs: [IngestionRun]

  public var firstSequence: Int64 { runs.first?.firstSequence ?? 0 }
  public var lastSequence: Int64 { runs.last?.lastSequence ?? 0 }
}
