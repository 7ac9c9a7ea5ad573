import Glibc

/// The bytes of a whole file in memory, read from disk as they are touched.
///
/// At least `paddingBytes` readable zero bytes follow the last one, so that kernels may read whole
/// words across the end. A file must not shrink while it is mapped: touching what is gone would
/// end the process. The store never changes a file that it has published, and removing a name
/// leaves the mapping whole.
///
/// Unchecked Sendable: the memory is read-only and lives until `deinit`; every field is constant.
public final class MappedFile: @unchecked Sendable {
  /// Zero bytes that may be read behind the last byte.
  public static let paddingBytes = 64

  /// The path as it was opened, for messages.
  public let path: String
  /// The first byte of the file.
  public let base: UnsafeRawPointer
  /// Bytes of the file, without padding.
  public let byteCount: Int
  /// Bytes of address space to give back; nil where the memory was allocated.
  private let reservedBytes: Int?

  /// All bytes of the file.
  public var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: base, count: byteCount)
  }

  /// Holds a copy of `bytes`, for tests and for data that are not in a file.
  public init(copying bytes: [UInt8], path: String) {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: bytes.count + Self.paddingBytes,
      alignment: 4096
    )
    bytes.withUnsafeBytes { source in
      if let start = source.baseAddress { memory.copyMemory(from: start, byteCount: bytes.count) }
    }
    (memory + bytes.count).initializeMemory(as: UInt8.self, repeating: 0, count: Self.paddingBytes)
    self.path = path
    base = UnsafeRawPointer(memory)
    byteCount = bytes.count
    reservedBytes = nil
  }

  /// Maps an open regular file of `byteCount` bytes.
  ///
  /// Address space for the file and a page more is reserved first; the file is laid over its
  /// front, so that reading behind the last byte meets zeros even where a page is full.
  init(descriptor: Int32, byteCount: Int, path: String) throws(FileFailure) {
    let pageBytes = max(4096, sysconf(Int32(_SC_PAGESIZE)))
    let (sum, overflow) = byteCount.addingReportingOverflow(2 * pageBytes)
    if overflow { throw FileFailure(.tooLarge(limitBytes: .max), path: path, operation: .map) }
    let reserved = sum / pageBytes * pageBytes
    let space = mmap(nil, reserved, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let space, space != MAP_FAILED else {
      throw FileFailure(code: errno, path: path, operation: .map)
    }
    if byteCount > 0 {
      let laid = mmap(space, byteCount, PROT_READ, MAP_SHARED | MAP_FIXED, descriptor, 0)
      if laid == MAP_FAILED {
        let code = errno
        munmap(space, reserved)
        throw FileFailure(code: code, path: path, operation: .map)
      }
    }
    self.path = path
    base = UnsafeRawPointer(space)
    self.byteCount = byteCount
    reservedBytes = reserved
  }

  deinit {
    if let reservedBytes {
      munmap(UnsafeMutableRawPointer(mutating: base), reservedBytes)
    } else {
      UnsafeMutableRawPointer(mutating: base).deallocate()
    }
  }
}
