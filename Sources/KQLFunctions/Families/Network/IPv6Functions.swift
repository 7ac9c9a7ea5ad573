import Columnar

// Functions of IPv6 addresses, which take IPv4 addresses too. Of several prefixes the shortest
// holds. What is no address gives null, or the empty text.

extension ScalarFunction {
  static let ipv6Family: [ScalarFunction] = [
    parseIPv6, parseIPv6Mask, ipv6Compare, ipv6IsMatch, ipv6IsInRange,
  ]

  static let parseIPv6 = ScalarFunction(
    "parse_ipv6",
    "ip",
    "Writes an address as the eight groups of IPv6, its prefix applied.",
    examples: [
      Example(
        "print parse_ipv6(\"127.0.0.1\")",
        "0000:0000:0000:0000:0000:ffff:7f00:0001"
      ),
      Example(
        "print parse_ipv6(\"fe80::85d:e82c:9446:7994\")",
        "fe80:0000:0000:0000:085d:e82c:9446:7994"
      ),
    ],
    kernels: [
      .text { (ip: TextView, out: TextBuilder) in
        if let address = IPv6Address(ip) { out.write(ipv6: address.masked(address.prefix)) }
      }
    ]
  )

  static let parseIPv6Mask = ScalarFunction(
    "parse_ipv6_mask",
    "ip prefix:long",
    "Writes an address as the eight groups of IPv6, of which only a prefix is kept.",
    examples: [
      Example(
        "print parse_ipv6_mask(\"192.168.255.255\", 120)",
        "0000:0000:0000:0000:0000:ffff:c0a8:ff00"
      ),
      Example(
        "print parse_ipv6_mask(\"fe80::85d:e82c:9446:7994/120\", 124)",
        "fe80:0000:0000:0000:085d:e82c:9446:7900"
      ),
    ],
    kernels: [
      .text { (ip: TextView, prefix: Int64, out: TextBuilder) in
        guard let address = IPv6Address(ip), prefix >= 0, prefix <= 128 else { return }
        out.write(ipv6: address.masked(min(Int(prefix), address.prefix)))
      }
    ]
  )

  static let ipv6Compare = ScalarFunction(
    "ipv6_compare",
    "ip1 ip2 prefix:long?",
    "Compares two addresses: -1, 0 or 1 as the first is less, equal or greater.",
    examples: [
      Example("print ipv6_compare(\"::ffff:7f00:1\", \"127.0.0.1\")", "0"),
      Example("print ipv6_compare(\"fe80::1\", \"fe80::2\")", "-1"),
    ],
    kernels: [
      .map { (left: TextView, right: TextView) in compare(left, right, 128) },
      .map { (left: TextView, right: TextView, prefix: Int64) in compare(left, right, prefix) },
    ]
  )

  static let ipv6IsMatch = ScalarFunction(
    "ipv6_is_match",
    "ip1 ip2 prefix:long?",
    "Tells whether two addresses are equal in their prefixes.",
    examples: [
      Example("print ipv6_is_match(\"fe80::1/120\", \"fe80::2\")", "true"),
      Example("print ipv6_is_match(\"fe80::1\", \"fe80::2\")", "false"),
    ],
    kernels: [
      .map { (left: TextView, right: TextView) in compare(left, right, 128).map { $0 == 0 } },
      .map { (left: TextView, right: TextView, prefix: Int64) in
        compare(left, right, prefix).map { $0 == 0 }
      },
    ]
  )

  static let ipv6IsInRange = ScalarFunction(
    "ipv6_is_in_range",
    "ip ip_range",
    "Tells whether an address lies in a network such as `fe80::/64`.",
    examples: [
      Example("print ipv6_is_in_range(\"fe80::85d:1\", \"fe80::/64\")", "true"),
      Example("print ipv6_is_in_range(\"fe81::1\", \"fe80::/64\")", "false"),
    ],
    kernels: [
      .map { (ip: TextView, range: TextView) in compare(ip, range, 128).map { $0 == 0 } }
    ]
  )
}

/// The order of two addresses, or null where one of them or the prefix is none.
private func compare(_ left: TextView, _ right: TextView, _ prefix: Int64) -> Int64? {
  guard prefix >= 0, prefix <= 128, let first = IPv6Address(left),
    let second = IPv6Address(right)
  else { return nil }
  return first.order(second, prefix: Int(prefix))
}
