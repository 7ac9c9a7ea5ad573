import FileAccess

/// Turns UTF-16, as PowerShell and Excel write it, into UTF-8.
final class UTF16Source: ByteSource {
  let path: String
  private let source: any ByteSource
  private let isBigEndian: Bool
  private var ready: [UInt8] = []
  private var position = 0
  /// Bytes whose unit or pair is not complete.
  private var rest: [UInt8] = []
  private var isComplete = false

  /// Starts behind the byte order mark of `source`.
  init(_ source: any ByteSource, isBigEndian: Bool) {
    self.source = source
    self.isBigEndian = isBigEndian
    path = source.path
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
    while position == ready.count {
      if isComplete || buffer.isEmpty { return 0 }
      try readMore()
    }
    let count = min(buffer.count, ready.count - position)
    buffer.copyBytes(from: ready[position..<position + count])
    position += count
    return count
  }

  private func readMore() throws(FileFailure) {
    let held = rest.count
    var bytes = rest + [UInt8](repeating: 0, count: 64 * 1024)
    var failure: FileFailure?
    let count = bytes.withUnsafeMutableBytes { all in
      do throws(FileFailure) {
        return try source.fill(UnsafeMutableRawBufferPointer(rebasing: all[held...]))
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    bytes.removeLast(bytes.count - held - count)
    isComplete = count < 64 * 1024
    convert(bytes)
  }

  private func convert(_ bytes: [UInt8]) {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for index in stride(from: 0, to: bytes.count - 1, by: 2) {
      let first = UInt16(bytes[index])
      let second = UInt16(bytes[index + 1])
      units.append(isBigEndian ? first << 8 | second : second << 8 | first)
    }
    var used = units.count * 2
    if !isComplete, let last = units.last, last & 0xFC00 == 0xD800 {
      units.removeLast()
      used -= 2
    }
    rest = isComplete ? [] : Array(bytes[used...])
    ready = Array(String(decoding: units, as: UTF16.self).utf8)
    position = 0
  }
}
