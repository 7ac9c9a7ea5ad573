import Testing

@testable import Execution

/// Words come out in order whichever way they are sorted, and equal ones in that of their rows.
struct WordSortTests {
  private static let shapes: [@Sendable (Int) -> UInt64] = [
    { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 },
    { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 >> 44 },
    { UInt64($0 * 7919 % 10) },
    { UInt64($0) },
    { ~UInt64($0 / 3) },
    { UInt64($0 % 30_000) << 30 },
    { _ in .max },
    { $0 % 2 == 0 ? 0 : .max - UInt64($0 % 5) },
  ]

  @Test("shapes and sizes", arguments: shapes.indices)
  func order(shape: Int) throws {
    for count in [0, 1, 2, 2047, 2048, 2049, 70_000] {
      let words = (0..<count).map(Self.shapes[shape])
      // Some rows have no word that is asked for.
      for rows in [Array(0..<UInt32(count)), (0..<UInt32(count)).filter { $0 % 7 != 3 }] {
        let wanted = rows.sorted { left, right in
          let (first, second) = (words[Int(left)], words[Int(right)])
          return first != second ? first < second : left < right
        }
        #expect(try WordSort.sorted(rows, by: words) == wanted, "\(count) rows")
      }
    }
  }
}
