import Columnar

/// Reads the events of a JSON file into a batch: rows, or rows wrapped in streaming envelopes.
struct JSONEventReader: ~Copyable {
  private let builder: ChunkBuilder
  /// Where events go that name their tables.
  private let router: EventRouter?
  private let path: String
  private let limits: LoadLimits
  /// The table asked for, where its name is a known one; events of others are none of it.
  private let knownTable: String?
  /// Whether the columns of the table say that an object is a row which looks like an array of
  /// records, or like an event of Defender.
  private let hasRecordsColumn: Bool
  private let hasEventColumns: Bool
  private var keys: JSONKeyTable
  /// The column of each key; -1 where it was not looked up yet.
  private var columnOfKey: [Int] = []
  /// Whether the row being read has a key that envelopes have.
  private var hasEnvelopeKey = false
  /// The object that was scanned last.
  private var object: TextView?
  /// Whether `time` stands for the column `TimeGenerated`, as in resource logs.
  private var readsResourceLogs = false
  var batch = CellBatch()

  init(_ builder: ChunkBuilder, path: String, limits: LoadLimits, seed: UInt64) {
    self.builder = builder
    router = builder.router
    self.path = path
    self.limits = limits
    let outline = builder.outline
    knownTable = outline.knownTable
    hasRecordsColumn = outline.column(named: "records") != nil
    hasEventColumns =
      outline.column(named: "category") != nil && outline.column(named: "properties") != nil
    keys = JSONKeyTable(seed: seed)
  }

  /// Reads the object at the cursor as the row being read; the batch takes it only with `take`.
  mutating func scanObject(_ cursor: inout JSONCursor) throws(JSONFault) {
    batch.dropRow()
    hasEnvelopeKey = false
    let start = cursor.position
    try scanMembers(&cursor)
    object = TextView(base: cursor.base + start, count: cursor.position - start)
  }

  /// Reads the members of the object at the cursor behind the cells of the row being read.
  private mutating func scanMembers(_ cursor: inout JSONCursor) throws(JSONFault) {
    cursor.position &+= 1
    cursor.skipBlanks()
    if cursor.current == UInt8(ascii: "}") {
      cursor.position &+= 1
      return
    }
    var key = -1
    while true {
      key = try keys.next(after: key, &cursor)
      if key <= JSONKeyTable.category { hasEnvelopeKey = true }
      cursor.skipBlanks()
      if key == JSONKeyTable.properties, let router, cursor.current == UInt8(ascii: "{") {
        batch.push(try router.scanAhead(&cursor), column: key)
      } else {
        batch.push(try cursor.value(), column: key)
      }
      cursor.skipBlanks()
      if cursor.current == UInt8(ascii: "}") { break }
      try cursor.expect(UInt8(ascii: ","), "',' or '}'")
      cursor.skipBlanks()
    }
    cursor.position &+= 1
  }

  /// Puts the scanned object into the batch: as a row, or as the events that it wraps.
  ///
  /// - Parameter offset: where the record begins in `block`.
  mutating func take(from offset: Int, of block: TextBlock) throws {
    if let router { return try route(by: router, from: offset, of: block) }
    if hasEnvelopeKey, let inner = wrapped() {
      batch.dropRow()
      switch inner {
      case .foreign(let table): noteForeign(table, from: offset, of: block)
      case .records(let array): try takeElements(of: array, from: offset, of: block)
      case .event(let properties, let tenant):
        let record = object
        try scanAgain(properties)
        object = record
        try endEvent(tenant, from: offset, of: block)
      }
      return
    }
    try findColumns(from: offset, of: block)
    endRow(from: offset, of: block)
  }

