import FileAccess
import Incidents
import StructuredText

/// The alerts of a file: one a line, an array, or `{"value": […]}` as Graph answers.
///
/// It is read when this is made, so that one with a mistake changes nothing, and again when its
/// alerts are taken, so that none of them is held meanwhile.
struct AlertFile {
  /// The most alerts, and about the most bytes of them, that are given at a time.
  private static let most = 5_000
  private static let mostBytes = 8 << 20

  private let file: RepeatableFile

  /// Reads a file, or standard input for `-`, and makes sure that all of it can be read.
  ///
  /// - Parameters:
  ///   - spill: where streams are put aside, which can be read once.
  ///   - look: sees each alert before any is given to ``forEach(_:)``.
  init(
    _ path: String,
    spill: any TemporaryFiles = SpillFolder.standard,
    _ look: (DocumentNode) -> Void = { _ in }
  ) throws {
    file = try RepeatableFile(path, spill: spill)
    try read { some in some.forEach(look) }
  }

  /// Refuses a file that is not the one any more that was read.
  func requireUnchanged() throws(IncidentFailure) {
    if file.isUnchanged { return }
    throw IncidentFailure(
      "\(file.path) changed while it was read; nothing was taken, add it again when it is whole"
    )
  }

  /// Calls `body` with some of the alerts at a time, in their order.
  ///
  /// - Throws: also where the file changed since it was read first, or does meanwhile; what `body`
  ///   saw by then is of the file as it is now.
  func forEach(_ body: ([DocumentNode]) throws -> Void) throws {
    do {
      try read(body)
    } catch {
      if file.isUnchanged { throw error }
    }
    if file.isUnchanged { return }
    throw IncidentFailure(
      "\(file.path) changed while its alerts were taken; those before the change and those of "
        + "files before it are kept, add it again when it is whole: what is known changes nothing"
    )
  }

  /// All of what the file has, for what is little.
  func all() throws -> [DocumentNode] {
    var all: [DocumentNode] = []
    try forEach { all += $0 }
    return all
  }

  private func read(_ body: ([DocumentNode]) throws -> Void) throws {
    let source = try file.open()
    let head = try source.readSome(TextDocument.sizeLimit + 1)
    if let root = try? TextDocument(head, format: .json).root {
      return try body(root.items ?? root["value"]?.items ?? [root])
    }
    var lines = AlertLines(source, behind: head)
    var some: [DocumentNode] = []
    var bytes = 0
    while let line = try lines.next() {
      some.append(line.alert)
      bytes += line.bytes
      if some.count < Self.most, bytes < Self.mostBytes { continue }
      try body(some)
      (some, bytes) = ([], 0)
    }
    if !some.isEmpty { try body(some) }
  }
}
