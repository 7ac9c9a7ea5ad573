extension DynamicView {
  /// Whether two values have the same kind and content; the order of bag members is ignored.
  ///
  /// NaN equals NaN here, as it does for group keys, and 0.0 equals -0.0.
  public func isEqual(to other: DynamicView) -> Bool {
    isEqual(to: other, depth: 0)
  }

  /// A hash of the content that agrees with `isEqual`.
  public var hash: UInt64 { hash(depth: 0) }

  private func isEqual(to other: DynamicView, depth: Int) -> Bool {
    guard kind == other.kind, depth <= DynamicLimit.depth else { return false }
    switch kind {
    case .null: return true
    case .real: return real == other.real || (real?.isNaN == true && other.real?.isNaN == true)
    case .bool: return bool == other.bool
    case .long, .string, .datetime, .timespan, .guid:
      return equalBytes(bytes, other.bytes)
    case .decimal: return decimal == other.decimal
    case .array: return hasEqualElements(other, depth: depth &+ 1)
    case .bag: return hasEqualMembers(other, depth: depth &+ 1)
    }
  }

  private func hasEqualElements(_ other: DynamicView, depth: Int) -> Bool {
    var left = elements
    var right = other.elements
    guard left.count == right.count else { return false }
    while let leftElement = left.next(), let rightElement = right.next() {
      if !leftElement.isEqual(to: rightElement, depth: depth) { return false }
    }
    return true
  }

  private func hasEqualMembers(_ other: DynamicView, depth: Int) -> Bool {
    var left = members
    guard left.count == other.count else { return false }
    while let member = left.next() {
      guard let value = other.member(named: member.key),
        member.value.isEqual(to: value, depth: depth)
      else { return false }
    }
    return true
  }

  private func hash(depth: Int) -> UInt64 {
    guard depth <= DynamicLimit.depth else { return 0 }
    let seed = UInt64(kind.rawValue)
    switch kind {
    case .null: return hashWord(seed)
    case .bool: return hashWord(bool == true ? 0x101 : 0x100)
    case .real: return hashWord(hashBits(real ?? 0), seed: seed)
    case .long, .string, .datetime, .timespan, .guid: return hashBytes(bytes, seed: seed)
    case .decimal: return hashWord(decimal?.hash ?? 0, seed: seed)
    case .array:
      return elements.reduce(hashWord(UInt64(count), seed: seed)) {
        hashWord($1.hash(depth: depth &+ 1), seed: $0)
      }
    case .bag:
      let sum = members.reduce(UInt64(count)) {
        $0 &+ hashWord($1.value.hash(depth: depth &+ 1), seed: hashBytes($1.key))
      }
      return hashWord(sum, seed: seed)
    }
  }

  /// The bits of a real by which it is hashed: one NaN, one zero.
  private func hashBits(_ value: Double) -> UInt64 {
    if value.isNaN { return Double.nan.bitPattern }
    return value == 0 ? 0 : value.bitPattern
  }
}
