import FileAccess
import Testing

/// Holds transparent gzip to: all members, no silent loss, clear errors.
struct GzipTests {
  private func read(
    _ bytes: [UInt8],
    longestRead: Int = .max,
    limitBytes: Int = 1000
  ) throws -> String {
    let files = SimulatedFileSystem(["f": bytes], longestRead: longestRead)
    return String(decoding: try files.readAll("f", limitBytes: limitBytes), as: UTF8.self)
  }

  @Test(arguments: [1, 2, 3, 7, 1000])
  func `expands all members however short the reads are`(longestRead: Int) throws {
    let both = GzipSamples.first + GzipSamples.second
    #expect(try read(both, longestRead: longestRead) == "first\nsecond\n")
  }

  @Test func `plain bytes pass unchanged`() throws {
    #expect(try read(Array("plain".utf8)) == "plain")
    #expect(try read([]) == "")
    #expect(try read([0x1f]) == "\u{1f}")
  }

  @Test func `zero padding after the data is accepted`() throws {
    #expect(try read(GzipSamples.first + [0, 0, 0]) == "first\n")
  }

  @Test func `a member that is cut off is an error wherever the cut is`() {
    for length in 2..<GzipSamples.second.count {
      let cut = GzipSamples.first + GzipSamples.second.prefix(length)
      #expect(throws: FileFailure(.truncatedGzip, path: "f", operation: .read)) {
        try read(cut)
      }
    }
  }

  @Test func `good bytes come before the error of a cut`() throws {
    let cut = GzipSamples.first + GzipSamples.second.prefix(6)
    let source = try SimulatedFileSystem(["f": cut]).openExpanded("f")
    var buffer = [UInt8](repeating: 0, count: 100)
    let count = try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
    #expect(String(decoding: buffer[..<count], as: UTF8.self) == "first\n")
    #expect(throws: FileFailure.self) {
      try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
    }
  }

  @Test func `damage and foreign bytes are errors`() {
    var damaged = GzipSamples.first
    damaged[damaged.count - 6] ^= 0xff
    #expect(throws: FileFailure.self) { try read(damaged) }
    #expect(throws: FileFailure.self) { try read(GzipSamples.first + [0x41]) }
  }

  @Test func `the limit counts expanded bytes`() {
    #expect(throws: FileFailure(.tooLarge(limitBytes: 5), path: "f", operation: .read)) {
      try read(GzipSamples.first, limitBytes: 5)
    }
  }
}
