/// The elements of an encoded array.
@frozen
public struct DynamicElements: Sequence, IteratorProtocol {
  @usableFromInline let layout: DynamicLayout?
  @usableFromInline var position = 0
  /// The number of elements.
  public let count: Int

  @inlinable init(_ layout: DynamicLayout?) {
    self.layout = layout
    count = layout?.count ?? 0
  }

  @inlinable public mutating func next() -> DynamicView? {
    guard position < count, let layout else { return nil }
    position &+= 1
    return layout.element(position &- 1)
  }
}

/// The members of an encoded bag.
@frozen
public struct DynamicMembers: Sequence, IteratorProtocol {
  @usableFromInline let layout: DynamicLayout?
  @usableFromInline var position = 0
  /// The number of members.
  public let count: Int

  @inlinable init(_ layout: DynamicLayout?) {
    self.layout = layout
    count = layout?.count ?? 0
  }

  @inlinable
  public mutating func next() -> (key: UnsafeBufferPointer<UInt8>, value: DynamicView)? {
    guard position < count, let layout else { return nil }
    position &+= 1
    return (layout.key(position &- 1), layout.value(position &- 1))
  }
}
