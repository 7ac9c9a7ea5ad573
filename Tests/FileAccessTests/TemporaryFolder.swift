import FileAccess
import Glibc
import Testing

/// Runs `body` with a new empty folder that is removed afterwards with all that is in it.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
  var template = Array("/tmp/harrier-test-XXXXXX".utf8CString)
  let made = template.withUnsafeMutableBufferPointer { buffer in
    buffer.baseAddress.flatMap { mkdtemp($0) }
  }
  let folder = String(cString: try #require(made))
  defer { removeTree(folder) }
  try body(folder)
}

private func removeTree(_ folder: String) {
  let files = LocalFileSystem()
  for name in (try? files.list(folder)) ?? [] {
    let path = folder + "/" + name
    if unlink(path) != 0 { removeTree(path) }
  }
  rmdir(folder)
}
