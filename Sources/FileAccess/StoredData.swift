public import FoundationEssentials

/// Bytes as SQLite's library takes and gives them, which is Foundation's `Data`; no other target
/// names that.
public enum StoredData {
  public static func data(_ bytes: [UInt8]) -> Data { Data(bytes) }

  /// Runs `body` over the bytes, which last no longer; no data are no bytes.
  public static func withBytes<Value>(
    _ data: Data?,
    _ body: (UnsafeRawBufferPointer) throws -> Value
  ) rethrows -> Value {
    guard let data else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    return try data.withUnsafeBytes(body)
  }
}
