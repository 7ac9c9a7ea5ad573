import Columnar
import KQLFunctions
import Testing

@Suite struct ArithmeticTests {
  @Test func integersWrapAndNullsSpread() throws {
    let add = try FunctionRunner("Add")
    #expect(try add(.long(.max), 1) == .long(.min))
    #expect(try add(.null(.long), 1) == .null(.long))
    let rows = try add([.longs([1, nil, 3]), .longs([nil, nil, 4])], count: 3)
    #expect(rows.scalars == [.null(.long), .null(.long), 7])
    let sliced = try add(
      [Vector.longs([9, 1, nil, 3]).slice(1..<4), Vector(constant: 10, count: 3)],
      count: 3
    )
    #expect(sliced.scalars == [11, .null(.long), 13])
  }

  @Test func timesStayInTheirRange() throws {
    let add = try FunctionRunner("Add")
    let last = DateTime(ticks: DateTime.maximumTicks)
    #expect(try add(.datetime(last), .timespan(TimeSpan(ticks: 1))) == .null(.datetime))
    #expect(
      try add(.datetime(DateTime(ticks: 5)), .timespan(TimeSpan(ticks: -5)))
        == .datetime(DateTime(ticks: 0))
    )
    let subtract = try FunctionRunner("Subtract")
    #expect(
      try subtract(.datetime(DateTime(ticks: 5)), .timespan(TimeSpan(ticks: .min)))
        == .null(.datetime)
    )
    #expect(
      try subtract(.datetime(DateTime(ticks: 5)), .datetime(DateTime(ticks: 8)))
        == .timespan(TimeSpan(ticks: -3))
    )
  }

  @Test func divisionCutsTowardZero() throws {
    let divide = try FunctionRunner("Divide")
    #expect(try divide(-7, 2) == -3)
    #expect(try divide(7, 0) == .null(.long))
    #expect(try divide(.long(.min), -1) == .long(.min))
    #expect(try divide(.real(1), .real(0)) == .real(.infinity))
    #expect(try divide(.timespan(TimeSpan(ticks: 9)), 2) == .timespan(TimeSpan(ticks: 4)))
    #expect(
      try divide(.timespan(TimeSpan(ticks: 9)), .real(0)) == .null(.timespan)
    )
  }

  @Test(arguments: [(-7, 3, 2), (7, -3, 1), (-7, -3, 2), (-14, 12, 10), (6, -1, 0)])
  func remainderIsNeverNegative(left: Int64, right: Int64, expected: Int64) throws {
    let modulo = try FunctionRunner("Modulo")
    #expect(try modulo(.long(left), .long(right)) == .long(expected))
  }

  @Test func remainderOfExtremes() throws {
    let modulo = try FunctionRunner("Modulo")
    #expect(try modulo(.long(.min), -1) == 0)
    #expect(try modulo(-1, .long(.min)) == .long(.max))
    #expect(try modulo(1, 0) == .null(.long))
    #expect(try modulo(.real(-5.5), .real(3)) == .real(0.5))
    #expect(try modulo(.real(5.5), .real(-3)) == .real(2.5))
  }

  @Test func hotLoopsAgreeWithPlainOnes() throws {
    var generator = SystemRandomNumberGenerator()
    let left = (0..<500).map { _ in
      Bool.random() ? nil : Int64.random(in: -4...4, using: &generator)
    }
    let right = (0..<500).map { _ in
      Bool.random() ? nil : Int64.random(in: -4...4, using: &generator)
    }
    let operations: [(String, (Int64, Int64) -> Int64?)] = [
      ("Add", { $0 &+ $1 }), ("Subtract", { $0 &- $1 }), ("Multiply", { $0 &* $1 }),
      ("Divide", { $1 == 0 ? nil : $0 / $1 }),
      ("Modulo", { $1 == 0 ? nil : (($0 % $1) + abs($1)) % abs($1) }),
    ]
    for (name, plain) in operations {
      let result = try FunctionRunner(name)([.longs(left), .longs(right)], count: 500)
      let expected = zip(left, right).map { pair -> Scalar in
        guard let a = pair.0, let b = pair.1, let value = plain(a, b) else { return .null(.long) }
        return .long(value)
      }
      #expect(result.scalars == expected, "\(name) of \(left) and \(right)")
    }
  }
}
