import FileAccess
import Foundation
import HarrierTesting
import Incidents
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
    #expect(try read(AlertFile(path)) == ids)
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

  private func read(_ file: AlertFile) throws -> [String] {
    var ids: [String] = []
    try file.forEach { some in ids += some.compactMap { $0["id"]?.text } }
    return ids
  }

  @Test("large alerts come fewer at a time") func large() throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "x", count: 1 << 20)
    let lines = (0..<20).map { "{\"id\":\"\($0)\",\"x\":\"\(long)\"}" }
    let file = try AlertFile(try write(lines.joined(separator: "\n"), in: folder))
    var sizes: [Int] = []
    try file.forEach { sizes.append($0.count) }
    #expect(sizes == [8, 8, 4])
    #expect(try read(file) == (0..<20).map { "\($0)" })
  }

  @Test("a line without an end is told, and not read on and on") func longLine() throws {
    let folder = try TemporaryFolder()
    let path = try write("{}\n" + String(repeating: " ", count: 10 << 20), in: folder)
    let failure = #expect(throws: IncidentFailure.self) { _ = try AlertFile(path) }
    #expect(failure?.description.hasSuffix("line 2: the line is longer than 8 MiB") == true)
  }

  @Test("a file that changes between its two readings is refused by name") func changes() throws {
    let folder = try TemporaryFolder()
    let path = try write("{\"id\":\"a\"}\n{\"id\":\"b\"}\n", in: folder)
    let file = try AlertFile(path)
    try file.requireUnchanged()
    _ = try write("{\"id\":\"a\"}\n{\"id\":\n", in: folder)
    let early = #expect(throws: IncidentFailure.self) { try file.requireUnchanged() }
    #expect(early?.description.hasPrefix("\(path) changed while it was read; nothing was") == true)
    let late = #expect(throws: IncidentFailure.self) { _ = try read(file) }
    #expect(late?.description.hasPrefix("\(path) changed while its alerts were taken") == true)
  }

  @Test("a pipe is read once and given twice") func pipe() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    let text = (0..<100_000).map { "{\"id\":\"\($0)\"}" }.joined(separator: "\n")
    let writer = Thread {
      try? FileHandle(forWritingTo: URL(filePath: path)).write(contentsOf: Data(text.utf8))
    }
    writer.start()
    let file = try AlertFile(path, spill: SpillFolder(folder.path))
    #expect(try read(file).count == 100_000)
    #expect(try read(file).count == 100_000)
  }

  private func write(_ text: String, in folder: TemporaryFolder) throws -> String {
    let path = folder.path + "/alerts.ndjson"
    try LocalFileSystem().write(Array(text.utf8), to: path)
    return path
  }
}
