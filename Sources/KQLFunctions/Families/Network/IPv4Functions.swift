import Columnar

// Functions of IPv4 addresses. A `/prefix` of an address counts in all of them: of several the
// shortest holds. What is no address gives null.

extension ScalarFunction {
  static let ipv4Family: [ScalarFunction] = [
    parseIPv4, parseIPv4Mask, ipv4Compare, ipv4IsMatch, ipv4IsInRange, ipv4IsPrivate,
    ipv4NetmaskSuffix,
  ]

  static let parseIPv4 = ScalarFunction(
    "parse_ipv4",
    "ip",
    "Converts an IPv4 address to a number, its prefix applied.",
    examples: [
      Example("print parse_ipv4(\"192.168.1.1\")", "3232235777"),
      Example("print parse_ipv4(\"192.168.1.256\")", "null"),
    ],
    kernels: [.map { (ip: TextView) in IPv4Address(ip).map { Int64($0.masked) } }]
  )

  static let parseIPv4Mask = ScalarFunction(
    "parse_ipv4_mask",
    "ip prefix:long",
    "Converts an IPv4 address to a number of which only a prefix is kept.",
    examples: [
      Example("print parse_ipv4_mask(\"127.0.0.1\", 24)", "2130706432"),
      Example("print parse_ipv4_mask(\"127.0.0.1\", 33)", "null"),
    ],
    kernels: [
      .map { (ip: TextView, prefix: Int64) -> Int64? in
        guard let address = IPv4Address(ip), let limit = prefix.ipv4Prefix else { return nil }
        return Int64(address.masked(min(limit, address.prefix)))
      }
    ]
  )

  static let ipv4Compare = ScalarFunction(
    "ipv4_compare",
    "ip1 ip2 prefix:long?",
    "Compares two IPv4 addresses: -1, 0 or 1 as the first is less, equal or greater.",
    examples: [
      Example("print ipv4_compare(\"192.168.1.1\", \"192.168.1.255/24\")", "0"),
      Example("print ipv4_compare(\"10.0.0.2\", \"10.0.0.1\")", "1"),
    ],
    kernels: [
      .map { (left: TextView, right: TextView) in compare(left, right, 32) },
      .map { (left: TextView, right: TextView, prefix: Int64) in compare(left, right, prefix) },
    ]
  )

  static let ipv4IsMatch = ScalarFunction(
    "ipv4_is_match",
    "ip1 ip2 prefix:long?",
    "Tells whether two IPv4 addresses are equal in their prefixes.",
    examples: [
      Example("print ipv4_is_match(\"192.168.1.1/24\", \"192.168.1.255\")", "true"),
      Example("print ipv4_is_match(\"10.0.0.1\", \"nowhere\")", "null"),
    ],
    kernels: [
      .map { (left: TextView, right: TextView) in compare(left, right, 32).map { $0 == 0 } },
      .map { (left: TextView, right: TextView, prefix: Int64) in
        compare(left, right, prefix).map { $0 == 0 }
      },
    ]
  )

  static let ipv4IsInRange = ScalarFunction(
    "ipv4_is_in_range",
    "ip ip_range",
    "Tells whether an IPv4 address lies in a network such as `10.0.0.0/8`.",
    examples: [
      Example("print ipv4_is_in_range(\"192.168.1.6\", \"192.168.1.1/24\")", "true"),
      Example("print ipv4_is_in_range(\"192.168.2.6\", \"192.168.1.1/24\")", "false"),
    ],
    kernels: [
      .map { (ip: TextView, range: TextView) in compare(ip, range, 32).map { $0 == 0 } }
    ]
  )

  static let ipv4IsPrivate = ScalarFunction(
    "ipv4_is_private",
    "ip",
    "Tells whether an IPv4 address belongs to a private network.",
    examples: [
      Example("print ipv4_is_private(\"192.168.1.1/24\")", "true"),
      Example("print ipv4_is_private(\"127.0.0.1\")", "false"),
    ],
    kernels: [.map { (ip: TextView) in IPv4Address(ip).map(\.isPrivate) }]
  )

  static let ipv4NetmaskSuffix = ScalarFunction(
    "ipv4_netmask_suffix",
    "ip",
    "Returns the prefix length of an IPv4 address, else 32.",
    examples: [
      Example("print ipv4_netmask_suffix(\"10.1.2.3/24\")", "24"),
      Example("print ipv4_netmask_suffix(\"10.1.2.3\")", "32"),
    ],
    kernels: [.map { (ip: TextView) in IPv4Address(ip).map { Int64($0.prefix) } }]
  )
}

/// The order of two addresses, or null where one of them or the prefix is none.
private func compare(_ left: TextView, _ right: TextView, _ prefix: Int64) -> Int64? {
  guard let limit = prefix.ipv4Prefix, let first = IPv4Address(left),
    let second = IPv4Address(right)
  else { return nil }
  return first.order(second, prefix: limit)
}

extension Int64 {
  /// The number as a prefix length of IPv4, or nil.
  var ipv4Prefix: Int? { self >= 0 && self <= 32 ? Int(self) : nil }
}
