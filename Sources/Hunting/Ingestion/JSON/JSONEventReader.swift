import Columnar

/// Reads the events of a JSON file into a batch: rows, or rows wrapped in streaming envelopes.
struct JSONEventReader: ~Copyable {
  private let builder: ChunkBuilder
  private let path: String
  private let limits: LoadLimits
  /// The table asked for, where its name is a known one; events of others are passed over.
  private let knownTable: String?
  private var keys: JSONKeyTable
  /// The column of each key; -1 where it was not looked up yet.
  private var columnOfKey: [Int] = []
  /// Whether the row being read has a key that envelopes have.
  private var hasEnvelopeKey = false
  var batch = CellBatch()

  init(_ builder: ChunkBuilder, path: String, limits: LoadLimits, seed: UInt64) {
    self.builder = builder
    self.path = path
    self.limits = limits
    knownTable = builder.outline.knownTable
    keys = JSONKeyTable(seed: seed)
  }

  /// Reads the object at the cursor as the row being read; the batch takes it only with `take`.
  mutating func scanObject(_ cursor: inout JSONCursor) throws(JSONFault) {
    batch.dropRow()
    hasEnvelopeKey = false
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
      batch.push(try cursor.value(), column: key)
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
    if hasEnvelopeKey, let inner = wrapped() {
      batch.dropRow()
      switch inner {
      case .foreign: builder.foreignEventCount += 1
      case .records(let array): try takeElements(of: array, from: offset, of: block)
      case .event(let properties, let tenant):
        try takeEvent(properties, tenant, from: offset, of: block)
      }
      return
    }
    try findColumns(from: offset, of: block)
    batch.endRow(from: offset)
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
        let kind = try cursor.value().kind
        builder.reject(
          at: offset,
          of: block,
          "an event is \(Self.name(kind)), not an object"
        )
      }
      // The array stays in memory, so the batch may go on its way in between.
      if batch.isFull { builder.take(&batch, from: block) }
    }
  }

  private mutating func takeEvent(
    _ properties: TextView,
    _ tenant: Cell?,
    from offset: Int,
    of block: TextBlock
  ) throws {
    var cursor = JSONCursor(base: properties.base, from: 0, to: properties.count)
    try scanObject(&cursor)
    try findColumns(from: offset, of: block)
    if let tenant, let index = builder.declaredColumn(named: "TenantId") {
      let row = batch.rowStart..<batch.count
      let hasTenant = row.contains { batch.cells[$0].column == Int32(truncatingIfNeeded: index) }
      if !hasTenant { batch.push(tenant, column: index) }
    }
    batch.endRow(from: offset)
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
    guard let index = builder.column(named: name) else {
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
    case foreign
  }

  /// Tells envelopes of the Defender streaming API from plain rows.
  private func wrapped() -> Wrapped? {
    if batch.count - batch.rowStart == 1, let only = cell(JSONKeyTable.records),
      only.kind == .container, only.text[0] == UInt8(ascii: "[")
    {
      return .records(only.text)
    }
    let prefix = "AdvancedHunting-"
    guard let properties = cell(JSONKeyTable.properties), properties.kind == .container,
      properties.text[0] == UInt8(ascii: "{"), let category = cell(JSONKeyTable.category),
      category.kind == .string, category.text.buffer.starts(with: prefix.utf8)
    else { return nil }
    let table = category.text.buffer.dropFirst(prefix.utf8.count)
    if let knownTable, !table.elementsEqual(knownTable.utf8) { return .foreign }
    let tenant = cell(JSONKeyTable.tenant)
    return .event(properties.text, tenant: tenant?.kind == .string ? tenant : nil)
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
