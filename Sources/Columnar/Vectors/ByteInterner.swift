import CSIMD

/// Numbers distinct byte strings from 0 in the order in which they come.
///
/// An open-addressing table over raw memory; a slot holds 32 bits of hash and the number plus one.
public final class ByteInterner {
  private var slots: UnsafeMutablePointer<UInt64>
  private var slotMask: Int
  private var starts: UnsafeMutablePointer<Int>
  private var startCapacity: Int
  private var heap: UnsafeMutablePointer<UInt8>
  private var heapCapacity: Int
  public private(set) var count = 0

  public init() {
    slotMask = 63
    slots = .allocate(capacity: slotMask + 1)
    slots.initialize(repeating: 0, count: slotMask + 1)
    startCapacity = 32
    starts = .allocateBlock(capacity: startCapacity)
    starts[0] = 0
    heapCapacity = 1024
    heap = .allocateBlock(capacity: heapCapacity + Buffer.padding)
  }

  deinit {
    slots.deallocate()
    starts.freeBlock()
    heap.freeBlock()
  }

  /// Bytes held.
  public var byteCount: Int { (slotMask + 1 + startCapacity) * 8 + heapCapacity }

  /// The bytes of a number; valid until the next insertion.
  public subscript(_ id: Int) -> TextView {
    TextView(base: UnsafePointer(heap + starts[id]), count: starts[id + 1] - starts[id])
  }

  /// Bytes of all strings together.
  public var heapByteCount: Int { starts[count] }

  /// Where the bytes of a number start among those of all strings.
  public func start(of id: Int) -> Int { starts[id] }

  /// Tables with more slots than this do not fit the nearest caches.
  private static let nearSlots = 1 << 14
  /// Rows whose memory is fetched before they are looked at.
  private static let fetchedRows = 64

