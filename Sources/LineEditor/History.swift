/// The entries of before, oldest first.
///
/// As text it is one line an entry, in which a line feed is `\n` and a backslash `\\`; all other
/// bytes stand for themselves.
public struct History: Sendable, Equatable {
  /// The entries, oldest first; none is blank and none repeats the one before it.
  public private(set) var entries: [[UInt8]] = []
  private var totalBytes = 0
  private let entryLimit: Int
  private let byteLimit: Int

  /// Makes an empty history that forgets its oldest entries beyond either limit.
  public init(entryLimit: Int = 10_000, byteLimit: Int = 4 << 20) {
    self.entryLimit = max(entryLimit, 0)
    self.byteLimit = max(byteLimit, 0)
  }

  /// Reads a history from the bytes of a file.
  ///
  /// Any bytes are accepted: unknown escapes stand for themselves, blank lines are skipped.
  public init(decoding bytes: [UInt8], entryLimit: Int = 10_000, byteLimit: Int = 4 << 20) {
    self.init(entryLimit: entryLimit, byteLimit: byteLimit)
    let lines = bytes.split(separator: Self.lineFeed)
    for line in lines.suffix(self.entryLimit) { add(Self.decode(line)) }
  }

  /// Adds an entry without the line ends behind it; says whether it was added.
  ///
  /// Blank entries, repetitions of the last one and entries beyond the limit are not.
  @discardableResult public mutating func add(_ entry: [UInt8]) -> Bool {
    var kept = entry[...]
    while let last = kept.last, last == Self.lineFeed || last == 0x0D { kept.removeLast() }
    let isBlank = kept.allSatisfy(ASCIIFolding.isBlank)
    guard !isBlank, entryLimit > 0, kept.count <= byteLimit else { return false }
    if let last = entries.last, last[...] == kept { return false }
    entries.append(Array(kept))
    totalBytes += kept.count
    forgetOldest()
    return true
  }

  /// The bytes of a file with all entries.
  public func encode() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(totalBytes + entries.count)
    for entry in entries { Self.encode(entry, into: &bytes) }
    return bytes
  }

  /// The bytes to append to a file for the last entry; none where there is no entry.
  public func encodeLast() -> [UInt8] {
    var bytes: [UInt8] = []
    if let last = entries.last { Self.encode(last, into: &bytes) }
    return bytes
  }

  private mutating func forgetOldest() {
    var count = 0
    while entries.count - count > entryLimit || totalBytes > byteLimit {
      totalBytes -= entries[count].count
      count += 1
    }
    entries.removeFirst(count)
  }

  private static let lineFeed: UInt8 = 0x0A
  private static let backslash: UInt8 = 0x5C
  private static let letterN: UInt8 = 0x6E

  private static func encode(_ entry: [UInt8], into bytes: inout [UInt8]) {
    for byte in entry {
      switch byte {
      case lineFeed: bytes += [backslash, letterN]
      case backslash: bytes += [backslash, backslash]
      default: bytes.append(byte)
      }
    }
    bytes.append(lineFeed)
  }

  private static func decode(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var entry: [UInt8] = []
    entry.reserveCapacity(line.count)
    var rest = line
    while let byte = rest.popFirst() {
      switch (byte, rest.first) {
      case (backslash, letterN?):
        entry.append(lineFeed)
        rest.removeFirst()
      case (backslash, backslash?):
        entry.append(backslash)
        rest.removeFirst()
      default: entry.append(byte)
      }
    }
    return entry
  }
}
