/// Keys of events that were seen, kept as the first 16 bytes of each, in order, one behind the
/// other: enough that no two events of a rule ever share them.
public struct KeySet: Sendable {
  static let width = 16

  private var keys: Set<[UInt8]> = []

  public init() {}

  public init(_ keys: some Sequence<EventKey>) {
    for key in keys { insert(key) }
  }

  public var count: Int { keys.count }

  public mutating func insert(_ key: EventKey) { keys.insert(Array(key.bytes.prefix(Self.width))) }

  public func contains(_ key: EventKey) -> Bool {
    keys.contains(Array(key.bytes.prefix(Self.width)))
  }

  /// The bytes that a database keeps.
  public var encoded: [UInt8] {
    keys.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { $0 }
  }

  /// Adds the keys of bytes that ``encoded`` made; a part of a key at their end is none.
  public mutating func insert(encoded bytes: [UInt8]) {
    for start in stride(from: 0, to: bytes.count - bytes.count % Self.width, by: Self.width) {
      keys.insert(Array(bytes[start..<start + Self.width]))
    }
  }
}
