import GRDB
public import OperationalStore

/// What a store holds, in numbers.
public struct StoreInformation: Sendable {
  /// A table of a tenant, in numbers.
  public struct Table: Sendable, Equatable {
    public let tenant: String
    public let table: String
    public let rowCount: Int64
    public let segmentCount: Int
    public let byteCount: Int64
    /// Least and greatest tick of the time column.
    public let times: ClosedRange<Int64>?
    public let retentionDays: Int?
    public let deadLetters: Int64
  }

  /// The version that the numbers are of.
  public let version: Int64
  /// Tables in the order of tenant and name.
  public let tables: [Table]
  /// Files that are removed but still on disk, since a snapshot holds them.
  public let removedFiles: Int
}

extension TableStore {
  /// Counts what the store holds now.
  public func information() throws(StoreFailure) -> StoreInformation {
    let snapshot = try snapshot()
    var letters: [[String]: Int64] = [:]
    for file in try deadLetterFiles() {
      letters[[file.tenant, file.table], default: 0] += file.letterCount
    }
    let path = path
    let removed = try database.read { try Catalogue(database: $0, path: path).removedFiles() }
    let tables = snapshot.tenants.flatMap { tenant in
      tenant.tables.map { table in
        StoreInformation.Table(
          tenant: tenant.name,
          table: table.name,
          rowCount: table.rowCount,
          segmentCount: table.segments.count,
          byteCount: table.byteCount,
          times: table.times,
          retentionDays: table.retentionDays,
          deadLetters: letters[[tenant.name, table.name]] ?? 0
        )
      }
    }
    return StoreInformation(
      version: snapshot.version,
      tables: tables,
      removedFiles: removed.count
    )
  }
}

extension TableEntry {
  /// Least and greatest tick of the time column over all segments; nil where none has one.
  public var times: ClosedRange<Int64>? {
    let ranges = segments.compactMap(\.times)
    guard let least = ranges.map(\.lowerBound).min(),
      let greatest = ranges.map(\.upperBound).max()
    else { return nil }
    return least...greatest
  }
}
