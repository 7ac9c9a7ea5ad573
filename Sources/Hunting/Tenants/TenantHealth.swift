import Execution
import Segments
public import TableStore

/// Whether the files of a tenant's tables can be read.
public enum TenantHealth {
  /// What is wrong with the tables of a tenant, in a sentence for each; none where nothing is.
  ///
  /// Each file is opened, which checks its header and footer but reads no rows.
  public static func issues(of tenant: TenantEntry) -> [String] {
    let cache = SegmentCache(limitBytes: 0)
    return tenant.tables.compactMap { table in
      let failures = table.segments.compactMap { entry -> String? in
        do {
          _ = try cache.segment(entry)
          return nil
        } catch {
          return "\(error)"
        }
      }
      guard let first = failures.first else { return nil }
      return "\(table.name): \(failures.count) of \(table.segments.count) files fail (\(first))"
    }
  }
}
