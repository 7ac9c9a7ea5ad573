import Columnar
import FileAccess
import Testing

@testable import Segments

@Suite("Sketches of distinct values")
struct SketchTests {
  @Test("an estimate is within a tenth of the count, merged or not")
  func estimates() {
    let random = SeededRandomness(seed: 8)
    for count in [1, 10, 300, 1_000, 2_500, 20_000, 300_000] {
      let hashes = (0..<count).map { _ in random.nextUInt64() }
      var left = DistinctSketch()
      var right = DistinctSketch()
      for (index, hash) in hashes.enumerated() {
        if index % 3 != 0 { left.insert(hash) }
        if index % 3 != 1 { right.insert(hash) }
      }
      left.merge(right)
      #expect(abs(left.estimate - count) <= max(1, count / 10), "\(left.estimate) of \(count)")
    }
    #expect(DistinctSketch().estimate == 0)
  }

  @Test("a segment knows about how many distinct values each column has")
  func ofSegments() throws {
    let rows = 30_000
    let numbers = VectorBuilder(type: .long, capacity: rows)
    let reals = VectorBuilder(type: .real, capacity: rows)
    let texts = TextBuilder()
    for row in 0..<rows {
      numbers.append(row % 3 == 0 ? .missing(.long) : .long(Int64(row % 700)))
      reals.append(.real(Double(row)))
      texts.append(Array("value \(row % 5000)".utf8))
    }
    let nothing = Vector(constant: .missing(.guid), count: rows)
    let columns = [("N", ScalarType.long), ("R", .real), ("T", .string), ("G", .guid)]
    let writer = SegmentWriter(schema: Schema(columns.map { ColumnSchema($0.0, $0.1) }))
    writer.append(
      Batch(columns: [numbers.finish(), reals.finish(), texts.finish(), nothing], count: rows)
    )
    let segment = try Segment(
      inMemory: writer.finish(id: SegmentID(high: 1, low: 9)).pieces
    )
    let estimates = try columns.indices.map { try segment.distinctSketch(ofColumn: $0).estimate }
    for (estimate, exact) in zip(estimates, [700, 30_000, 5_000, 0]) {
      #expect(abs(estimate - exact) <= exact / 10, "\(estimate) of \(exact)")
    }
  }
}
