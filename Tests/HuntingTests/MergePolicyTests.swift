import TableStore
import Testing

@testable import Hunting

/// Small segments are merged while batches come.
struct MergePolicyTests {
  private let policy = MergePolicy()

  @Test("runs are due when they are long and no segment has most of their rows")
  func due() {
    #expect(policy.runs(ofRows: Array(repeating: 10, count: 7)).isEmpty)
    #expect(policy.runs(ofRows: Array(repeating: 10, count: 8)) == [0..<8])
    #expect(policy.runs(ofRows: [1000] + Array(repeating: 10, count: 8)) == [1..<9])
    #expect(policy.runs(ofRows: [50] + Array(repeating: 10, count: 8)) == [0..<9])
    #expect(policy.runs(ofRows: [1 << 20] + Array(repeating: 10, count: 3)).isEmpty)
    #expect(policy.runs(ofRows: []).isEmpty)
  }

  @Test("a row is written again a few times only, and segments stay few")
  func amortized() {
    var segments: [Int] = []
    var written = 0
    for _ in 0..<20_000 {
      segments.append(100)
      for run in policy.runs(ofRows: segments).reversed() {
        let rows = segments[run].reduce(0, +)
        written += rows
        segments.replaceSubrange(run, with: [rows])
      }
    }
    #expect(segments.reduce(0, +) == 2_000_000)
    #expect(written < 2_000_000 * 12, "\(written)")
    #expect(segments.count < 100, "\(segments)")
  }

  @Test("readers keep what they hold while segments are merged")
  func readers() throws {
    let store = try StoreFixture()
    for part in 0..<8 { try store.ingest(StoreFixture.events(part * 10..<part * 10 + 10)) }
    let before = try store.open(.readOnly)
    let held = try before.snapshot()
    let writer = try store.open(.readWrite)
    let merged = try StoreCompaction(writer).run(policy)
    #expect(merged.removed == 8 && merged.added == 1)
    var engine = HuntingEngine()
    try engine.attach(held, tenant: "default")
    #expect(try StoreFixture.answer("DeviceProcessEvents | count", by: engine) == [["80"]])
    #expect(try writer.snapshot().tenants[0].tables[0].segments.count == 1)
    #expect(try StoreCompaction(writer).run(policy).added == 0)
    #expect(try writer.verify(SegmentCheck.damage).problems.isEmpty)
  }
}
