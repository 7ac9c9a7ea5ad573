import Columnar
import FileAccess
import Testing

@testable import Segments

/// Damaged files are found out: every byte of a segment matters, or is found not to be zero.
struct DamageTests {
  private static let pieces = encodedPieces([RandomTable(seed: 3).batch(rows: 6000)]).pieces
  private static let bytes = pieces.flatMap { $0 }

  @Test("a flipped bit is found, in padding by the check of the file alone", arguments: 0..<8)
  func flippedBits(part: Int) throws {
    let random = SeededRandomness(seed: UInt64(part))
    let whole = try contents(Self.bytes)
    for _ in 0..<150 {
      var bytes = Self.bytes
      let place = Int(random.nextUInt64() % UInt64(bytes.count))
      bytes[place] ^= 1 << UInt8(random.nextUInt64() % 8)
      #expect(throws: SegmentFailure.self, "byte \(place)") { try check(bytes) }
      guard let read = try? contents(bytes) else { continue }
      #expect(read == whole, "byte \(place) was changed and gave other rows")
      #expect(Self.bytes[place] == 0, "byte \(place) is no padding and was not checked")
    }
  }

  @Test("every bit of header and trailer, and every byte of padding, is checked")
  func everyByte() throws {
    try check(Self.bytes)
    let ends = Array(0..<64) + Array((Self.bytes.count - 32)..<Self.bytes.count)
    for place in ends {
      for bit in 0..<8 {
        var bytes = Self.bytes
        bytes[place] ^= 1 << UInt8(bit)
        #expect(throws: SegmentFailure.self, "bit \(bit) of byte \(place)") { try check(bytes) }
      }
    }
    let (log, source) = (SectionLog(), MappedFile(copying: [0, 0, 7, 0, 0, 9], path: "memory"))
    log.note(2..<3)
    log.note(0..<1)
    #expect(log.firstStrayByte(in: source.bytes) == nil)
    log.note(5..<6)
    #expect(log.firstStrayByte(in: source.bytes) == nil)
    log.note(6..<6)
    #expect(SectionLog().firstStrayByte(in: source.bytes) == nil, "nothing was checked")
    let partly = SectionLog()
    partly.note(3..<6)
    #expect(partly.firstStrayByte(in: source.bytes) == 2)
  }

  private func check(_ bytes: [UInt8]) throws {
    try Segment(MappedFile(copying: bytes, path: "memory")).verify()
  }

  @Test("a truncated file is found", arguments: 0..<40)
  func truncation(step: Int) throws {
    let count = Self.bytes.count * step / 40
    #expect(throws: SegmentFailure.self) { try contents(Array(Self.bytes[..<count])) }
  }

  @Test("parts of another segment, or of another place, are found")
  func swappedParts() throws {
    let other = encodedPieces(
      [RandomTable(seed: 3).batch(rows: 6000)],
      id: SegmentID(high: 9, low: 9)
    ).pieces
    #expect(other.map(\.count) == Self.pieces.map(\.count))
    for index in Self.pieces.indices where Self.pieces[index] != other[index] {
      var mixed = Self.pieces
      mixed[index] = other[index]
      #expect(throws: SegmentFailure.self) { try contents(mixed.flatMap { $0 }) }
    }
    // Two blocks of one column change places.
    let segment = try Segment(inMemory: Self.pieces)
    let column = segment.descriptions[10]
    var bytes = Self.bytes
    let entries = (0..<2).map { block in
      bytes.withUnsafeBytes {
        FixedBlockEntry(
          ($0.baseAddress ?? UnsafeRawPointer(bitPattern: 1)).unsafelyUnwrapped
            + Int(column.directoryOffset) + block * FixedBlockEntry.byteCount
        )
      }
    }
    let size = Int(min(entries[0].storedBytes, entries[1].storedBytes))
    for index in 0..<size {
      bytes.swapAt(Int(entries[0].offset) + index, Int(entries[1].offset) + index)
    }
    #expect(throws: SegmentFailure.self) { try contents(bytes) }
  }

  @Test("files that are none, and those of a newer version, are told apart")
  func foreignFiles() {
    #expect(throws: SegmentFailure(.notASegment, path: "memory")) { try contents([]) }
    #expect(throws: SegmentFailure(.notASegment, path: "memory")) {
      try contents(Array(repeating: 65, count: 500))
    }
    var newer = Self.bytes
    newer[8] = 4
    #expect(throws: SegmentFailure(.newerFormat(version: 4), path: "memory")) {
      try contents(newer)
    }
    newer[8] = 1
    #expect(throws: SegmentFailure(.olderFormat(version: 1), path: "memory")) {
      try contents(newer)
    }
  }

  /// All rows of a file as scalars.
  private func contents(_ bytes: [UInt8]) throws -> [[String]] {
    let segment = try Segment(inMemory: [bytes])
    try segment.verify()
    return try segment.schema.columns.indices.map { index in
      let column = try segment.column(index)
      try column.ensure(0..<segment.rowCount)
      return (0..<segment.rowCount).map { "\(column.vector.scalar(at: $0))" }
    }
  }
}
