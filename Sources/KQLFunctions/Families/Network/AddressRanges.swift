import Columnar

// `ipv4_is_in_any_range` and `ipv6_is_in_any_range`: constant ranges are read once.

extension ScalarFunction {
  static let addressRangeFamily: [ScalarFunction] = [ipv4IsInAnyRange, ipv6IsInAnyRange]

  /// Ranges one by one, or in an array.
  private static let rangeLists = """
    ip:StringOrDynamic ranges:string*1...
    | ip:StringOrDynamic ranges:DynamicArray
    """

  static let ipv4IsInAnyRange = ScalarFunction(
    "ipv4_is_in_any_range",
    rangeLists,
    "Tells whether an IPv4 address lies in any of several networks.",
    examples: [
      Example(
        "print ipv4_is_in_any_range(\"192.168.1.6\", \"10.0.0.0/8\", \"192.168.1.1/24\")",
        "true"
      ),
      Example("print ipv4_is_in_any_range(\"8.8.8.8\", dynamic([\"10.0.0.0/8\"]))", "false"),
    ],
    kernels: [
      .anyRange {
        IPv4Address($0)
      } isIn: {
        $0.order($1) == 0
      }
    ]
  )

  static let ipv6IsInAnyRange = ScalarFunction(
    "ipv6_is_in_any_range",
    rangeLists,
    "Tells whether an address lies in any of several networks.",
    examples: [
      Example("print ipv6_is_in_any_range(\"fe80::1\", \"a::/16\", \"fe80::/64\")", "true"),
      Example("print ipv6_is_in_any_range(\"fe80::1\", dynamic([\"a::/16\"]))", "false"),
    ],
    kernels: [
      .anyRange {
        IPv6Address($0)
      } isIn: {
        $0.order($1) == 0
      }
    ]
  )
}

extension ScalarKernel {
  /// Tests an address against all ranges; null where it is none.
  fileprivate static func anyRange<Address>(
    _ read: @escaping @Sendable (TextView) -> Address?,
    isIn: @escaping @Sendable (Address, Address) -> Bool
  ) -> ScalarKernel {
    ScalarKernel([.type(.string), .any], minimumCount: 2, isVariadic: true, result: .bool) { call in
      let lists = call.arguments.dropFirst()
      func ranges(_ row: Int) -> [Address] {
        lists.flatMap { $0.scalar(at: row).spread }.compactMap { value in
          guard case .string(let text) = value else { return nil }
          return text.bytes.withTextView(read)
        }
      }
      let isConstant = lists.allSatisfy { $0.constant != nil }
      let prepared = isConstant ? call.site.prepare(Prepared.self) { Prepared(ranges(0)) } : nil
      return try liftFixed(call) {
        let addresses = TextReader(call.arguments[0])
        return { row -> Bool? in
          guard let address = read(addresses[row]) else { return nil }
          let known = prepared?.value as? [Address]
          return (known ?? ranges(row)).contains { isIn(address, $0) }
        }
      }
    }
  }
}

/// A value kept by a call site.
private final class Prepared {
  let value: Any

  init(_ value: Any) { self.value = value }
}
