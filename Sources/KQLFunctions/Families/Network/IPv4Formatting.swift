import Columnar

// Functions from IPv4 addresses to texts and lists.

extension ScalarFunction {
  static let ipv4FormattingFamily: [ScalarFunction] = [
    formatIPv4, formatIPv4Mask, ipv4RangeToCIDRList,
  ]

  static let formatIPv4 = ScalarFunction(
    "format_ipv4",
    "ip:Scalar prefix:long?",
    "Writes an IPv4 address, given as text or number, of which only a prefix is kept.",
    examples: [
      Example("print format_ipv4(\"192.168.1.255\", 24)", "192.168.1.0"),
      Example("print format_ipv4(3232236031)", "192.168.1.255"),
    ],
    kernels: formatKernels(needsPrefix: false) { address, out in
      out.write(ipv4: address.masked)
    }
  )

  static let formatIPv4Mask = ScalarFunction(
    "format_ipv4_mask",
    "ip:Scalar prefix:long",
    "Writes an IPv4 address, given as text or number, and its prefix length.",
    examples: [
      Example("print format_ipv4_mask(\"192.168.1.255\", 24)", "192.168.1.0/24"),
      Example("print format_ipv4_mask(\"192.168.1.1/24\", 32)", "192.168.1.0/24"),
    ],
    kernels: formatKernels(needsPrefix: true) { address, out in
      out.write(ipv4: address.masked)
      out.write(byte: UInt8(ascii: "/"))
      out.write(decimal: UInt32(truncatingIfNeeded: address.prefix))
    }
  )

  static let ipv4RangeToCIDRList = ScalarFunction(
    "ipv4_range_to_cidr_list",
    "start_ip end_ip",
    "Covers a range of IPv4 addresses with the fewest networks.",
    examples: [
      Example(
        "print ipv4_range_to_cidr_list(\"1.1.128.0\", \"1.1.140.255\")",
        "[\"1.1.128.0/21\",\"1.1.136.0/22\",\"1.1.140.0/24\"]"
      ),
      Example("print ipv4_range_to_cidr_list(\"1.1.1.1\", \"1.1.1.1\")", "[\"1.1.1.1/32\"]"),
    ],
    kernels: [
      .dynamic { (start: TextView, end: TextView, writer: inout DynamicWriter) in
        guard let first = IPv4Address(start), let last = IPv4Address(end),
          first.bits <= last.bits
        else { return }
        writer.beginArray()
        for network in networks(from: UInt64(first.bits), through: UInt64(last.bits)) {
          writer.append(string: network)
        }
        writer.endArray()
      }
    ]
  )
}

/// The kernels of a function that writes an address; what is no address writes nothing.
private func formatKernels(
  needsPrefix: Bool,
  _ body: @escaping @Sendable (IPv4Address, TextBuilder) -> Void
) -> [ScalarKernel] {
  @Sendable func write(_ address: IPv4Address?, _ prefix: Int64, _ out: TextBuilder) {
    guard var address, let limit = prefix.ipv4Prefix else { return }
    address.prefix = min(address.prefix, limit)
    body(address, out)
  }
  @Sendable func number(_ value: Int64) -> IPv4Address? {
    UInt32(exactly: value).map { IPv4Address(bits: $0) }
  }
  let masked: [ScalarKernel] = [
    .text { (ip: TextView, prefix: Int64, out: TextBuilder) in
      write(IPv4Address(ip), prefix, out)
    },
    .text { (ip: Int64, prefix: Int64, out: TextBuilder) in write(number(ip), prefix, out) },
  ]
  if needsPrefix { return masked }
  return masked + [
    .text { (ip: TextView, out: TextBuilder) in write(IPv4Address(ip), 32, out) },
    .text { (ip: Int64, out: TextBuilder) in write(number(ip), 32, out) },
  ]
}

/// The largest aligned networks that cover a range, at most 62.
private func networks(from start: UInt64, through end: UInt64) -> [[UInt8]] {
  var found: [[UInt8]] = []
  var next = start
  while next <= end {
    var bits = min(32, next == 0 ? 32 : next.trailingZeroBitCount)
    while bits > 0, next &+ (1 &<< UInt64(bits)) &- 1 > end { bits &-= 1 }
    let parts = [24, 16, 8, 0].map { String(next &>> UInt64($0) & 0xFF) }
    found.append(Array("\(parts[0]).\(parts[1]).\(parts[2]).\(parts[3])/\(32 - bits)".utf8))
    next &+= 1 &<< UInt64(bits)
  }
  return found
}
