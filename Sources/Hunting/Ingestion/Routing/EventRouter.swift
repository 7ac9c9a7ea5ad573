import Columnar

/// Sends the events of a stream into the chunks of the tables that they name.
///
/// Belongs to one thread, as the builder does that has it.
final class EventRouter {
  /// A table and what was read of it since the last chunk.
  private final class Target {
    let builder: ChunkBuilder
    var events: JSONEventReader

    init(_ outline: TableOutline, path: String, limits: LoadLimits, seed: UInt64) {
      builder = ChunkBuilder(outline, limits: limits, seed: seed)
      events = JSONEventReader(builder, path: path, limits: limits, seed: seed)
    }
  }

  private let tables: RoutedTables
  private let tenantColumn: String?
  private let limits: LoadLimits
  private let seed: UInt64
  /// Targets in the order in which they came.
  private var targets: [Target] = []
  private var targetByTable: [String: Target] = [:]
  /// The way of the last event that went to a table; events of one kind mostly come together.
  private var last: Way?

  /// The properties that were read ahead, and where their row waits.
  private var ahead: (properties: UnsafePointer<UInt8>, target: Target)?

  /// What named a table, and the way that such events go.
  private struct Way {
    let name: [UInt8]
    let isCategory: Bool
    let form: StreamedEvent.Form
    let target: Target
  }

  init(_ tables: RoutedTables, tenantColumn: String?, limits: LoadLimits, seed: UInt64) {
    self.tables = tables
    self.tenantColumn = tenantColumn
    self.limits = limits
    self.seed = seed
  }

  /// Reads the properties of an event as a row of the table that the last one went to, since most
  /// go the same way; whether this one does is known when all of it was read.
  func scanAhead(_ cursor: inout JSONCursor) throws(JSONFault) -> Cell {
    ahead = nil
    guard let last, last.form == .properties else { return try cursor.value() }
    let start = cursor.base + cursor.position
    try last.target.events.scanObject(&cursor)
    ahead = (start, last.target)
    let count = cursor.base + cursor.position - start
    return Cell(kind: .container, text: TextView(base: start, count: count))
  }

  /// Takes an event; returns why it goes to no table where it does not.
  ///
  /// - Parameter offset: where the record that it stands in begins in `block`.
  func take(
    _ event: StreamedEvent,
    from offset: Int,
    of block: TextBlock
  ) throws -> String? {
    let way: Way
    if let naming = event.naming, let last, last.isCategory == naming.isCategory,
      naming.text.buffer.elementsEqual(last.name)
    {
      way = last
    } else {
      switch event.route(tables) {
      case .unknown(let reason): return reason
      case .table(let table, let form):
        way = Way(
          name: event.naming?.text.bytes ?? [],
          isCategory: event.naming?.isCategory ?? false,
          form: form,
          target: target(table, path: block.path)
        )
        last = way
      }
    }
    let target = way.target
    switch (way.form, event.properties) {
    case (.properties, let members?):
      let isScanned = ahead?.properties == members.base && ahead?.target === target
      ahead = nil
      try target.events.takeEvent(
        members,
        isScanned: isScanned,
        of: event,
        from: offset,
        of: block
      )
    case (.merged, let members?):
      try target.events.takeMerged(members, of: event, from: offset, of: block)
    default: try target.events.takeWhole(event, from: offset, of: block)
    }
    if target.events.batch.isFull { target.builder.take(&target.events.batch, from: block) }
    return nil
  }

  /// Lets go of the text of a block.
  func flush(from block: TextBlock) {
    for target in targets { target.builder.take(&target.events.batch, from: block) }
  }

  /// The chunks of the tables that got events since the last ones.
  func finishChunks(path: String) -> [IngestedChunk] {
    targets.filter(\.builder.hasContent).map {
      $0.builder.finishChunk(path: path, textBytes: 0, replacedSequences: 0)
    }
  }

  private func target(_ table: String, path: String) -> Target {
    if let known = targetByTable[table] { return known }
    let outline = tables.outline(of: table, tenantColumn: tenantColumn)
    let target = Target(outline, path: path, limits: limits, seed: seed)
    targets.append(target)
    targetByTable[table] = target
    return target
  }
}
