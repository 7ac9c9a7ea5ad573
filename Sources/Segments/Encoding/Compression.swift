import CZstd
import Columnar

/// Compresses sections with zstd; one a thread.
public final class Compressor {
  private let context = ZSTD_createCCtx()
  private let level: Int32

  /// - Parameter level: zstd's; 1 is fast.
  public init(level: Int32) { self.level = level }

  deinit { ZSTD_freeCCtx(context) }

  /// The compressed bytes, or nil where that saves less than a sixteenth.
  public func compress(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    guard let context, bytes.count >= 64 else { return nil }
    let bound = ZSTD_compressBound(bytes.count)
    let packed = [UInt8](unsafeUninitializedCapacity: bound) { target, count in
      let size = ZSTD_compressCCtx(
        context,
        target.baseAddress,
        bound,
        bytes.baseAddress,
        bytes.count,
        level
      )
      count = ZSTD_isError(size) == 0 ? size : 0
    }
    let isWorthIt = !packed.isEmpty && packed.count < bytes.count - bytes.count / 16
    return isWorthIt ? packed : nil
  }
}

/// Expands what `Compressor` made.
public enum Decompression {
  /// Fills `target` just so; false where the bytes do not expand to that many.
  public static func expand(
    _ bytes: UnsafeRawBufferPointer,
    into target: UnsafeMutableRawBufferPointer
  ) -> Bool {
    let size = ZSTD_decompress(target.baseAddress, target.count, bytes.baseAddress, bytes.count)
    return ZSTD_isError(size) == 0 && size == target.count
  }
}
