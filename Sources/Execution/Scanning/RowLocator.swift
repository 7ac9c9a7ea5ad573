import Columnar
import QueryPlan

/// Finds a row of a scan again: the number of its segment in the scan, and its place in there.
struct RowLocator {
  let segment: Int
  let row: UInt32

  /// The column of locators; no bound plan has an id like this.
  static let column = PlanColumn(id: ColumnID(.min), name: "row locator", type: .long)

  init(_ word: Int64) {
    segment = Int(word &>> 32)
    row = UInt32(truncatingIfNeeded: word)
  }

  /// The locators of rows of one segment.
  static func vector(_ segment: Int, count: Int, _ row: (Int) -> Int) -> Vector {
    let words = Buffer(byteCount: count * 8)
    let word = words.values(Int64.self)
    let high = Int64(segment) &<< 32
    for index in 0..<count { word[index] = high | Int64(row(index)) }
    return Vector(type: .long, count: count, layout: .fixed(FixedRows(values: words)))
  }
}
