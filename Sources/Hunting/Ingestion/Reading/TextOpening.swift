import Columnar
import FileAccess

/// Opens a file or stream as a text: expands gzip, drops a byte order mark, turns UTF-16 to UTF-8.
func openText(_ path: String, in files: any FileSystem) throws(FileFailure) -> any ByteSource {
  let source = try files.openExpanded(path)
  var mark = [UInt8](repeating: 0, count: 3)
  var failure: FileFailure?
  let count = mark.withUnsafeMutableBytes { buffer in
    do throws(FileFailure) {
      return try source.fill(buffer)
    } catch {
      failure = error
      return 0
    }
  }
  if let failure { throw failure }
  mark.removeLast(3 - count)
  if mark == [0xEF, 0xBB, 0xBF] { return source }
  let isBigEndian = mark.starts(with: [0xFE, 0xFF])
  if isBigEndian || mark.starts(with: [0xFF, 0xFE]) {
    let rest = PrefixedSource(Array(mark.dropFirst(2)), then: source)
    return UTF16Source(rest, isBigEndian: isBigEndian)
  }
  return PrefixedSource(mark, then: source)
}

/// Hands out the bytes of a source and keeps them, so that they can be read again.
final class RewindableSource: ByteSource {
  let path: String
  private let source: any ByteSource
  /// The bytes so far; nil once they are not kept any more.
  private var kept: [UInt8]? = []

  init(_ source: any ByteSource) {
    self.source = source
    path = source.path
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
    let count = try source.read(into: buffer)
    kept?.append(contentsOf: buffer.prefix(count))
    return count
  }

  /// Keeps no more bytes.
  func forget() { kept = nil }

  /// Gives the source from its begin; this one must not be used afterwards.
  func rewound() -> any ByteSource {
    guard let kept else { unreachable("a source that forgets is not rewound") }
    self.kept = nil
    return PrefixedSource(kept, then: source)
  }
}
