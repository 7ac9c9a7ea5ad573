extension DynamicWriter {
  /// Opens an array; the values appended until `endArray` are its elements.
  @inlinable public mutating func beginArray() { begin(isBag: false) }

  /// Opens a bag; members are appended as `appendName` and a value in turn until `endBag`.
  @inlinable public mutating func beginBag() { begin(isBag: true) }

  @inlinable mutating func begin(isBag: Bool) {
    guard frames.count < DynamicLimit.depth else { return fail() }
    frames.append(Frame(start: sink.count, firstBound: bounds.count, isBag: isBag))
  }

  /// Appends the key of the next member of the open bag.
  @inlinable public mutating func appendName(_ name: UnsafeBufferPointer<UInt8>) {
    guard let frame = frames.last, frame.isBag,
      (bounds.count &- frame.firstBound) & 1 == 0, name.count < DynamicLimit.byteCount
    else { return fail() }
    sink.append(name)
    bounds.append(UInt32(truncatingIfNeeded: sink.count &- frame.start))
  }

  /// Appends the key of the next member of the open bag.
  @inlinable public mutating func appendName(_ name: [UInt8]) {
    name.withUnsafeBufferPointer { appendName($0) }
  }

  /// Appends the key of the next member of the open bag.
  @inlinable public mutating func appendName(_ name: StaticString) {
    appendName(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }

  /// Closes the innermost array.
  public mutating func endArray() {
    guard let frame = frames.popLast(), !frame.isBag else { return fail() }
    let size = sink.count &- frame.start
    guard size < DynamicLimit.byteCount else { return close(frame) }
    let count = bounds.count &- frame.firstBound
    if count > 1, let stride = fixedStride(frame), stride &* count == size {
      let shift = Self.widthShift(count)
      finish(frame, count, DynamicLayout.tag(.array, variant: shift | DynamicLayout.fixedStride))
    } else {
      let shift = Self.widthShift(max(size, count))
      appendBounds(frame, widthShift: shift)
      finish(frame, count, DynamicLayout.tag(.array, variant: shift))
    }
    close(frame)
  }

  /// Closes the innermost bag. Of members with the same key the last value is kept, in the place
  /// of the first.
  public mutating func endBag() {
    guard let frame = frames.popLast(), frame.isBag,
      (bounds.count &- frame.firstBound) & 1 == 0
    else { return fail() }
    if sink.count &- frame.start >= DynamicLimit.byteCount { return close(frame) }
    finishBag(frame)
    if dropDuplicateMembers(frame) { finishBag(frame) }
    close(frame)
  }

  /// Appends the tables of a bag.
  private mutating func finishBag(_ frame: Frame) {
    let size = sink.count &- frame.start
    let count = (bounds.count &- frame.firstBound) / 2
    let shift = Self.widthShift(max(size, count))
    let room = sink.room(for: count)
    let children = UnsafePointer(sink.storage) + frame.start
    var start = 0
    for index in 0..<count {
      let end = Int(bounds[frame.firstBound &+ index &* 2])
      room[index] = dynamicNameTag(
        UnsafeBufferPointer(start: children + start, count: end &- start)
      )
      start = Int(bounds[frame.firstBound &+ index &* 2 &+ 1])
    }
    sink.advance(by: count)
    appendBounds(frame, widthShift: shift)
    finish(frame, count, DynamicLayout.tag(.bag, variant: shift))
  }

  /// Forgets the bounds of a closed container and notes its end in the enclosing one.
  private mutating func close(_ frame: Frame) {
    if sink.count &- frame.start > DynamicLimit.byteCount { return fail() }
    bounds.removeLast(bounds.count &- frame.firstBound)
    noteChild(depth: frame.childDepth &+ 1)
    endChild()
  }

  /// The size of each child where all have the same.
  private func fixedStride(_ frame: Frame) -> Int? {
    let stride = bounds[frame.firstBound]
    var expected: UInt32 = 0
    for index in frame.firstBound..<bounds.count {
      expected &+= stride
      if bounds[index] != expected { return nil }
    }
    return Int(stride)
  }

  private mutating func appendBounds(_ frame: Frame, widthShift: UInt8) {
    let count = bounds.count &- frame.firstBound
    let room = UnsafeMutableRawPointer(sink.room(for: count &<< Int(widthShift)))
    for index in 0..<count {
      Self.store(bounds[frame.firstBound &+ index], room, index, widthShift: widthShift)
    }
    sink.advance(by: count &<< Int(widthShift))
  }

  /// Appends count, depth and tag, which end every container.
  private mutating func finish(_ frame: Frame, _ count: Int, _ tag: UInt8) {
    let room = UnsafeMutableRawPointer(sink.room(for: 6))
    let widthShift = tag &>> 4 & 3
    let width = 1 &<< Int(widthShift)
    Self.store(UInt32(truncatingIfNeeded: count), room, 0, widthShift: widthShift)
    let depth = UInt8(truncatingIfNeeded: frame.childDepth &+ 1)
    room.storeBytes(of: depth, toByteOffset: width, as: UInt8.self)
    room.storeBytes(of: tag, toByteOffset: width &+ 1, as: UInt8.self)
    sink.advance(by: width &+ 2)
  }

  private static func widthShift(_ largest: Int) -> UInt8 {
    largest < 0x100 ? 0 : largest < 0x1_0000 ? 1 : 2
  }

  @inline(__always)
  private static func store(
    _ value: UInt32,
    _ room: UnsafeMutableRawPointer,
    _ index: Int,
    widthShift: UInt8
  ) {
    let offset = index &<< Int(widthShift)
    switch widthShift {
    case 0:
      room.storeBytes(of: UInt8(truncatingIfNeeded: value), toByteOffset: offset, as: UInt8.self)
    case 1:
      room.storeBytes(
        of: UInt16(truncatingIfNeeded: value).littleEndian,
        toByteOffset: offset,
        as: UInt16.self
      )
    default: room.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt32.self)
    }
  }
}