  /// Puts the objects of an array into the batch.
  mutating func takeElements(
    of array: TextView,
    from offset: Int,
    of block: TextBlock
  ) throws {
    var cursor = JSONCursor(base: array.base, from: 1, to: array.count)
    while true {
      cursor.skipBlanks()
      switch cursor.current {
      case UInt8(ascii: "]"): return
      case UInt8(ascii: ","): cursor.position += 1
      case UInt8(ascii: "{"):
        try scanObject(&cursor)
        try take(from: offset, of: block)
      default:
        let start = cursor.position
        let kind = try cursor.value().kind
        let value = TextView(base: cursor.base + start, count: cursor.position - start)
        builder.reject(
          value,
          at: offset,
          of: block,
          "an event is \(Self.name(kind)), not an object"
        )
      }
      // The array stays in memory, so the batch may go on its way in between.
      if batch.isFull { builder.take(&batch, from: block) }
    }
  }

  private mutating func scanAgain(_ text: TextView) throws {
    var cursor = JSONCursor(base: text.base, from: 0, to: text.count)
    try scanObject(&cursor)
  }

  /// Completes the row of a Defender event, which has the tenant of its envelope.
  private mutating func endEvent(
    _ tenant: Cell?,
    from offset: Int,
    of block: TextBlock
  ) throws {
    try findColumns(from: offset, of: block)
    if let tenant, let index = builder.envelopeTenantColumn {
      let row = batch.rowStart..<batch.count
      let hasTenant = row.contains { batch.cells[$0].column == Int32(truncatingIfNeeded: index) }
      if !hasTenant { batch.push(tenant, column: index) }
    }
    endRow(from: offset, of: block)
  }

  /// Completes the row being read, unless it has to name a tenant and does not.
  private mutating func endRow(from offset: Int, of block: TextBlock) {
    guard let reason = builder.tenantRefusal(of: batch) else {
      return batch.endRow(from: offset)
    }
    batch.dropRow()
    if let object {
      builder.reject(object, at: offset, of: block, reason)
    } else {
      builder.reject(at: offset, of: block, reason)
    }
  }

  /// Turns the keys of the row into columns, and escapes into characters.
  private mutating func findColumns(from offset: Int, of block: TextBlock) throws {
    let cells = batch.cells
    for index in batch.rowStart..<batch.count {
      let key = Int(cells[index].column)
      var column = key < columnOfKey.count ? columnOfKey[key] : -1
      if column < 0 { column = try findColumn(key, from: offset, of: block) }
      cells[index].column = Int32(truncatingIfNeeded: column)
      if cells[index].cell.kind == .escapedString {
        let escaped = cells[index].cell.text
        let text = JSONEscapes.decode(escaped, into: &batch.arena) ?? escaped
        cells[index].cell = Cell(kind: .string, text: text)
      }
    }
  }

  private mutating func findColumn(
    _ key: Int,
    from offset: Int,
    of block: TextBlock
  ) throws -> Int {
    while columnOfKey.count < keys.count { columnOfKey.append(-1) }
    let spelled = keys.text(key)
    let text = JSONEscapes.decode(spelled, into: &batch.arena) ?? spelled
    let name = String(decoding: text.buffer, as: UTF8.self)
    let time =
      key == JSONKeyTable.time && readsResourceLogs
      ? builder.declaredColumn(named: "TimeGenerated") : nil
    guard let index = time ?? builder.column(named: name) else {
      throw IngestionFailure(path, line: block.line(at: offset), limits.columnLimitReason)
    }
    columnOfKey[key] = index
    return index
  }

  /// What an object is known to wrap.
  private enum Wrapped {
    case records(TextView)
    case event(TextView, tenant: Cell?)
    /// An event of another table.
    case foreign(table: String)
  }

  /// Tells envelopes of the Defender streaming API from plain rows.
  private func wrapped() -> Wrapped? {
    if !hasRecordsColumn, batch.count - batch.rowStart == 1,
      let only = cell(JSONKeyTable.records), only.kind == .container,
      only.text[0] == UInt8(ascii: "[")
    {
      return .records(only.text)
    }
    let prefix = "AdvancedHunting-"
    guard !hasEventColumns, let properties = cell(JSONKeyTable.properties),
      properties.kind == .container, properties.text[0] == UInt8(ascii: "{"),
      let category = cell(JSONKeyTable.category), category.kind == .string,
      category.text.buffer.starts(with: prefix.utf8)
    else { return nil }
    let table = category.text.buffer.dropFirst(prefix.utf8.count)
    if let knownTable, !table.elementsEqual(knownTable.utf8) {
      return .foreign(table: String(decoding: table, as: UTF8.self))
    }
    let tenant = cell(JSONKeyTable.tenant)
    return .event(properties.text, tenant: tenant?.kind == .string ? tenant : nil)
  }

