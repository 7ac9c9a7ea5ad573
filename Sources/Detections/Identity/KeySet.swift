/// Keys of events that were seen, kept as the first 16 bytes of each, in order, one behind the
/// other: enough that no two events of a rule ever share them.
public struct KeySet: Sendable {
  static let width = 16

  /// The first bytes of a key as numbers, which compare as the bytes do.
  private struct Prefix: Hashable {
    let high: UInt64
    let low: UInt64

    init(_ bytes: ArraySlice<UInt8>) {
      high = Self.number(bytes.prefix(8))
      low = Self.number(bytes.dropFirst(8).prefix(8))
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
      bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  private var keys: Set<Prefix> = []

  public init() {}

  public init(_ keys: some Sequence<EventKey>) {
    for key in keys { insert(key) }
  }

  public var count: Int { keys.count }

  public mutating func insert(_ key: EventKey) { keys.insert(Prefix(key.bytes[...])) }

  public func contains(_ key: EventKey) -> Bool { keys.contains(Prefix(key.bytes[...])) }

  /// The bytes that a database keeps.
  public var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(keys.count * Self.width)
    for key in keys.sorted(by: { ($0.high, $0.low) < ($1.high, $1.low) }) {
      withUnsafeBytes(of: key.high.bigEndian) { bytes += $0 }
      withUnsafeBytes(of: key.low.bigEndian) { bytes += $0 }
    }
    return bytes
  }

  /// Adds the keys of bytes that ``encoded`` made; a part of a key at their end is none.
  public mutating func insert(encoded bytes: [UInt8]) {
    for start in stride(from: 0, to: bytes.count - bytes.count % Self.width, by: Self.width) {
      keys.insert(Prefix(bytes[start..<start + Self.width]))
    }
  }
}
