/// Why a segment cannot be read: it is never a wrong answer, and concerns this segment only.
public struct SegmentFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Sendable, Equatable {
    /// The bytes are not those that were written; the detail names the part.
    case damaged(String)
    /// The file was written by a newer version.
    case newerFormat(version: UInt32)
    /// The file was written before the format had its present form.
    case olderFormat(version: UInt32)
    /// The file is no segment at all.
    case notASegment
  }

  public let reason: Reason
  /// The file, as the store names it.
  public let path: String

  public init(_ reason: Reason, path: String) {
    self.reason = reason
    self.path = path
  }

  public var description: String {
    switch reason {
    case .damaged(let part):
      "the segment '\(path)' is damaged (\(part)); "
        + "see 'harrier store verify', and restore it from a backup"
    case .newerFormat(let version):
      "the segment '\(path)' has format version \(version), which this harrier does not read; "
        + "use a newer one"
    case .olderFormat(let version):
      "the segment '\(path)' has format version \(version), which this harrier does not read; "
        + "write its rows out with 'harrier store export' of the older one, and ingest them"
    case .notASegment: "'\(path)' is not a segment file"
    }
  }
}