extension DynamicWriter {
  /// Removes members whose key comes again, leaving only children in the sink; false when all
  /// keys differ and nothing was changed.
  private mutating func dropDuplicateMembers(_ frame: Frame) -> Bool {
    let view = view(from: frame.start)
    guard !hasFailed, let layout = view.layout, let last = lastMembers(layout) else { return false }
    var kept = DynamicWriter(capacity: view.byteCount)
    var keptBounds: [UInt32] = []
    for (first, final) in last {
      kept.sink.append(layout.key(first))
      keptBounds.append(UInt32(truncatingIfNeeded: kept.byteCount))
      kept.sink.append(layout.value(final).bytes)
      keptBounds.append(UInt32(truncatingIfNeeded: kept.byteCount))
    }
    sink.truncate(to: frame.start)
    sink.append(kept.bytes)
    bounds.removeLast(bounds.count &- frame.firstBound)
    bounds.append(contentsOf: keptBounds)
    return true
  }

  /// For each different key, in order of appearance, its first and last member; nil when no key
  /// comes twice.
  private func lastMembers(_ layout: DynamicLayout) -> [(first: Int, last: Int)]? {
    layout.count <= 256 ? lastFewMembers(layout) : lastManyMembers(layout)
  }

  /// Finds duplicates by the hash bytes, in time that grows with the square of few members.
  private func lastFewMembers(_ layout: DynamicLayout) -> [(first: Int, last: Int)]? {
    let tags = layout.start + layout.childBytes
    var repeated = false
    for index in 0..<layout.count where !repeated {
      repeated =
        layout.indexOfMember(layout.key(index), tag: tags[index], from: index &+ 1) >= 0
    }
    guard repeated else { return nil }
    return (0..<layout.count).compactMap { index in
      let key = layout.key(index)
      guard layout.indexOfMember(key, tag: tags[index]) == index else { return nil }
      var last = index
      var next = index
      while next >= 0 {
        last = next
        next = layout.indexOfMember(key, tag: tags[index], from: next &+ 1)
      }
      return (index, last)
    }
  }

  /// Finds duplicates by sorting, so that no choice of keys makes it slow.
  private func lastManyMembers(_ layout: DynamicLayout) -> [(first: Int, last: Int)]? {
    let order = (0..<layout.count).sorted {
      let difference = compareBytes(layout.key($0), layout.key($1))
      return difference != 0 ? difference < 0 : $0 < $1
    }
    var groups: [(first: Int, last: Int)] = []
    for index in order {
      if let group = groups.last, equalBytes(layout.key(group.first), layout.key(index)) {
        groups[groups.count &- 1].last = index
      } else {
        groups.append((index, index))
      }
    }
    guard groups.count < layout.count else { return nil }
    return groups.sorted { $0.first < $1.first }
  }
}
