import Columnar
import QueryPlan
import Segments

/// Guesses how many rows pass the conditions of a scan, by the bounds and distinct values of its
/// largest segment.
struct ScanSelectivity {
  private let scan: SegmentScan
  private let columns: SegmentColumns?

  init(_ scan: SegmentScan) throws {
    self.scan = scan
    let largest = scan.parts.max { $0.stored.rowCount < $1.stored.rowCount }
    columns = try largest.map { try SegmentColumns($0, of: scan) }
  }

  /// About how many of so many rows pass.
  func rows(of most: Int) throws -> Int {
    let part = try scan.tests.reduce(1.0) { try $0 * share(passing: $1) }
    return Int(Double(most) * part)
  }

  /// The part of the rows that pass a test, from 0 to 1.
  private func share(passing test: ScanTest) throws -> Double {
    switch test {
    case .rows: return unknown
    case .any(let parts): return min(1, try parts.reduce(0) { try $0 + share(passing: $1) })
    case .bounds(let test): return try share(passing: test)
    case .values(let test):
      guard let wanted = test.expression.wantedValues, let distinct = try distinct(test.column)
      else { return unknown }
      return min(1, Double(wanted) / Double(distinct))
    }
  }

  private var unknown: Double { 1 / Double(RowEstimate.selectivity) }

  /// Values are taken to lie evenly between the bounds of the segment, but for a single one.
  private func share(passing test: BoundsTest) throws -> Double {
    guard let range = test.range else { return 0 }
    guard let columns, let position = columns.position(ofStored: test.column),
      let bounds = columns.segment.bounds(ofColumn: position)
    else { return 1 }
    guard range.overlaps(bounds) else { return 0 }
    if range.lowerBound == range.upperBound, let distinct = try distinct(test.column) {
      return 1 / Double(distinct)
    }
    let inside = range.clamped(to: bounds)
    return inside.width / bounds.width
  }

  /// About how many distinct values a column has in the segment.
  private func distinct(_ column: Int) throws -> Int? {
    guard let columns, let position = columns.position(ofStored: column) else { return nil }
    let known = columns.segment.distinctCount(ofColumn: position)
    return max(1, try known ?? columns.segment.distinctSketch(ofColumn: position).estimate)
  }
}

extension ClosedRange<Int64> {
  /// How many integers it holds.
  fileprivate var width: Double { Double(upperBound) - Double(lowerBound) + 1 }
}

extension Expression {
  /// How many values of a column an equality lets pass; nil where it is no equality.
  fileprivate var wantedValues: Int? {
    guard case .call(let call) = self, case .column = call.arguments.first else { return nil }
    switch call.function {
    case "Equal", "EqualTilde": return 1
    case "In", "InCs": return call.arguments.count - 1
    default: return nil
    }
  }
}
