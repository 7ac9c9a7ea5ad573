import Columnar
import FileAccess
import Testing

@testable import Segments

/// The filter of the terms of all columns: never without what is there, seldom with what is not.
struct SegmentTermsTests {
  @Test("every key of every value of every text column is held", arguments: 0..<8)
  func noFalseNegatives(seed: Int) throws {
    let batch = RandomTable(seed: UInt64(seed) &+ 40).batch(rows: 3000)
    let segment = try Segment(inMemory: encodedPieces([batch]).pieces)
    var keys = 0
    for column in batch.columns where column.type.isText {
      for row in 0..<batch.count {
        for key in Self.keys(column.scalar(at: row)) {
          keys += 1
          #expect(try segment.mayHold([[key]]), "row \(row), \(column.type), seed \(seed)")
        }
      }
    }
    #expect(keys > 10_000)
    let random = SeededRandomness(seed: UInt64(seed))
    let passed = try (0..<2000).count { _ in try segment.mayHold([[random.nextUInt64()]]) }
    #expect(passed < 200)
    #expect(try segment.mayHold([]))
  }

  @Test("a filter that began too large is folded, and knows its keys still", arguments: [10, 5000])
  func folding(count: Int) throws {
    let random = SeededRandomness(seed: 8)
    let terms = SegmentTerms(textBytes: 40 << 20)
    let keys = (0..<count).map { _ in random.nextUInt64() }
    for key in keys { terms.insert([key, key]) }
    let (slices, bytes) = terms.slices()
    #expect(bytes.count == slices.byteCount)
    #expect(slices.byteCount <= max(32, count * 3))
    let readable = bytes + [UInt8](repeating: 0xFF, count: 16)
    readable.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      for key in keys {
        var set = slices.everyChunk
        slices.retain(key, in: &set, base)
        #expect(set == [1])
      }
    }
  }

  @Test("a filter that would let nearly all pass is not written")
  func useless() {
    let random = SeededRandomness(seed: 9)
    let terms = SegmentTerms(textBytes: 100)
    terms.insert((0..<2000).map { _ in random.nextUInt64() })
    #expect(terms.slices().slices.groupCount == 0)
  }

  @Test("a segment of version 2 is read, and holds whatever is asked for")
  func olderVersion() throws {
    let batch = RandomTable(seed: 21).batch(rows: 500)
    let newer = encodedPieces([batch]).pieces
    let segment = try Segment(inMemory: [try Self.withoutTerms(newer)])
    try segment.verify()
    #expect(try segment.mayHold([[1]]))
    for (index, column) in batch.columns.enumerated() {
      let read = try segment.column(index)
      try read.ensure(0..<500)
      for row in 0..<500 {
        #expect("\(read.vector.scalar(at: row))" == "\(column.scalar(at: row))")
      }
    }
  }

  private static func keys(_ value: Scalar) -> [UInt64] {
    switch value {
    case .string(let text): return Array(text.bytes.withTextView(TermKeys.keys))
    case .dynamic(let value):
      var keys: [UInt64] = []
      let terms = DynamicTerms()
      value.bytes.withTextView { terms.forEachKey(of: $0) { keys.append($0) } }
      return keys
    default: return []
    }
  }

  /// The file as version 2 had it: without the filter, of which the last 20 bytes of a footer tell.
  private static func withoutTerms(_ pieces: [[UInt8]]) throws -> [UInt8] {
    let id = try Segment(inMemory: pieces).id
    let place = pieces[pieces.count - 2].suffix(20).prefix(8)
    let start = place.reversed().reduce(0) { $0 << 8 | Int($1) }
    var body = Array(pieces.dropLast(2).flatMap { $0 }[..<start])
    let checksum = { (bytes: [UInt8], offset: Int) in
      bytes.withUnsafeBytes { SegmentLayout.checksum($0, at: offset, of: id) }
    }
    body[8] = 2
    let head = Array(body[..<(SegmentLayout.headerBytes - 8)])
    withUnsafeBytes(of: checksum(head, 0).littleEndian) { bytes in
      body.replaceSubrange(SegmentLayout.headerBytes - 8..<SegmentLayout.headerBytes, with: bytes)
    }
    var footer = Array(pieces[pieces.count - 2].dropLast(20))
    footer[0] = 2
    var trailer = ByteWriter()
    trailer.write(UInt64(body.count))
    trailer.write(UInt32(footer.count))
    trailer.write(UInt32(2))
    trailer.write(checksum(footer, body.count))
    trailer.write(SegmentLayout.trailerMagic)
    return body + footer + trailer.bytes
  }
}
