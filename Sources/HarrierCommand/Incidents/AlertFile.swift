import FileAccess
import Incidents
import StructuredText

/// The alerts of a file: one a line, an array, or `{"value": […]}` as Graph answers.
struct AlertFile {
  private static let largestBytes = 1 << 30
  /// The most alerts that are read at a time.
  private static let most = 5_000

  private let path: String
  private let bytes: [UInt8]
  /// All of them, where they are one document or few lines.
  private let whole: [DocumentNode]?

  /// Reads a file, or standard input for `-`, and makes sure that all of it can be read, so that
  /// one with a mistake changes nothing.
  ///
  /// - Parameter look: sees each alert before any is given to ``forEach(_:)``.
  init(_ path: String, _ look: (DocumentNode) -> Void = { _ in }) throws {
    self.path = path
    bytes = try LocalFileSystem().readAll(
      path == "-" ? "/dev/stdin" : path,
      limitBytes: Self.largestBytes
    )
    if let root = try? TextDocument(bytes, format: .json).root {
      let alerts = root.items ?? root["value"]?.items ?? [root]
      alerts.forEach(look)
      whole = alerts
      return
    }
    var few: [DocumentNode]? = []
    try Self.forEachLine(of: bytes, path) { node in
      look(node)
      few?.append(node)
      if few?.count ?? 0 > Self.most { few = nil }
    }
    whole = few
  }

  /// All of them.
  func all() throws -> [DocumentNode] {
    var all: [DocumentNode] = []
    try forEach { all += $0 }
    return all
  }

  /// Calls `body` with some of them at a time, in their order.
  func forEach(_ body: ([DocumentNode]) throws -> Void) throws {
    if let whole {
      try body(whole)
      return
    }
    var some: [DocumentNode] = []
    try Self.forEachLine(of: bytes, path) { node in
      some.append(node)
      if some.count < Self.most { return }
      try body(some)
      some = []
    }
    if !some.isEmpty { try body(some) }
  }

  private static func forEachLine(
    of bytes: [UInt8],
    _ path: String,
    _ body: (DocumentNode) throws -> Void
  ) throws {
    var number = 0
    var start = 0
    while start < bytes.count {
      number += 1
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let line = bytes[start..<end]
      start = end + 1
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
      var node: DocumentNode
      do {
        node = try TextDocument(Array(line), format: .json).root
        node.place.line = number
      } catch let failure as DocumentFailure {
        let column = failure.place.map { ", column \($0.column)" } ?? ""
        throw IncidentFailure("\(path), line \(number)\(column): \(failure.message)")
      }
      try body(node)
    }
  }
}
