import FileAccess

/// Opens a file or stream as a text: expands gzip, drops a byte order mark, turns UTF-16 to UTF-8.
func openText(_ path: String, in files: any FileSystem) throws(FileFailure) -> TextBlock {
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
  if mark == [0xEF, 0xBB, 0xBF] { return TextBlock(source) }
  let isBigEndian = mark.starts(with: [0xFE, 0xFF])
  if isBigEndian || mark.starts(with: [0xFF, 0xFE]) {
    let rest = PrefixedSource(Array(mark.dropFirst(2)), then: source)
    return TextBlock(UTF16Source(rest, isBigEndian: isBigEndian))
  }
  return TextBlock(PrefixedSource(mark, then: source))
}
