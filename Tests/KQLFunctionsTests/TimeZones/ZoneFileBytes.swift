/// Makes zone files (TZif) for tests.
struct ZoneFileBytes {
  /// Unix seconds and the distance from UTC that follows.
  var changes: [(at: Int64, offset: Int32)] = []
  var firstOffset: Int32 = 0
  var footer: String? = ""
  var leapCount: UInt32 = 0

  /// A file of version 2, or of version 1 where there is no footer.
  var bytes: [UInt8] {
    guard let footer else { return block(version: 0, timeWidth: 4) }
    return ZoneFileBytes().block(version: 0x32, timeWidth: 4)
      + block(version: 0x32, timeWidth: 8) + Array("\n\(footer)\n".utf8)
  }

  private func block(version: UInt8, timeWidth: Int) -> [UInt8] {
    var bytes = Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
    let counts: [UInt32] = [
      0, 0, leapCount, UInt32(changes.count), UInt32(changes.count + 1), 4,
    ]
    for count in counts { bytes += Self.bigEndian(count) }
    for change in changes { bytes += Self.bigEndian(change.at).suffix(timeWidth) }
    for index in changes.indices { bytes.append(UInt8(index + 1)) }
    for offset in [firstOffset] + changes.map(\.offset) {
      bytes += Self.bigEndian(offset) + [0, 0]
    }
    bytes += Array("ABC\0".utf8)
    return bytes + [UInt8](repeating: 0, count: Int(leapCount) * (timeWidth + 4))
  }

  private static func bigEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
  }
}
