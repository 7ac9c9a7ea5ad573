import FileAccess
import Incidents
import StructuredText

/// The lines of a source that are not blank, each a document of JSON, as they are read.
struct AlertLines {
  private static let chunkBytes = 1 << 20

  private let source: any ByteSource
  /// What is read and not given yet.
  private var waiting: [UInt8]
  private var start = 0
  private var isComplete = false
  private var number = 0

  /// - Parameter head: bytes that were already read of the source.
  init(_ source: any ByteSource, behind head: [UInt8]) {
    self.source = source
    waiting = head
  }

  /// The next alert with the bytes of its line; nil at the end.
  mutating func next() throws -> (alert: DocumentNode, bytes: Int)? {
    while let line = try nextLine() {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
      do {
        var alert = try TextDocument(line, format: .json).root
        alert.place.line = number
        return (alert, line.count)
      } catch let failure as DocumentFailure {
        let column = failure.place.map { ", column \($0.column)" } ?? ""
        throw IncidentFailure("\(source.path), line \(number)\(column): \(failure.message)")
      }
    }
    return nil
  }

  private mutating func nextLine() throws -> ArraySlice<UInt8>? {
    var searched = start
    while true {
      if let end = waiting[searched...].firstIndex(of: 0x0A) {
        defer { start = end + 1 }
        number += 1
        return waiting[start..<end]
      }
      if isComplete {
        if start == waiting.count { return nil }
        defer { start = waiting.count }
        number += 1
        return waiting[start...]
      }
      searched = waiting.count - start
      if searched > TextDocument.sizeLimit {
        let most = TextDocument.sizeLimit >> 20
        throw IncidentFailure(
          "\(source.path), line \(number + 1): the line is longer than \(most) MiB"
        )
      }
      try refill()
    }
  }

  private mutating func refill() throws {
    waiting.removeFirst(start)
    start = 0
    let more = try source.readSome(Self.chunkBytes)
    isComplete = more.isEmpty
    waiting += more
  }
}
