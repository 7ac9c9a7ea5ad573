import FileAccess
import HarrierTesting
import Testing

struct SpillFolderTests {
  @Test("temporary files have no name, and hold what was added")
  func unnamed() throws {
    let folder = try TemporaryFolder()
    let file = try SpillFolder(folder.path).makeTemporaryFile()
    #expect(try LocalFileSystem().list(folder.path).isEmpty)
    let first = Array("first".utf8)
    let second = [UInt8](repeating: 7, count: 100_000)
    #expect(try first.withUnsafeBytes { try file.append($0) } == 0)
    #expect(try second.withUnsafeBytes { try file.append($0) } == 5)
    var back = [UInt8](repeating: 0, count: 100_003)
    try back.withUnsafeMutableBytes { try file.read(at: 2, into: $0) }
    #expect(back == Array("rst".utf8) + second)
    #expect(throws: FileFailure.self) {
      try back.withUnsafeMutableBytes { try file.read(at: 10, into: $0) }
    }
  }

  @Test("names that a killed process left go when the folder is used again")
  func leftovers() throws {
    let folder = try TemporaryFolder()
    let files = LocalFileSystem()
    try files.write([], to: folder.path + "/harrier-1-2.spill")
    try files.write([1], to: folder.path + "/notes.txt")
    _ = try SpillFolder(folder.path).makeTemporaryFile()
    #expect(try files.list(folder.path) == ["notes.txt"])
  }

  @Test("a missing folder is named")
  func missing() {
    let failure = #expect(throws: FileFailure.self) {
      _ = try SpillFolder("/nowhere/at/all").makeTemporaryFile()
    }
    #expect(failure?.reason == .missing && failure?.path == "/nowhere/at/all")
  }
}
