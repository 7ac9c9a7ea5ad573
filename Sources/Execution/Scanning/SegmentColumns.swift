import Columnar
import QueryPlan
import Segments

/// The columns of a scan in one open segment.
struct SegmentColumns {
  /// Where the values of a column of the scan come from.
  enum Source {
    case stored(SegmentColumn)
    /// The segment lacks the column, or has it with another type: all rows have the value that is
    /// known without it, else none.
    case missing(Scalar)
    /// When or in which order the rows were ingested, which the catalogue knows.
    case ingested(RowTimes)
  }

  let part: SegmentScan.Part
  let segment: Segment
  private let sources: [Source]
  /// Positions in the segment of the columns that it has.
  private let positions: [Int?]

  init(_ part: SegmentScan.Part, of scan: SegmentScan) throws {
    self.part = part
    let segment = try part.stored.open()
    self.segment = segment
    let positions = scan.columns.map { column -> Int? in
      if scan.arrivals[column.id] != nil { return nil }
      return Self.position(of: column, in: segment, part.stored)
    }
    self.positions = positions
    let stored = part.stored
    sources = try zip(scan.columns, positions).map { column, position in
      if let position { return .stored(try segment.column(position)) }
      if let times = scan.arrivals[column.id].flatMap({ stored.arrivals($0) }) {
        return .ingested(times)
      }
      let constant = part.stored.constant(named: column.name)
      return .missing(
        constant.flatMap { $0.type == column.type ? $0 : nil } ?? .missing(column.type)
      )
    }
  }

  /// The position of a column or, where the segment lacks it, of what stands in for it.
  static func position(
    of column: PlanColumn,
    in segment: Segment,
    _ stored: any StoredSegment
  ) -> Int? {
    let schema = segment.schema
    let index =
      schema.index(of: column.name)
      ?? stored.standIn(for: column.name).flatMap { schema.index(of: $0) }
    return index.flatMap { schema.columns[$0].type == column.type ? $0 : nil }
  }

  /// The position in the segment of a column of the scan; nil where the segment lacks it.
  func position(ofStored column: Int) -> Int? { positions[column] }

  subscript(_ position: Int) -> Source { sources[position] }

  /// Least and greatest value in a block of a column that orders as integers; nil where it has none
  /// there.
  func bounds(of position: Int, inBlock block: Int) -> ClosedRange<Int64>? {
    switch sources[position] {
    case .stored(.fixed(let column)): return column.bounds(ofBlock: block)
    case .ingested(let times):
      let start = block * Segment.blockRows
      return times.bounds(start..<min(segment.rowCount, start + Segment.blockRows))
    case .stored(.text), .missing: return nil
    }
  }

  /// A run of rows within a block, with the columns at some positions.
  func batch(_ rows: Range<Int>, of positions: [Int]) throws -> Batch {
    let columns = try positions.map { position in
      switch sources[position] {
      case .missing(let value): Vector(constant: value, count: rows.count)
      case .ingested(let times): times.vector(rows)
      case .stored(let column): try read(column, rows, nil)
      }
    }
    return Batch(columns: columns, count: rows.count)
  }

  /// Rows that passed in several blocks, with the columns at some positions.
  func batch(_ survivors: SurvivingRows, of positions: [Int]) throws -> Batch {
    let columns = try positions.map { position in
      switch sources[position] {
      case .missing(let value): Vector(constant: value, count: survivors.count)
      case .ingested(let times):
        withExtendedLifetime(survivors) { times.vector(survivors.base, count: survivors.count) }
      case .stored(let column): try gather(column, survivors)
      }
    }
    return Batch(columns: columns, count: survivors.count)
  }

  private func gather(_ column: SegmentColumn, _ survivors: SurvivingRows) throws -> Vector {
    try withExtendedLifetime(survivors) {
      switch column {
      case .fixed(let reader):
        for run in survivors.runs { try reader.ensure(run) }
        return reader.vector.gather(survivors.base, count: survivors.count)
      case .text(let reader):
        for run in survivors.runs { try reader.ensureCodes(run) }
        try reader.ensureValues(of: survivors.base, count: survivors.count)
        return reader.vector.gather(survivors.base, count: survivors.count)
      }
    }
  }

  /// Some rows of a column, by their ascending numbers in the segment.
  func gather(_ position: Int, _ rows: UnsafePointer<UInt32>, count: Int) throws -> Vector {
    switch sources[position] {
    case .missing(let value): return Vector(constant: value, count: count)
    case .ingested(let times): return times.vector(rows, count: count)
    case .stored(let column):
      var last = -1
      for index in 0..<count {
        let block = Int(rows[index]) / Segment.blockRows
        if block == last { continue }
        last = block
        try column.ensureRows(segment.rows(ofBlock: block))
      }
      if case .text(let reader) = column { try reader.ensureValues(of: rows, count: count) }
      return column.vector.gather(rows, count: count)
    }
  }

  /// Rows of one block as a batch in which a condition sees the columns that it reads.
  ///
  /// - Parameters:
  ///   - rows: a run of rows within a block.
  ///   - selection: which of them, nil for all.
  ///   - wanted: the columns that will be read; others hold nothing of use.
  func batch(_ rows: Range<Int>, _ selection: Selection?, only wanted: Set<Int>) throws -> Batch {
    let count = selection?.count ?? rows.count
    var columns: [Vector] = []
    columns.reserveCapacity(sources.count)
    for (position, source) in sources.enumerated() {
      switch source {
      case .missing(let value): columns.append(Vector(constant: value, count: count))
      case .ingested(let times):
        let block = times.vector(rows)
        columns.append(selection.map { block.gather($0) } ?? block)
      case .stored(let column):
        if !wanted.contains(position) {
          columns.append(Vector(constant: .missing(column.vector.type), count: count))
        } else {
          columns.append(try read(column, rows, selection))
        }
      }
    }
    return Batch(columns: columns, count: count)
  }

  private func read(
    _ column: SegmentColumn,
    _ rows: Range<Int>,
    _ selection: Selection?
  ) throws -> Vector {
    switch column {
    case .fixed(let reader):
      try reader.ensure(rows)
      let block = reader.vector.slice(rows)
      return selection.map { block.gather($0) } ?? block
    case .text(let reader):
      try reader.ensureCodes(rows)
      guard let selection else {
        try reader.ensureValues(ofRows: rows)
        return reader.vector.slice(rows)
      }
      try reader.ensureValues(of: selection, in: rows)
      return reader.vector.slice(rows).gather(selection)
    }
  }
}

extension SegmentColumn {
  /// Makes rows readable, of text their codes.
  fileprivate func ensureRows(_ rows: Range<Int>) throws {
    switch self {
    case .fixed(let reader): try reader.ensure(rows)
    case .text(let reader): try reader.ensureCodes(rows)
    }
  }
}

extension TextColumnReader {
  /// Makes the values of selected rows of a run readable.
  fileprivate func ensureValues(of selection: Selection, in rows: Range<Int>) throws {
    try withExtendedLifetime(selection) {
      try ensureValues(of: selection.base, count: selection.count, from: rows.lowerBound)
    }
  }
}
