import FileAccess
import Testing

/// Holds the simulated twins to the protocols of the real ones.
struct SimulatedWorldTests {
  @Test func `failures come where they are placed`() throws {
    let files = SimulatedFileSystem(texts: ["d/a": "abc", "d/e/f": "x"])
    #expect(try files.list("d") == ["a", "e"])
    #expect(throws: FileFailure(.isDirectory, path: "d", operation: .read)) {
      try files.open("d")
    }
    files.failAtEnd(of: "d/a", .io(code: 5))
    let source = try files.open("d/a")
    var buffer = [UInt8](repeating: 0, count: 8)
    #expect(try buffer.withUnsafeMutableBytes { try source.read(into: $0) } == 3)
    #expect(throws: FileFailure(.io(code: 5), path: "d/a", operation: .read)) {
      try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
    }
    files.failOpening("d/a", .permissionDenied)
    #expect(throws: FileFailure(.permissionDenied, path: "d/a", operation: .read)) {
      try files.open("d/a")
    }
    files.failWriting("d/new", .noSpace)
    #expect(throws: FileFailure(.noSpace, path: "d/new", operation: .write)) {
      try files.write([1], to: "d/new")
    }
    #expect(throws: FileFailure(.missing, path: "d/new", operation: .inspect)) {
      try files.status(of: "d/new")
    }
  }

  @Test func `a simulated clock moves only when told`() {
    let clock = SimulatedClock(wallTicks: 100)
    clock.advance(nanoseconds: 1_000)
    #expect(clock.wallTicks == 110)
    #expect(clock.monotonicNanoseconds == 1_000)
  }

  @Test func `the system clock counts ticks since year one`() {
    let year2020: Int64 = 637_134_336_000_000_000
    let year9999: Int64 = 3_155_063_616_000_000_000
    #expect((year2020..<year9999).contains(SystemClock().wallTicks))
    let earlier = SystemClock().monotonicNanoseconds
    #expect(SystemClock().monotonicNanoseconds >= earlier)
  }

  @Test func `seeded numbers follow SplitMix64`() {
    let numbers = SeededRandomness(seed: 1_234_567)
    let drawn = (0..<3).map { _ in numbers.nextUInt64() }
    #expect(
      drawn == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
    )
    #expect((0..<1).contains(numbers.nextUnitReal()))
  }

  @Test func `outputs keep the order of writes`() throws {
    let output = MemoryOutput(limitBytes: 6)
    try output.write("abc")
    try output.write([0x64, 0x65])
    try output.flush()
    #expect(output.text == "abcde")
    #expect(throws: FileFailure(.brokenPipe, path: "-", operation: .write)) {
      try output.write("xyz")
    }
  }
}
