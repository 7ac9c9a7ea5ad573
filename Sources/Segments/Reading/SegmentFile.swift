import FileAccess
import Synchronization

/// The checked way to the sections of a file.
struct SegmentFile: Sendable {
  let source: MappedFile
  /// Takes note of what was checked, for a check of the whole file.
  private let log: SectionLog?

  init(_ source: MappedFile, log: SectionLog? = nil) {
    self.source = source
    self.log = log
  }

  /// The bytes of a section whose checksum is right.
  func section(
    offset: UInt64,
    byteCount: UInt32,
    checksum: UInt64,
    of id: SegmentID,
    _ part: @autoclosure () -> String
  ) throws(SegmentFailure) -> UnsafeRawBufferPointer {
    let bytes = source.bytes
    guard offset <= UInt64(bytes.count), UInt64(byteCount) <= UInt64(bytes.count) - offset else {
      throw SegmentFailure(.damaged(part()), path: source.path)
    }
    let start = Int(offset)
    let section = UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(byteCount)])
    guard SegmentLayout.checksum(section, at: start, of: id) == checksum else {
      throw SegmentFailure(.damaged(part()), path: source.path)
    }
    log?.note(start..<start + section.count)
    return section
  }

  /// Reads the footer behind checks of header and trailer.
  func readFooter() throws(SegmentFailure) -> Footer {
    let bytes = source.bytes
    let least = SegmentLayout.headerBytes + SegmentLayout.trailerBytes
    guard bytes.count >= 16, word(0) == SegmentLayout.headerMagic else {
      throw SegmentFailure(.notASegment, path: source.path)
    }
    let version = UInt32(truncatingIfNeeded: word(8))
    if version > SegmentLayout.readable.upperBound {
      throw SegmentFailure(.newerFormat(version: version), path: source.path)
    }
    if version < SegmentLayout.readable.lowerBound {
      throw SegmentFailure(.olderFormat(version: version), path: source.path)
    }
    guard bytes.count >= least else { throw damaged("it ends too early") }
    let id = SegmentID(high: word(16), low: word(24))
    let head = UnsafeRawBufferPointer(rebasing: bytes[..<(SegmentLayout.headerBytes - 8)])
    guard SegmentLayout.checksum(head, at: 0, of: id) == word(SegmentLayout.headerBytes - 8) else {
      throw damaged("header")
    }
    let trailer = bytes.count - SegmentLayout.trailerBytes
    guard word(trailer + 24) == SegmentLayout.trailerMagic, word(trailer + 8) >> 32 == version
    else {
      throw damaged("it ends too early, or its end is broken")
    }
    let footerBytes = UInt32(truncatingIfNeeded: word(trailer + 8))
    let section = try section(
      offset: word(trailer),
      byteCount: footerBytes,
      checksum: word(trailer + 16),
      of: id,
      "footer"
    )
    guard word(trailer) + UInt64(footerBytes) == UInt64(trailer),
      let footer = Footer(section), footer.id == id
    else { throw damaged("footer") }
    log?.note(0..<SegmentLayout.headerBytes)
    log?.note(trailer..<bytes.count)
    return footer
  }

  private func word(_ offset: Int) -> UInt64 {
    source.bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }

  private func damaged(_ part: String) -> SegmentFailure {
    SegmentFailure(.damaged(part), path: source.path)
  }
}

/// The parts of a file that were checked.
final class SectionLog: Sendable {
  private let parts = Mutex<[Range<Int>]>([])

  func note(_ part: Range<Int>) { parts.withLock { $0.append(part) } }

  /// The first byte between the parts that is not zero, as what only fills gaps is.
  func firstStrayByte(in bytes: UnsafeRawBufferPointer) -> Int? {
    var end = 0
    for part in parts.withLock({ $0.sorted { $0.lowerBound < $1.lowerBound } }) {
      let gap = end..<max(end, part.lowerBound)
      if let stray = gap.first(where: { bytes[$0] != 0 }) { return stray }
      end = max(end, part.upperBound)
    }
    return nil
  }
}
