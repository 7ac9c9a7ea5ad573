/// Numbers that depend on a seed and a stream's name only (SplitMix64).
///
/// Each tenant, attack and kind of noise draws from a stream of its own, so that an option which
/// adds one of them leaves all others as they were.
struct SeededRandom {
  private var state: UInt64

  init(seed: UInt64, stream: String) {
    // FNV-1a over the name; the seed is mixed before, so that neighbouring seeds share nothing.
    state = seed
    var hash = Self.next(&state)
    for byte in stream.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    state = hash
  }

  mutating func word() -> UInt64 { Self.next(&state) }

  /// A number from 0 to `limit - 1`; 0 where `limit` is less than 1.
  mutating func below(_ limit: Int) -> Int {
    guard limit > 0 else { return 0 }
    return Int(word().multipliedFullWidth(by: UInt64(limit)).high)
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// Whether something happens that does so in `share` of all cases.
  mutating func chance(_ share: Double) -> Bool {
    Double(word() &>> 11) < share * Double(1 << 53 as Int64)
  }

  /// One of several; the first is there even when the rest is empty.
  mutating func pick<Item>(_ first: Item, _ rest: [Item]) -> Item {
    let place = below(rest.count + 1)
    return place == 0 ? first : rest[place - 1]
  }

  /// One of a list that holds at least one item.
  mutating func pick<Item>(_ items: NonEmpty<Item>) -> Item { pick(items.first, items.rest) }

  /// Up to `count` different items, in random order.
  mutating func sample<Item>(_ items: [Item], _ count: Int) -> [Item] {
    var left = items
    var taken: [Item] = []
    while taken.count < count, !left.isEmpty { taken.append(left.remove(at: below(left.count))) }
    return taken
  }

  /// `count` hexadecimal digits.
  mutating func hexadecimal(_ count: Int) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: (0..<count).map { _ in digits[below(16)] }, as: UTF8.self)
  }

  /// A GUID of version 4.
  mutating func identifier() -> String {
    let tail = hexadecimal(3) + "-" + hexadecimal(12)
    let variant = pick("8", ["9", "a", "b"])
    return hexadecimal(8) + "-" + hexadecimal(4) + "-4" + hexadecimal(3) + "-" + variant + tail
  }

  private static func next(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word &>> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word &>> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word &>> 31
  }
}

/// A list that cannot be empty.
struct NonEmpty<Item: Sendable>: Sendable {
  let first: Item
  let rest: [Item]

  init(_ first: Item, _ rest: Item...) {
    self.first = first
    self.rest = rest
  }

  init(_ first: Item, rest: [Item]) {
    self.first = first
    self.rest = rest
  }

  /// One item for each number of `0..<max(1, count)`.
  init(count: Int, _ item: (Int) -> Item) {
    first = item(0)
    rest = count > 1 ? (1..<count).map(item) : []
  }

  var all: [Item] { [first] + rest }
  var count: Int { rest.count + 1 }

  /// The item of a place that is counted on past the end from the start.
  subscript(around place: Int) -> Item {
    let place = place % count
    return place <= 0 ? first : rest[place - 1]
  }
}
