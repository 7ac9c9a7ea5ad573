/// A file or stream whose bytes are read several times, the same each time.
///
/// A pipe, a socket or standard input can be read once, so its bytes are put aside in a temporary
/// file first. A file is opened anew each time, and whoever reads asks whether it is still the
/// same.
public final class RepeatableFile {
  public let path: String
  private let files: any FileSystem
  private let origin: Origin

  private enum Origin {
    case file(FileStamp?)
    case copy(any TemporaryFile, bytes: Int64)
  }

  /// - Parameters:
  ///   - path: `-` is standard input.
  ///   - spill: where streams are put aside.
  public init(
    _ path: String,
    files: any FileSystem = LocalFileSystem(),
    spill: any TemporaryFiles
  ) throws(FileFailure) {
    self.path = path
    self.files = files
    if try files.status(of: path).kind == .stream {
      origin = try Self.copy(of: try files.open(path), spill)
    } else {
      origin = .file(files.stamp(of: path))
    }
  }

  private static func copy(
    of source: any ByteSource,
    _ spill: any TemporaryFiles
  ) throws(FileFailure) -> Origin {
    let copy = try spill.makeTemporaryFile()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    var bytes: Int64 = 0
    while true {
      let count = try source.fill(buffer)
      if count == 0 { return .copy(copy, bytes: bytes) }
      _ = try copy.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      bytes += Int64(count)
    }
  }

  /// Gives the bytes from the begin, expanded if they are gzip.
  public func open() throws(FileFailure) -> any ByteSource {
    switch origin {
    case .file: try files.openExpanded(path)
    case .copy(let copy, let bytes): try expanding(CopySource(copy, bytes: bytes, path: path))
    }
  }

  /// Whether the bytes are those of the first time, as far as the file system knows.
  public var isUnchanged: Bool {
    switch origin {
    case .file(let stamp): files.stamp(of: path) == stamp
    case .copy: true
    }
  }
}

/// Reads a temporary file from its begin.
private final class CopySource: ByteSource {
  let path: String
  private let copy: any TemporaryFile
  private let bytes: Int64
  private var position: Int64 = 0

  init(_ copy: any TemporaryFile, bytes: Int64, path: String) {
    self.copy = copy
    self.bytes = bytes
    self.path = path
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
    let count = Int(min(Int64(buffer.count), bytes - position))
    if count == 0 { return 0 }
    try copy.read(at: position, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
    position += Int64(count)
    return count
  }
}
