import Columnar

/// Reads the events of a JSON file into a table: rows, or rows wrapped in streaming envelopes.
final class JSONEventReader {
  private let collector: TableCollector
  /// The table asked for, where its name is a known one; events of others are passed over.
  private let knownTable: String?
  private let keys: JSONKeyTable
  private var members: [JSONMember] = []
  /// The column of each key; -1 where it was not looked up yet.
  private var columnOfKey: [Int] = []
  /// The object in which each key came last, to find keys that come twice.
  private var objectOfKey: [Int] = []
  private var objectCount = 0
  private var escapes = JSONEscapes()

  init(_ collector: TableCollector, knownTable: String?, seed: UInt64) {
    self.collector = collector
    self.knownTable = knownTable
    keys = JSONKeyTable(seed: seed)
  }

  /// Reads the members of the object at the cursor; nothing is put into the table yet.
  func scanObject(_ cursor: inout JSONCursor) throws(JSONFault) {
    members.removeAll(keepingCapacity: true)
    objectCount &+= 1
    cursor.position &+= 1
    cursor.skipBlanks()
    if cursor.current == UInt8(ascii: "}") {
      cursor.position &+= 1
      return
    }
    var key = -1
    while true {
      key = try keys.next(after: key, &cursor)
      cursor.skipBlanks()
      note(try cursor.value(key: key))
      cursor.skipBlanks()
      if cursor.current == UInt8(ascii: "}") { break }
      try cursor.expect(UInt8(ascii: ","), "',' or '}'")
      cursor.skipBlanks()
    }
    cursor.position &+= 1
  }

  /// Keeps a member; of two with the same key the later one.
  @inline(__always)
  private func note(_ member: JSONMember) {
    while objectOfKey.count <= member.key {
      objectOfKey.append(0)
      columnOfKey.append(-1)
    }
    if objectOfKey[member.key] == objectCount {
      members.removeAll { $0.key == member.key }
    }
    objectOfKey[member.key] = objectCount
    members.append(member)
  }

  /// Puts the scanned object into the table: as a row, or as the events that it wraps.
  func take(at place: () -> (path: String, line: Int)) throws {
    if members.contains(where: { $0.key <= JSONKeyTable.category }), let inner = wrapped() {
      switch inner {
      case .foreign: collector.report.foreignEventCount += 1
      case .records(let array): try takeElements(of: array, at: place)
      case .event(let properties, let tenant): try takeEvent(properties, tenant, at: place)
      }
      return
    }
    try appendMembers(at: place)
    collector.endRow()
  }

  /// Puts the objects of an array into the table.
  func takeElements(of array: TextView, at place: () -> (path: String, line: Int)) throws {
    var cursor = JSONCursor(base: array.base, from: 1, to: array.count)
    while true {
      cursor.skipBlanks()
      switch cursor.current {
      case UInt8(ascii: "]"): return
      case UInt8(ascii: ","): cursor.position += 1
      case UInt8(ascii: "{"):
        try scanObject(&cursor)
        try take(at: place)
      default:
        let element = try cursor.value(key: 0)
        let (path, line) = place()
        collector.noteBadLine(path, line, "an event is \(name(element.kind)), not an object")
      }
    }
  }

  private func takeEvent(
    _ properties: TextView,
    _ tenant: JSONMember?,
    at place: () -> (path: String, line: Int)
  ) throws {
    var cursor = JSONCursor(base: properties.base, from: 0, to: properties.count)
    try scanObject(&cursor)
    try appendMembers(at: place)
    if let tenant, let index = collector.declaredColumn(named: "TenantId") {
      collector.append(Cell(kind: .string, text: tenant.value), to: index, place: place)
    }
    collector.endRow()
  }

  private func appendMembers(at place: () -> (path: String, line: Int)) throws {
    for member in members {
      var index = columnOfKey[member.key]
      if index < 0 { index = try findColumn(member.key, at: place) }
      var text = member.value
      if member.hasEscapes { text = escapes.decode(text) ?? text }
      collector.append(Cell(kind: member.kind, text: text), to: index, place: place)
    }
  }

  private func findColumn(
    _ key: Int,
    at place: () -> (path: String, line: Int)
  ) throws -> Int {
    let spelled = keys.text(key)
    // Keys rarely hold escapes; the copy gives the decoder its room to read ahead.
    let padded = spelled.bytes + [UInt8](repeating: 0, count: 64)
    let name = padded.withTextView { text in
      let name = text.part(0, spelled.count)
      return String(decoding: (escapes.decode(name) ?? name).buffer, as: UTF8.self)
    }
    guard let index = collector.column(named: name) else {
      let (path, line) = place()
      throw IngestionFailure(path, line: line, collector.columnLimitReason)
    }
    columnOfKey[key] = index
    return index
  }

  /// What an object is known to wrap.
  private enum Wrapped {
    case records(TextView)
    case event(TextView, tenant: JSONMember?)
    /// An event of another table.
    case foreign
  }

  /// Tells envelopes of the Defender streaming API from plain rows.
  private func wrapped() -> Wrapped? {
    if members.count == 1, let only = members.first, only.key == JSONKeyTable.records,
      only.kind == .container, only.value[0] == UInt8(ascii: "[")
    {
      return .records(only.value)
    }
    let prefix = "AdvancedHunting-"
    guard let properties = members.first(where: { $0.key == JSONKeyTable.properties }),
      properties.kind == .container, properties.value[0] == UInt8(ascii: "{"),
      let category = members.first(where: { $0.key == JSONKeyTable.category }),
      category.kind == .string, category.value.buffer.starts(with: prefix.utf8)
    else { return nil }
    let table = category.value.buffer.dropFirst(prefix.utf8.count)
    if let knownTable, !table.elementsEqual(knownTable.utf8) { return .foreign }
    let tenant = members.first { $0.key == JSONKeyTable.tenant && $0.kind == .string }
    return .event(properties.value, tenant: tenant)
  }

  private func name(_ kind: Cell.Kind) -> String {
    switch kind {
    case .string, .field: "a string"
    case .number: "a number"
    case .true, .false: "a boolean"
    case .null: "null"
    case .container: "an array"
    }
  }
}
