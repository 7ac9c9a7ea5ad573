import Columnar
import QueryPlan

/// What a scan reads of a stored table: a segment whose rows are made when they are read need make
/// nothing else.
public struct ScanNeed: Sendable {
  /// The columns by name, without those that tell how rows came to be visible.
  public let columns: Set<String>
  /// Whether it asks for ``StoredSegment/arrivals(_:)``.
  public let asksForArrivals: Bool
  /// The ticks that pass in columns of times; rows with others are left out by the scan anyway.
  public let times: [String: ClosedRange<Int64>]
  /// Holds what all scans of the run see alike.
  public let moment: ReadMoment
}

extension ScanNeed {
  init(_ scan: TableScan, _ tests: [ScanTest], _ moment: ReadMoment) {
    columns = Set(scan.columns.filter { scan.arrivals[$0.id] == nil }.map(\.name))
    asksForArrivals = !scan.arrivals.isEmpty
    var times: [String: ClosedRange<Int64>] = [:]
    for case .bounds(let test) in tests {
      let column = scan.columns[test.column]
      guard column.type == .datetime, scan.arrivals[column.id] == nil, let range = test.range else {
        continue
      }
      let known = times[column.name] ?? range
      // Ranges that exclude each other let nothing pass, which any range of them tells.
      times[column.name] = known.overlaps(range) ? known.clamped(to: range) : range
    }
    self.times = times
    self.moment = moment
  }
}
