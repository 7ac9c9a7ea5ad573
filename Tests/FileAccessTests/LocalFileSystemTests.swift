import FileAccess
import Glibc
import HarrierTesting
import Testing

/// Holds the real file system to its protocol, in a folder of its own.
struct LocalFileSystemTests {
  @Test func `writes, replaces, lists and reads`() throws {
    try withTemporaryFolder { folder in
      let files = LocalFileSystem()
      try files.write(Array("one".utf8), to: "\(folder)/b")
      try files.write([], to: "\(folder)/a")
      try files.write(Array("two".utf8), to: "\(folder)/b")
      #expect(try files.list(folder) == ["a", "b"])
      #expect(try files.readAll("\(folder)/b", limitBytes: 10) == Array("two".utf8))
      #expect(try files.readAll("\(folder)/a", limitBytes: 10) == [])
      let status = try files.status(of: "\(folder)/b")
      #expect(status == FileStatus(kind: .regular, sizeBytes: 3))
      #expect(try files.status(of: folder).kind == .directory)
    }
  }

  @Test func `errors are typed and name the path`() throws {
    let files = LocalFileSystem()
    try withTemporaryFolder { folder in
      let missing = "\(folder)/missing"
      #expect(throws: FileFailure(.missing, path: missing, operation: .read)) {
        try files.open(missing)
      }
      #expect(throws: FileFailure(.isDirectory, path: folder, operation: .read)) {
        try files.open(folder)
      }
      #expect(throws: FileFailure(.missing, path: missing, operation: .inspect)) {
        try files.status(of: missing)
      }
      #expect(throws: FileFailure(.missing, path: "\(missing)/x", operation: .write)) {
        try files.write([1], to: "\(missing)/x")
      }
      #expect(throws: FileFailure(.isDirectory, path: folder, operation: .write)) {
        try files.write([1], to: folder)
      }
    }
    for path in ["", "a\0b"] {
      #expect(throws: FileFailure(.invalidPath, path: path, operation: .read)) {
        try files.open(path)
      }
    }
  }

  @Test func `messages say what to do`() {
    let failure = FileFailure(.missing, path: "logs.csv", operation: .read)
    #expect(
      failure.description
        == "cannot read 'logs.csv': no such file or folder; "
        + "check the path, which is relative to the current folder"
    )
    let stream = FileFailure(.truncatedGzip, path: "-", operation: .read)
    #expect(stream.description.hasPrefix("cannot read standard input: the gzip data end"))
    #expect(FileFailure(code: EIO, path: "x", operation: .read).description.contains("errno 5"))
  }

  @Test func `a source of bytes reads a large file whole`() throws {
    try withTemporaryFolder { folder in
      let files = LocalFileSystem()
      let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      try files.write(bytes, to: "\(folder)/large")
      #expect(try files.readAll("\(folder)/large", limitBytes: 300_000) == bytes)
      #expect(throws: FileFailure.self) {
        try files.readAll("\(folder)/large", limitBytes: 299_999)
      }
    }
  }
}
