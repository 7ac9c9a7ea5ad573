/// A line that could not be ingested, as it was sent.
public struct DeadLetter: Sendable, Equatable {
  /// The file or stream that it came from.
  public var source: String
  /// Where it starts there, in bytes.
  public var offset: Int64
  /// Its number there, from 1.
  public var line: Int64
  /// Why it could not be ingested.
  public var reason: String
  /// The line itself, byte for byte.
  public var bytes: [UInt8]
  /// How it was read, in the words of whoever sends it: opaque here, given back with the letter.
  public var reading: [UInt8] = []

  public init(source: String, offset: Int64, line: Int64, reason: String, bytes: [UInt8]) {
    self.source = source
    self.offset = offset
    self.line = line
    self.reason = reason
    self.bytes = bytes
  }
}

/// A file of dead letters of one batch and table.
public struct DeadLetterFile: Sendable, Equatable {
  public let id: String
  public let tenant: String
  public let table: String
  public let batch: String
  /// When the batch landed, in ticks.
  public let writtenTicks: Int64
  public let letterCount: Int64
  public let byteCount: Int64
  let path: String
  let checksum: UInt32
}

/// What the catalogue keeps of a finished file of dead letters.
struct DeadLetterSummary: Sendable {
  let id: String
  let table: String
  let move: FileMove
  let letterCount: Int64
  let byteCount: Int64
  let checksum: UInt32
}