  /// Writes the numbers of many strings, new ones where they are new.
  ///
  /// In a large table each string costs three misses one after the other: slot, start, bytes. They
  /// are asked for in steps over several rows, so that the misses of many are under way at a time.
  public func intern(
    _ rows: TextRows,
    count: Int,
    into numbers: UnsafeMutablePointer<UInt32>
  ) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.fetchedRows) { hashes in
      guard let hashes = hashes.baseAddress else { return }
      var first = 0
      while first < count {
        let some = min(Self.fetchedRows, count &- first)
        for index in 0..<some {
          let text = rows[first &+ index]
          hashes[index] = hashBytes(text.base, count: text.count)
        }
        if slotMask > Self.nearSlots { fetch(hashes, some) }
        for index in 0..<some {
          numbers[first &+ index] = intern(rows[first &+ index], hash: hashes[index])
        }
        first &+= some
      }
    }
  }

  private func fetch(_ hashes: UnsafePointer<UInt64>, _ count: Int) {
    let slot = { (index: Int) in self.slots + Int(truncatingIfNeeded: hashes[index]) & self.slotMask
    }
    // Where an entry has the half of the hash, it is almost surely the one that is looked for.
    let number = { (index: Int) -> Int? in
      let entry = slot(index).pointee
      return entry != 0 && (entry ^ hashes[index]) &>> 32 == 0
        ? Int(UInt32(truncatingIfNeeded: entry) &- 1) : nil
    }
    for index in 0..<count { csimd_prefetch(slot(index)) }
    for index in 0..<count {
      if let number = number(index) { csimd_prefetch(starts + number) }
    }
    for index in 0..<count {
      if let number = number(index) { csimd_prefetch(heap + starts[number]) }
    }
  }

  /// The number of a byte string, a new one where it is new.
  public func intern(_ text: TextView) -> UInt32 {
    intern(text, hash: hashBytes(text.base, count: text.count))
  }

  @inline(__always)
  private func intern(_ text: TextView, hash: UInt64) -> UInt32 {
    var slot = Int(truncatingIfNeeded: hash) & slotMask
    while slots[slot] != 0 {
      if let id = matching(slots[slot], hash, text) { return id }
      slot = (slot &+ 1) & slotMask
    }
    let id = UInt32(truncatingIfNeeded: count)
    store(text)
    slots[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(id &+ 1)
    if count &* 2 > slotMask { growSlots() }
    return id
  }

  /// Takes a number that no byte string finds.
  public func addVoid() -> UInt32 {
    store(TextView(base: UnsafePointer(heap), count: 0))
    return UInt32(truncatingIfNeeded: count &- 1)
  }

  /// The number of a byte string, or nil where it has none.
  public func find(_ text: TextView) -> UInt32? {
    let hash = hashBytes(text.base, count: text.count)
    var slot = Int(truncatingIfNeeded: hash) & slotMask
    while slots[slot] != 0 {
      if let id = matching(slots[slot], hash, text) { return id }
      slot = (slot &+ 1) & slotMask
    }
    return nil
  }

  @inline(__always)
  private func matching(_ entry: UInt64, _ hash: UInt64, _ text: TextView) -> UInt32? {
    guard (entry ^ hash) &>> 32 == 0 else { return nil }
    let id = UInt32(truncatingIfNeeded: entry) &- 1
    let known = self[Int(id)]
    return known.count == text.count && csimd_equal(known.base, text.base, text.count) ? id : nil
  }

  private func store(_ text: TextView) {
    let end = starts[count]
    if end &+ text.count > heapCapacity {
      let larger = max(heapCapacity * 2, end + text.count)
      heap = heap.resizeBlock(capacity: larger + Buffer.padding)
      heapCapacity = larger
    }
    memcpy(heap + end, text.base, text.count)
    count &+= 1
    if count == startCapacity {
      startCapacity *= 2
      starts = starts.resizeBlock(capacity: startCapacity)
    }
    starts[count] = end &+ text.count
  }

  /// Makes four times as many slots. Where the query is ended meanwhile a large table stays as it
  /// was, half full: there is room for what comes until the query finds that out itself.
  private func growSlots() {
    let isLarge = slotMask > 1 << 20 && count &* 4 < slotMask &* 3
    // Every text that comes after the end asks for the growth again: no memory is made for it.
    if isLarge, MemoryAccount.isEnded { return }
    let larger = (slotMask + 1) * 4
    let grown = UnsafeMutablePointer<UInt64>.allocateLarge(capacity: larger)
    grown.initialize(repeating: 0, count: larger)
    let pieceCount = isLarge ? 1 << 16 : larger
    for start in stride(from: 0, through: slotMask, by: pieceCount) {
      if isLarge, MemoryAccount.isEnded { return grown.deallocate() }
      move(start..<min(slotMask + 1, start + pieceCount), to: grown, mask: larger - 1)
    }
    slots.deallocate()
    slots = grown
    slotMask = larger - 1
  }

  private func move(_ range: Range<Int>, to grown: UnsafeMutablePointer<UInt64>, mask: Int) {
    for index in range where slots[index] != 0 {
      let text = self[Int(UInt32(truncatingIfNeeded: slots[index]) &- 1)]
      let hash = hashBytes(text.base, count: text.count)
      var slot = Int(truncatingIfNeeded: hash) & mask
      while grown[slot] != 0 { slot = (slot &+ 1) & mask }
      grown[slot] = hash & 0xFFFF_FFFF_0000_0000 | slots[index] & 0xFFFF_FFFF
    }
  }
}

extension ByteInterner {
  /// All strings by number, as one vector that shares nothing with the interner; nil where they
  /// are more than a heap holds.
  ///
  /// - Parameter null: the number that stands for null, if one does.
  public func texts(_ type: ScalarType, null: UInt32?) throws -> Vector? {
    guard heapByteCount <= UInt32.max else { return nil }
    let bytes = Buffer(byteCount: heapByteCount)
    if count > 0 {
      try MemoryAccount.copy(self[0].base, to: bytes.base, count: heapByteCount)
    }
    let views = Buffer(byteCount: count * 8)
    for id in 0..<count {
      let length = start(of: id + 1) - start(of: id)
      views.values(UInt64.self)[id] =
        UInt64(truncatingIfNeeded: start(of: id)) | UInt64(truncatingIfNeeded: length) &<< 32
    }
    var nulls: NullRows?
    if let null {
      let flags = Buffer(zeroed: count)
      flags.values(UInt8.self)[Int(null)] = 1
      nulls = NullRows(flags: flags)
    }
    let rows = TextRows(views: views, heap: bytes, nulls: nulls, isAscending: true)
    return Vector(type: type, count: count, layout: .text(rows))
  }
}
