import CSIMD
import Columnar

/// Cuts a dictionary into chunks, compresses each, and makes its filter of terms.
struct ChunkEncoder {
  private let interner: ByteInterner
  private let hasFilters: Bool
  private let terms: SegmentTerms
  /// Prints dynamic values; nil for columns of strings.
  private let printer: DynamicTerms?
  private let compressor = Compressor(level: 1)
  private var keys = KeyCollector()
  /// The keys of each chunk.
  private var chunkKeys: [[UInt64]] = []

  /// - Parameters:
  ///   - interner: the values of the dictionary.
  ///   - isDynamic: whether they are encoded dynamic values.
  ///   - hasFilters: whether chunks get filters.
  ///   - terms: gathers the keys of all chunks.
  init(_ interner: ByteInterner, isDynamic: Bool, hasFilters: Bool, terms: SegmentTerms) {
    self.interner = interner
    self.hasFilters = hasFilters
    self.terms = terms
    printer = isDynamic ? DynamicTerms() : nil
  }

  /// Adds all chunks to a column.
  mutating func encode(into column: inout EncodedColumn) {
    var first = 0
    while first < interner.count {
      var end = first + 1
      let start = interner.start(of: first)
      while end < interner.count,
        interner.start(of: end + 1) - start <= SegmentLayout.chunkBytes
      { end += 1 }
      encode(first..<end, into: &column)
      first = end
    }
    if !chunkKeys.isEmpty {
      let (slices, bytes) = FilterSlices.make(chunkKeys)
      column.description.filterGroups = UInt32(truncatingIfNeeded: slices.groupCount)
      column.description.filterOffset = column.add(bytes)
      chunkKeys = []
    }
    column.addSketch(sketch(), compressor)
  }

  /// The sketch of the values; dynamic ones count by their bytes, and so does null.
  private func sketch() -> DistinctSketch {
    var sketch = DistinctSketch()
    for entry in 0..<interner.count {
      let value = interner[entry]
      sketch.insert(hashBytes(value.base, count: value.count))
    }
    return sketch
  }

  private mutating func encode(_ entries: Range<Int>, into column: inout EncodedColumn) {
    var chunk = ChunkEntry()
    chunk.entryCount = UInt32(truncatingIfNeeded: entries.count)
    let raw = lengthsAndText(entries)
    chunk.textBytes = UInt32(truncatingIfNeeded: raw.count - entries.count * 4)
    let packed = raw.withUnsafeBytes { compressor.compress($0) }
    chunk.mode = (packed == nil ? BlockMode.raw : BlockMode.compressed).rawValue
    let stored = packed ?? raw
    chunk.storedBytes = UInt32(truncatingIfNeeded: stored.count)
    chunk.offset = column.add(stored)
    let keys = keys(entries)
    terms.insert(keys)
    if hasFilters { chunkKeys.append(keys) }
    column.chunks.append(chunk)
  }

  /// The lengths of the values in 32 bits each, then their bytes.
  private func lengthsAndText(_ entries: Range<Int>) -> [UInt8] {
    let start = interner.start(of: entries.lowerBound)
    let textBytes = interner.start(of: entries.upperBound) - start
    let total = entries.count * 4 + textBytes
    return [UInt8](unsafeUninitializedCapacity: total) { target, filled in
      if let base = target.baseAddress {
        let lengths = UnsafeMutableRawPointer(base)
        for (place, entry) in entries.enumerated() {
          let length = UInt32(truncatingIfNeeded: interner[entry].count)
          lengths.storeBytes(of: length.littleEndian, toByteOffset: place * 4, as: UInt32.self)
        }
        memcpy(base + entries.count * 4, interner[entries.lowerBound].base, textBytes)
      }
      filled = total
    }
  }

  /// The distinct keys of values.
  private mutating func keys(_ entries: Range<Int>) -> [UInt64] {
    keys.removeAll()
    for entry in entries {
      let value = interner[entry]
      if let printer {
        printer.forEachKey(of: value) { keys.insert($0) }
      } else {
        keys.insert(TermKeys.key(ofValue: value))
        TermKeys.forEach(in: value) { keys.insert($0) }
      }
    }
    return keys.keys
  }
}

/// A set of keys for one chunk after another: open addressing in memory that is kept.
private struct KeyCollector {
  private var slots = [UInt64](repeating: 0, count: 1 << 14)
  private(set) var keys: [UInt64] = []

  mutating func removeAll() {
    for index in slots.indices { slots[index] = 0 }
    keys.removeAll(keepingCapacity: true)
  }

  /// Adds a key; 0 marks a free slot, so that key counts as 1.
  @inline(__always)
  mutating func insert(_ key: UInt64) {
    let mask = slots.count &- 1
    let wanted = key == 0 ? 1 : key
    var slot = Int(truncatingIfNeeded: key) & mask
    while slots[slot] != 0 {
      if slots[slot] == wanted { return }
      slot = (slot &+ 1) & mask
    }
    slots[slot] = wanted
    keys.append(key)
    if keys.count &* 2 > slots.count { grow() }
  }

  private mutating func grow() {
    slots = [UInt64](repeating: 0, count: slots.count * 4)
    let mask = slots.count - 1
    for key in keys {
      var slot = Int(truncatingIfNeeded: key) & mask
      while slots[slot] != 0 { slot = (slot &+ 1) & mask }
      slots[slot] = key == 0 ? 1 : key
    }
  }
}
