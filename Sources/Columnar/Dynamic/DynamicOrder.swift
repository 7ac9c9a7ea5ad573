extension DynamicView {
  /// Compares values of any kinds for sorting: negative, zero or positive as this one sorts
  /// before, with or behind `other`.
  ///
  /// Numbers and times come first, by value (a time counts as its ticks, NaN before all); then
  /// strings, guids, bools, arrays, bags, and nulls last.
  public func order(relativeTo other: DynamicView) -> Int {
    let (left, right) = (rank, other.rank)
    guard left == right else { return left &- right }
    switch left {
    case 0: return numberOrder(relativeTo: other)
    case 1: return compareBytes(text, other.text)
    case 4, 5: return compareBytes(bytes, other.bytes)
    case 2: return guid == other.guid ? 0 : (guid ?? .zero) < (other.guid ?? .zero) ? -1 : 1
    case 3: return (bool == true ? 1 : 0) &- (other.bool == true ? 1 : 0)
    default: return 0
    }
  }

  private var rank: Int {
    switch kind {
    case .long, .real, .decimal, .datetime, .timespan: 0
    case .string: 1
    case .guid: 2
    case .bool: 3
    case .array: 4
    case .bag: 5
    case .null: 6
    }
  }

  private func numberOrder(relativeTo other: DynamicView) -> Int {
    switch (whole, other.whole) {
    case (let left?, let right?): return left == right ? 0 : left < right ? -1 : 1
    case (let left?, nil):
      return -Self.order(other.fraction, relativeTo: left)
    case (nil, let right?):
      return Self.order(fraction, relativeTo: right)
    default:
      let (left, right) = (fraction, other.fraction)
      if left.isNaN || right.isNaN { return (right.isNaN ? 1 : 0) &- (left.isNaN ? 1 : 0) }
      return left == right ? 0 : left < right ? -1 : 1
    }
  }

  private var text: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: start, count: max(0, byteCount &- 1))
  }

  private var whole: Int64? { long ?? datetime?.ticks ?? timespan?.ticks }

  private var fraction: Double { real ?? decimal.map { Double($0) } ?? .nan }

  /// Compares a real with a whole number exactly.
  private static func order(_ left: Double, relativeTo right: Int64) -> Int {
    if left.isNaN { return -1 }
    if left >= 0x1p63 { return 1 }
    if left < -0x1p63 { return -1 }
    let floor = left.rounded(.down)
    guard let whole = Int64(exactly: floor) else { return 0 }
    if whole != right { return whole < right ? -1 : 1 }
    return left > floor ? 1 : 0
  }
}
