import Columnar

extension TimeZoneRules {
  /// The first bytes of a zone file.
  public static let magic: [UInt8] = Array("TZif".utf8)

  /// Reads a zone file (TZif, RFC 8536); nil for bytes that are none or are damaged.
  ///
  /// Files of version 2 and later hold all a second time with 64-bit times, and then a footer
  /// with rules for later times: those are what is used. Files that count leap seconds are
  /// refused, since KQL does not count them.
  public init?(zoneFile bytes: [UInt8]) {
    var reader = ZoneFileReader(bytes)
    guard var header = reader.header() else { return nil }
    if header.version > 0 {
      guard reader.skip(header.byteCount(timeWidth: 4)), let second = reader.header() else {
        return nil
      }
      header = second
    }
    let width = header.version > 0 ? 8 : 4
    guard let changes = reader.changes(header, timeWidth: width) else { return nil }
    var footer: ZoneFooter?
    if header.version > 0 {
      guard let text = reader.footer() else { return nil }
      if !text.isEmpty {
        guard let parsed = ZoneFooter(text) else { return nil }
        footer = parsed
      }
    }
    self.init(
      firstOffset: changes.firstOffset,
      starts: changes.starts,
      offsets: changes.offsets,
      footer: footer
    )
  }
}

/// Reads the parts of a zone file in order; each gives nil where the bytes do not allow it.
private struct ZoneFileReader {
  /// What a header says is to come.
  struct Header {
    let version: UInt8
    let isUTCCount: Int
    let isStandardCount: Int
    let leapCount: Int
    let timeCount: Int
    let typeCount: Int
    let nameByteCount: Int

    /// The bytes of the block behind the header.
    func byteCount(timeWidth: Int) -> Int {
      timeCount &* (timeWidth &+ 1) &+ typeCount &* 6 &+ nameByteCount
        &+ leapCount &* (timeWidth &+ 4) &+ isStandardCount &+ isUTCCount
    }
  }

  /// When distances change and to what.
  struct Changes {
    let firstOffset: Int64
    var starts: [Int64] = []
    var offsets: [Int64] = []
  }

  private static let epochSeconds = DateTime.unixEpochTicks / TimeSpan.ticksPerSecond

  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func header() -> Header? {
    guard let magic = take(4), magic.elementsEqual(TimeZoneRules.magic),
      let version = take(1)?.first, skip(15)
    else { return nil }
    var counts: [Int] = []
    for _ in 0..<6 {
      guard let count = number(width: 4) else { return nil }
      counts.append(Int(UInt32(truncatingIfNeeded: count)))
    }
    return Header(
      version: version,
      isUTCCount: counts[0],
      isStandardCount: counts[1],
      leapCount: counts[2],
      timeCount: counts[3],
      typeCount: counts[4],
      nameByteCount: counts[5]
    )
  }

  mutating func changes(_ header: Header, timeWidth: Int) -> Changes? {
    let end = position &+ header.byteCount(timeWidth: timeWidth)
    guard end <= bytes.count, header.typeCount > 0, header.leapCount == 0 else { return nil }
    var starts: [Int64] = []
    for _ in 0..<header.timeCount {
      guard let time = number(width: timeWidth) else { return nil }
      let (start, overflow) = time.addingReportingOverflow(Self.epochSeconds)
      if overflow || starts.last.map({ $0 >= start }) ?? false { return nil }
      starts.append(start)
    }
    guard let kinds = take(header.timeCount) else { return nil }
    var offsets: [Int64] = []
    for _ in 0..<header.typeCount {
      guard let offset = number(width: 4), skip(2),
        offset.magnitude <= TimeZoneRules.greatestOffset.magnitude
      else { return nil }
      offsets.append(offset)
    }
    var changes = Changes(firstOffset: offsets[0])
    for (start, kind) in zip(starts, kinds) {
      guard Int(kind) < offsets.count else { return nil }
      changes.starts.append(start)
      changes.offsets.append(offsets[Int(kind)])
    }
    position = end
    return changes
  }

  /// The text between two line feeds at the end of the file.
  mutating func footer() -> [UInt8]? {
    let lineFeed: UInt8 = 0x0A
    guard take(1)?.first == lineFeed,
      let end = bytes[position...].firstIndex(of: lineFeed)
    else { return nil }
    return Array(bytes[position..<end])
  }

  mutating func skip(_ count: Int) -> Bool { take(count) != nil }

  /// A signed number, highest byte first.
  private mutating func number(width: Int) -> Int64? {
    guard let digits = take(width) else { return nil }
    let word = digits.reduce(UInt64(0)) { $0 &<< 8 | UInt64($1) }
    let unused = UInt64(64 &- width &* 8)
    return Int64(bitPattern: word &<< unused) &>> Int64(unused)
  }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= bytes.count &- position else { return nil }
    defer { position &+= count }
    return bytes[position..<position &+ count]
  }
}