  /// Counts an event of another table, or keeps it where nothing may be lost.
  private func noteForeign(_ table: String, from offset: Int, of block: TextBlock) {
    guard builder.outline.keepsForeignEvents, let object else {
      builder.foreignEventCount += 1
      return
    }
    let name = StreamedEvent.short(table)
    let reason = "the event is of the table '\(name)', not of \(builder.outline.table)"
    builder.reject(object, at: offset, of: block, reason)
  }

  /// The cell of a key in the row being read; the last where there are several.
  private func cell(_ key: Int) -> Cell? {
    let wanted = Int32(truncatingIfNeeded: key)
    for index in (batch.rowStart..<batch.count).reversed()
    where batch.cells[index].column == wanted {
      return batch.cells[index].cell
    }
    return nil
  }

  private static func name(_ kind: Cell.Kind) -> String {
    switch kind {
    case .string, .escapedString, .field: "a string"
    case .number: "a number"
    case .true, .false: "a boolean"
    case .null: "null"
    case .container: "an array"
    }
  }
}

// MARK: Routing

extension JSONEventReader {
  /// Hands the scanned object to the table that it names.
  private mutating func route(
    by router: EventRouter,
    from offset: Int,
    of block: TextBlock
  ) throws {
    if case .records(let array)? = wrapped() {
      batch.dropRow()
      return try takeElements(of: array, from: offset, of: block)
    }
    guard let object else { return batch.dropRow() }
    let properties = cell(JSONKeyTable.properties)
    let isObject = properties?.kind == .container && properties?.text[0] == UInt8(ascii: "{")
    let tenant = cell(JSONKeyTable.tenant)
    let event = StreamedEvent(
      object: object,
      properties: isObject ? properties?.text : nil,
      category: text(JSONKeyTable.category),
      type: text(JSONKeyTable.type),
      tenant: tenant?.kind == .string ? tenant : nil
    )
    batch.dropRow()
    if let reason = try router.take(event, from: offset, of: block) {
      builder.reject(object, at: offset, of: block, reason)
    }
  }

  /// The value of a key of the row being read; nil where it is no string.
  private mutating func text(_ key: Int) -> TextView? {
    guard let found = cell(key) else { return nil }
    switch found.kind {
    case .string: return found.text
    case .escapedString:
      return JSONEscapes.decode(found.text, into: &batch.arena) ?? found.text
    default: return nil
    }
  }

  /// Puts the properties of a Defender event into the batch.
  ///
  /// - Parameter isScanned: whether they are the object that was scanned last.
  mutating func takeEvent(
    _ properties: TextView,
    isScanned: Bool,
    of event: StreamedEvent,
    from offset: Int,
    of block: TextBlock
  ) throws {
    if !isScanned { try scanAgain(properties) }
    object = event.object
    try endEvent(event.tenant, from: offset, of: block)
  }

  /// Puts a resource log into the batch: its members, and those of its properties, which count
  /// where both have one.
  mutating func takeMerged(
    _ properties: TextView,
    of event: StreamedEvent,
    from offset: Int,
    of block: TextBlock
  ) throws {
    readsResourceLogs = true
    try scanAgain(event.object)
    batch.dropCells(of: JSONKeyTable.properties)
    var cursor = JSONCursor(base: properties.base, from: 0, to: properties.count)
    try scanMembers(&cursor)
    try findColumns(from: offset, of: block)
    endRow(from: offset, of: block)
  }

  /// Puts an event into the batch that is a row as it stands.
  mutating func takeWhole(
    _ event: StreamedEvent,
    from offset: Int,
    of block: TextBlock
  ) throws {
    try scanAgain(event.object)
    try findColumns(from: offset, of: block)
    endRow(from: offset, of: block)
  }
}
