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

  /// Adds the keys of the hexadecimal digits that a database keeps; what is no digit ends them.
  public mutating func insert(digits: String) {
    var key: [UInt8] = []
    var high: UInt8?
    for byte in digits.utf8 {
      guard let value = Self.value(byte) else { return }
      if let first = high {
        key.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
      if key.count == Self.width {
        keys.insert(key)
        key = []
      }
    }
  }

  private static func value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
