import Columnar
import QueryPlan
import Segments

/// The columns of a scan in one open segment.
struct SegmentColumns {
  /// Where the values of a column of the scan come from.
  enum Source {
    case stored(SegmentColumn)
    /// The segment lacks the column, or has it with another type.
    case missing(Scalar)
  }

  let part: SegmentScan.Part
  let segment: Segment
  private let sources: [Source]

  init(_ part: SegmentScan.Part, _ columns: [PlanColumn]) throws {
    self.part = part
    let segment = try part.stored.open()
    self.segment = segment
    sources = try columns.map { column in
      guard let index = segment.schema.index(of: column.name),
        segment.schema.columns[index].type == column.type
      else { return .missing(.missing(column.type)) }
      return .stored(try segment.column(index))
    }
  }

  subscript(_ position: Int) -> Source { sources[position] }

  /// Rows of one block as a batch.
  ///
  /// - Parameters:
  ///   - rows: a run of rows within a block.
  ///   - selection: which of them, nil for all.
  ///   - wanted: the columns that will be read, nil for all; others hold nothing of use.
  func batch(_ rows: Range<Int>, _ selection: Selection?, only wanted: Set<Int>?) throws -> Batch {
    let count = selection?.count ?? rows.count
    var columns: [Vector] = []
    columns.reserveCapacity(sources.count)
    for (position, source) in sources.enumerated() {
      switch source {
      case .missing(let value): columns.append(Vector(constant: value, count: count))
      case .stored(let column):
        if let wanted, !wanted.contains(position) {
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

extension TextColumnReader {
  /// Makes the values of selected rows of a run readable.
  fileprivate func ensureValues(of selection: Selection, in rows: Range<Int>) throws {
    try withExtendedLifetime(selection) {
      try ensureValues(of: selection.base, count: selection.count, from: rows.lowerBound)
    }
  }
}
