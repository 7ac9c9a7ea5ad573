import Columnar
import Testing

@Suite struct DynamicComparisonTests {
  @Test(arguments: [
    ("{\"a\":1,\"b\":[2,{\"c\":null}]}", "{\"b\":[2,{\"c\":null}],\"a\":1}"),
    ("[1,2]", " [ 1 , 2 ] "),
    ("0.0", "-0.0"), ("\"\\u0041\"", "\"A\""), ("{}", "{ }"),
  ])
  func sameContentIsEqual(left: String, right: String) throws {
    let (first, second) = (try #require(parsedJSON(left)), try #require(parsedJSON(right)))
    #expect(first == second)
    #expect(first.withView { $0.hash } == second.withView { $0.hash })
  }

  @Test(arguments: [
    ("1", "1.0"), ("1", "\"1\""), ("[1,2]", "[2,1]"), ("[1]", "[1,1]"), ("{}", "[]"), ("null", "0"),
    ("{\"a\":1}", "{\"a\":2}"), ("{\"a\":1}", "{\"b\":1}"), ("{\"a\":1}", "{\"a\":1,\"b\":1}"),
    ("true", "false"), ("[[],[1]]", "[[1],[]]"),
  ])
  func otherContentIsNot(left: String, right: String) throws {
    let (first, second) = (try #require(parsedJSON(left)), try #require(parsedJSON(right)))
    #expect(first != second)
    #expect(first.withView { $0.hash } != second.withView { $0.hash })
  }

  @Test func valuesSortByKindAndValue() {
    let ascending: [DynamicValue] = [
      written { $0.append(real: .nan) }, written { $0.append(real: -.infinity) },
      written { $0.append(long: .min) }, written { $0.append(long: -1) },
      written { $0.append(real: 0.5) }, written { $0.append(timespan: TimeSpan(ticks: 1)) },
      written { $0.append(decimal: Decimal128(2)) }, written { $0.append(real: 2.5) },
      written { $0.append(datetime: DateTime(ticks: 900)) },
      written { $0.append(long: 9_007_199_254_740_993) },
      written { $0.append(real: 9_007_199_254_740_994) }, written { $0.append(long: .max) },
      written { $0.append(real: 0x1p63) }, written { $0.append(string: Array("B".utf8)) },
      written { $0.append(string: Array("a".utf8)) },
      written { $0.append(string: Array("a\u{1}".utf8)) },
      written { $0.append(guid: .zero) }, written { $0.append(guid: GUID(high: 1, low: 0)) },
      written { $0.append(bool: false) }, written { $0.append(bool: true) },
      written { $0.appendNull() },
    ]
    for (index, left) in ascending.enumerated() {
      for (other, right) in ascending.enumerated() {
        let order = left.withView { view in right.withView { view.order(relativeTo: $0) } }
        #expect(order.signum() == (index - other).signum(), "\(index) and \(other)")
      }
    }
  }

  /// Bytes that are no encoding may read as anything, but never touch memory outside of them.
  @Test func damagedEncodingsAreRead() throws {
    var numbers = SeededNumbers()
    let whole = try #require(
      parsedJSON("{\"a\":[1,300,\"x\"],\"bc\":{\"d\":null},\"e\":[1,2,3,4]}")
    )
    for _ in 0..<3000 {
      var bytes = whole.bytes
      for _ in 0..<Int.random(in: 1...4, using: &numbers) {
        let index = Int.random(in: 0..<bytes.count, using: &numbers)
        bytes[index] = UInt8(truncatingIfNeeded: numbers.next())
      }
      bytes.removeFirst(Int.random(in: 0..<bytes.count, using: &numbers))
      let damaged = DynamicValue(bytes: bytes)
      #expect(json(damaged).utf8.count < 100_000, "seed \(numbers.seed)")
      _ = damaged.hashValue
      _ = damaged == whole
      damaged.withView { view in
        _ = view.element(at: 1)
        _ = withBytes("bc") { view.member(named: $0)?.long }
      }
    }
  }
}
