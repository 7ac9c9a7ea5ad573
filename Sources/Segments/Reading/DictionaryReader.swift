import CSIMD
import Columnar
import FileAccess
import Synchronization

/// Decodes the dictionary of a text column chunk by chunk.
final class DictionaryReader: DictionaryLoader {
  /// First value of each chunk, and behind the last the number of values.
  let chunkStarts: [Int]
  private let context: ColumnContext
  private let heapStarts: [Int]
  private let views: Buffer
  private let heap: Buffer
  private let nulls: NullRows?
  private let states: DecodeStates
  private let isWhole = Atomic<Bool>(false)
  private let decoded: HeldBytes
  private let decodedChunks = Atomic<Int>(0)

  init(_ context: ColumnContext) throws(SegmentFailure) {
    self.context = context
    let description = context.description
    (chunkStarts, heapStarts) = try Self.starts(context)
    let entryCount = Int(description.entryCount)
    decoded = HeldBytes(in: context.meter)
    views = Buffer(sparse: entryCount * 8, owner: decoded)
    heap = Buffer(sparse: Int(description.textBytes), owner: decoded)
    if description.nullEntry < description.entryCount {
      let flags = Buffer(sparse: entryCount, owner: decoded)
      flags.values(UInt8.self)[Int(description.nullEntry)] = 1
      nulls = NullRows(flags: flags)
    } else {
      nulls = nil
    }
    states = DecodeStates(Int(description.chunkCount))
  }

  /// Adds the entries and bytes of the chunks up, and holds them against the description.
  private static func starts(
    _ context: ColumnContext
  ) throws(SegmentFailure) -> (entries: [Int], bytes: [Int]) {
    var entries = [0]
    var bytes = [0]
    for chunk in 0..<Int(context.description.chunkCount) {
      let entry = ChunkEntry(directory: context.directory, chunk)
      entries.append(entries[chunk] + Int(entry.entryCount))
      bytes.append(bytes[chunk] + Int(entry.textBytes))
    }
    guard entries.last == Int(context.description.entryCount),
      bytes.last.map(UInt64.init) == context.description.textBytes,
      context.description.textBytes <= UInt32.max
    else { throw context.damaged("directory") }
    return (entries, bytes)
  }

  /// All values; one may be read once its chunk was ensured.
  var values: Vector {
    Vector(
      type: context.description.type,
      count: Int(context.description.entryCount),
      layout: .text(TextRows(views: views, heap: heap, nulls: nulls, isAscending: true))
    )
  }

  /// Bytes decoded so far.
  var decodedByteCount: Int { decoded.byteCount }

  /// Whether all values are readable.
  @inline(__always)
  var isLoaded: Bool { isWhole.load(ordering: .acquiring) }

  var chunkCount: Int { chunkStarts.count - 1 }

  /// The chunk of a value.
  func chunk(of entry: Int) -> Int {
    var low = 0
    var high = chunkCount
    while high - low > 1 {
      let middle = (low + high) / 2
      if chunkStarts[middle] <= entry { low = middle } else { high = middle }
    }
    return low
  }

  func loadAll() throws { try ensureAll() }

  /// Makes all values readable.
  func ensureAll() throws(SegmentFailure) {
    if isLoaded { return }
    for chunk in 0..<chunkCount { try ensure(chunk: chunk) }
    isWhole.store(true, ordering: .releasing)
  }

  /// Counts a chunk that was decoded; behind the last one the dictionary is whole.
  private func noteDecoded() {
    let count = decodedChunks.add(1, ordering: .acquiringAndReleasing).newValue
    if count == chunkCount { isWhole.store(true, ordering: .releasing) }
  }

  /// Makes the values of a chunk readable.
  func ensure(chunk: Int) throws(SegmentFailure) {
    try states.ensure(chunk) { () throws(SegmentFailure) in try decodeChunk(chunk) }
  }

  private func decodeChunk(_ chunk: Int) throws(SegmentFailure) {
    let entry = ChunkEntry(directory: context.directory, chunk)
    let section = try context.file.section(
      offset: entry.offset,
      byteCount: entry.storedBytes,
      checksum: entry.checksum,
      of: context.id,
      "chunk \(chunk) of column '\(context.description.name)'"
    )
    let rawBytes = Int(entry.entryCount) * 4 + Int(entry.textBytes)
    let isWhole: Bool
    if entry.mode == BlockMode.compressed.rawValue {
      isWhole = withUnsafeTemporaryAllocation(byteCount: max(1, rawBytes), alignment: 8) { raw in
        let target = UnsafeMutableRawBufferPointer(rebasing: raw[..<rawBytes])
        return Decompression.expand(section, into: target)
          && place(UnsafeRawBufferPointer(target), entry, chunk)
      }
    } else {
      isWhole = section.count == rawBytes && place(section, entry, chunk)
    }
    guard isWhole else { throw context.damaged("chunk \(chunk)") }
    decoded.add(rawBytes + Int(entry.entryCount) * 4)
    noteDecoded()
  }

  /// Puts the values of a chunk into views and heap; false where their lengths do not add up.
  private func place(_ raw: UnsafeRawBufferPointer, _ entry: ChunkEntry, _ chunk: Int) -> Bool {
    let view = views.values(UInt64.self) + chunkStarts[chunk]
    let heapStart = heapStarts[chunk]
    let count = Int(entry.entryCount)
    var at = 0
    for index in 0..<count {
      let length = Int(raw.loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self))
      guard length <= Int(entry.textBytes) &- at else { return false }
      view[index] =
        UInt64(truncatingIfNeeded: heapStart &+ at) | UInt64(truncatingIfNeeded: length) &<< 32
      at &+= length
    }
    guard at == Int(entry.textBytes) else { return false }
    // The mark of null has bytes on disk only.
    let null = Int(context.description.nullEntry) &- chunkStarts[chunk]
    if null >= 0, null < count { view[null] = 0 }
    if at > 0, let base = raw.baseAddress {
      memcpy(heap.base + heapStart, base + count * 4, at)
    }
    return true
  }
}

extension ChunkEntry {
  /// Reads the entry of a chunk, which lie at the front of a directory of checked size.
  fileprivate init(directory: UnsafeRawBufferPointer, _ chunk: Int) {
    guard let base = directory.baseAddress else {
      self.init()
      return
    }
    self.init(base + chunk * Self.byteCount)
  }
}
