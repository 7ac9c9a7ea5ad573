import FileAccess
import Glibc

/// A new empty folder on a real disk; it goes with all that is in it when this is released.
public final class TemporaryFolder {
  /// Says that no folder could be made.
  public struct Failure: Error {
    let code: Int32
  }

  public let path: String

  /// Makes a folder in `base`.
  public init(in base: String = "/tmp") throws {
    var template = Array("\(base)/harrier-test-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }
    }
    guard let made else { throw Failure(code: errno) }
    path = String(cString: made)
  }

  deinit { Self.remove(path) }

  private static func remove(_ folder: String) {
    let files = LocalFileSystem()
    for name in (try? files.list(folder)) ?? [] {
      let path = folder + "/" + name
      if unlink(path) != 0 { remove(path) }
    }
    rmdir(folder)
  }
}

/// Runs `body` with a new empty folder that is removed afterwards with all that is in it.
public func withTemporaryFolder(_ body: (String) throws -> Void) throws {
  let folder = try TemporaryFolder()
  try body(folder.path)
  withExtendedLifetime(folder) {}
}
