import CSIMD

/// Converts whole texts to one case, code point by code point.
public enum CaseConversion {
  /// Appends the text in lower case. The simple mappings keep the number of code points, not of
  /// bytes.
  public static func appendLowercased(
    _ bytes: UnsafeBufferPointer<UInt8>,
    to text: inout [UInt8]
  ) {
    append(bytes, to: &text, ascii: csimd_lower_ascii, scalar: CaseMapping.lower)
  }

  /// Appends the text in upper case.
  public static func appendUppercased(
    _ bytes: UnsafeBufferPointer<UInt8>,
    to text: inout [UInt8]
  ) {
    append(bytes, to: &text, ascii: csimd_upper_ascii, scalar: CaseMapping.upper)
  }

  /// Writes lower-case text if the source is all ASCII; false, with the target unspecified,
  /// where it is not. The target needs the length of the source.
  public static func lowercaseASCII(
    _ bytes: UnsafeBufferPointer<UInt8>,
    into target: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    return csimd_lower_ascii(base, target, bytes.count)
  }

  /// Writes upper-case text if the source is all ASCII; as `lowercaseASCII` otherwise.
  public static func uppercaseASCII(
    _ bytes: UnsafeBufferPointer<UInt8>,
    into target: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    guard let base = bytes.baseAddress else { return true }
    return csimd_upper_ascii(base, target, bytes.count)
  }

  @inline(__always)
  private static func append(
    _ bytes: UnsafeBufferPointer<UInt8>,
    to text: inout [UInt8],
    ascii: (UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>, Int) -> Bool,
    scalar map: (UInt32) -> UInt32
  ) {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return }
    let start = text.count
    text.append(contentsOf: bytes)
    let done = text.withUnsafeMutableBufferPointer { all in
      guard let target = all.baseAddress else { return true }
      return ascii(base, target + start, bytes.count)
    }
    if done { return }
    text.removeLast(bytes.count)
    var offset = 0
    while offset < bytes.count {
      let scalar = UTF8Scalar(at: offset, in: bytes)
      UTF8Scalar.append(map(scalar.value), to: &text)
      offset &+= scalar.width
    }
  }
}
