import Columnar

/// Reads a CSV or TSV file: a line of column names, then records.
struct DelimitedFileReader: ~Copyable {
  /// Quoted fields without an end after which a file is given up; each is looked for up to the
  /// end of the file.
  private static let mostOpenQuotes = 16

  private let source: SerialText
  private let block: TextBlock
  private let builder: ChunkBuilder
  private let limits: LoadLimits
  /// Whether the user stated the columns, so that the line of names may be absent.
  private let hasStatedColumns: Bool
  private let firstRecord: FirstRecord
  private var scanner: DelimitedScanner
  private var columns: [Int] = []
  private var openQuotes = 0
  private var batch = CellBatch()

  init(
    _ text: SerialText,
    delimiter: UInt8,
    hasStatedColumns: Bool,
    firstRecord: FirstRecord,
    limits: LoadLimits
  ) {
    source = text
    block = text.block
    builder = text.builder
    self.hasStatedColumns = hasStatedColumns
    self.firstRecord = firstRecord
    self.limits = limits
    scanner = DelimitedScanner(delimiter: delimiter)
  }

  /// Reads the whole file.
  mutating func read() throws {
    if let first = try nextRecord() {
      let isNames = try takeNames()
      noteNames(isNames ? first : nil)
      if isNames { block.start = first }
      while let next = try nextRecord() {
        takeRecord(upTo: next)
        block.start = next
        if batch.isFull { builder.take(&batch, from: block) }
      }
    }
    try source.handOn(&batch)
  }

  /// Scans the next record that is not blank; the offset behind it, nil at the end of the file.
  private mutating func nextRecord() throws -> Int? {
    while true {
      if block.waiting == 0, try !refill() { return nil }
      if block.waiting == 0 { continue }
      let outcome = scanner.scan(
        block.base,
        from: block.start,
        to: block.end,
        isLast: block.isComplete
      )
      switch outcome {
      case .record(let next):
        if !isBlank { return next }
        block.start = next
      case .incomplete where !block.isComplete && block.waiting <= limits.recordBytes:
        try refill()
      case .incomplete: try skipOpenQuote()
      case .malformed(let reason): try skipLine(reason)
      }
    }
  }

  private var isBlank: Bool {
    guard scanner.fields.count == 1, let only = scanner.fields.first else { return false }
    return !only.isQuoted && only.text.count == 0
  }

  private mutating func skipOpenQuote() throws {
    openQuotes += 1
    if openQuotes > Self.mostOpenQuotes {
      throw IngestionFailure(
        block.path,
        line: block.line(at: block.start),
        "more than \(Self.mostOpenQuotes) quoted fields have no closing quote; "
          + "check the quotes of the file"
      )
    }
    let reason =
      block.isComplete
      ? "a quoted field has no closing quote"
      : "the record is longer than \(limits.recordBytes >> 20) MiB"
    try skipLine(reason)
  }

  /// Notes a record that cannot be used and goes on behind its first line.
  private mutating func skipLine(_ reason: String) throws {
    builder.reject(at: block.start, of: block, reason)
    while block.lineEnd(from: block.start) == nil {
      block.start = block.end
      if try !refill() { return }
    }
    block.start = (block.lineEnd(from: block.start) ?? block.end - 1) + 1
  }

  /// Finds the columns for the first record; false where it holds values, not names.
  private mutating func takeNames() throws -> Bool {
    if firstRecord != .automatic {
      columns = Array(builder.declaredNames.indices)
      return firstRecord == .skipped
    }
    var names: [String] = []
    for field in scanner.fields { names.append(text(of: field)) }
    let declared = builder.declaredNames
    let known = Set(declared.map { $0.lowercased() })
    if hasStatedColumns, names.count == declared.count,
      !names.contains(where: { known.contains($0.lowercased()) })
    {
      columns = Array(declared.indices)
      return false
    }
    var taken: Set<Int> = []
    for (position, name) in names.enumerated() {
      columns.append(try column(for: name, at: position, &taken))
    }
    return true
  }

  /// Notes for a replay of bad lines what the names are: those of the first line, or those that
  /// were stated.
  private func noteNames(_ end: Int?) {
    builder.reading.format = scanner.delimiter == 0x09 ? .tsv : .csv
    if let end {
      let line = UnsafeBufferPointer(start: block.base, count: end).dropFirst(block.start)
      builder.reading.header = Array(line)
      return
    }
    let names = columns.map { index -> [UInt8] in
      let doubled = builder.declaredNames[index].utf8.flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] }
      return [0x22] + doubled + [0x22]
    }
    builder.reading.header = Array(names.joined(separator: [scanner.delimiter])) + [0x0A]
  }

  /// The column of a name; names that come twice or are empty get one of their own.
  private mutating func column(
    for name: String,
    at position: Int,
    _ taken: inout Set<Int>
  ) throws -> Int {
    var candidate = name.isEmpty ? "Column\(position + 1)" : name
    var suffix = 0
    while true {
      guard let index = builder.column(named: candidate) else {
        throw IngestionFailure(block.path, line: 1, limits.columnLimitReason)
      }
      if taken.insert(index).inserted {
        builder.pin(index)
        return index
      }
      suffix += 1
      candidate = "\(name.isEmpty ? "Column\(position + 1)_" : name)\(suffix)"
    }
  }

  private mutating func text(of field: DelimitedScanner.Field) -> String {
    let text = String(decoding: value(of: field).buffer, as: UTF8.self)
    let start = text.drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }

  private mutating func takeRecord(upTo end: Int) {
    let start = block.start
    // Positional records may be longer or shorter, as externaldata reads them.
    guard scanner.fields.count == columns.count || firstRecord != .automatic else {
      let found = scanner.fields.count
      return reject(upTo: end, "expected \(columns.count) fields, found \(found)")
    }
    for (index, column) in columns.enumerated() where index < scanner.fields.count {
      let field = scanner.fields[index]
      if field.text.count == 0 { continue }
      batch.push(Cell(kind: .field, text: value(of: field)), column: column)
    }
    if let reason = builder.tenantRefusal(of: batch) {
      batch.dropRow()
      return reject(upTo: end, reason)
    }
    batch.endRow(from: start)
  }

  /// Notes the record at the start of the block, all its lines, as one that cannot be used.
  private func reject(upTo end: Int, _ reason: String) {
    var count = end - block.start
    if count > 0, block.base[end - 1] == 0x0A { count -= 1 }
    let record = TextView(base: block.base + block.start, count: count)
    builder.reject(record, at: block.start, of: block, reason)
  }

  /// The text of a field with single quotes in place of doubled ones.
  private mutating func value(of field: DelimitedScanner.Field) -> TextView {
    if !field.hasDoubledQuotes { return field.text }
    let room = batch.arena.room(field.text.count)
    var written = 0
    var index = 0
    while index < field.text.count {
      let byte = field.text[index]
      room[written] = byte
      written &+= 1
      index &+= byte == 0x22 ? 2 : 1
    }
    batch.arena.take(written)
    return TextView(base: UnsafePointer(room), count: written)
  }

  @discardableResult
  private mutating func refill() throws -> Bool { try source.refill(&batch) }
}
