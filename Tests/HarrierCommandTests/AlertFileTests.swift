import FileAccess
import HarrierTesting
import StructuredText
import Testing

@testable import HarrierCommand

/// Files of alerts are read in each of their shapes, and wholly or not at all.
struct AlertFileTests {
  @Test(
    "alerts a line, in an array, as Graph answers, and alone",
    arguments: [
      ("{\"id\":\"a\"}\n\n{\"id\":\"b\"}\r\n", ["a", "b"]),
      ("[{\"id\":\"a\"},\n{\"id\":\"b\"}]", ["a", "b"]),
      ("{\"value\":[{\"id\":\"a\"}]}\n", ["a"]),
      ("{\"id\":\"a\"}", ["a"]),
    ]
  )
  func shapes(text: String, ids: [String]) throws {
    let folder = try TemporaryFolder()
    let path = try write(text, in: folder)
    #expect(try AlertFile(path).all().map { $0["id"]?.text } == ids)
  }

  @Test("a line with a mistake is told before any alert is given") func mistake() throws {
    let folder = try TemporaryFolder()
    let path = try write("{\"id\":\"a\"}\n{\"id\":\n{\"id\":\"c\"}\n", in: folder)
    let failure = #expect(throws: (any Error).self) { _ = try AlertFile(path) }
    #expect("\(failure as Any)".contains("line 2, column "))
    #expect(!"\(failure as Any)".contains("DocumentFailure"))
  }

  @Test("more than are read at a time come in their order, some at a time") func chunks() throws {
    let folder = try TemporaryFolder()
    let lines = (0..<10_001).map { "{\"id\":\"\($0)\"}" }.joined(separator: "\n")
    let path = try write(lines, in: folder)
    var sizes: [Int] = []
    var ids: [String] = []
    try AlertFile(path).forEach { some in
      sizes.append(some.count)
      ids += some.compactMap { $0["id"]?.text }
    }
    #expect(sizes == [5_000, 5_000, 1])
    #expect(ids == (0..<10_001).map { "\($0)" })
  }

  private func write(_ text: String, in folder: TemporaryFolder) throws -> String {
    let path = folder.path + "/alerts.ndjson"
    try LocalFileSystem().write(Array(text.utf8), to: path)
    return path
  }
}
