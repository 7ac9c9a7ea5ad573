public import Columnar
public import QueryPlan
public import Segments

/// The rows of a table on disk: segments, oldest first.
public struct StoredTable: Sendable {
  public let schema: Schema
  public let segments: [any StoredSegment]

  public init(schema: Schema, segments: [any StoredSegment]) {
    self.schema = schema
    self.segments = segments
  }
}

/// A segment as the catalogue knows it; its file is opened when a query needs it.
public protocol StoredSegment: Sendable {
  var rowCount: Int { get }
  /// Name of the column that carries event time, with its least and greatest ticks.
  var timeBounds: (column: String, range: ClosedRange<Int64>)? { get }
  /// Whether there are rows with event times before one.
  func hasRows(before ticks: Int64, at moment: ReadMoment) -> Bool
  /// How the rows came to be visible; nil where nobody knows.
  func arrivals(_ arrival: RowArrival) -> RowTimes?
  /// The column of the file that answers for one that it lacks; nil where none does.
  func standIn(for column: String) -> String?
  /// The text that all rows have in a column that the file lacks, such as their tenant's name;
  /// nil where nothing is known.
  func constant(named column: String) -> Scalar?
  /// The segment as one scan reads it, where it may have less; itself where it is there already.
  func narrowed(to need: ScanNeed) -> any StoredSegment
  /// The open segment; throws a failure that names the file where it cannot be read.
  func open() throws -> Segment
}

extension StoredSegment {
  public func arrivals(_ arrival: RowArrival) -> RowTimes? { nil }
  public func constant(named column: String) -> Scalar? { nil }
  public func standIn(for column: String) -> String? { nil }
  public func narrowed(to need: ScanNeed) -> any StoredSegment { self }

  public func hasRows(before ticks: Int64, at moment: ReadMoment) -> Bool {
    timeBounds.map { $0.range.lowerBound < ticks } ?? false
  }
}

/// A segment that is open already.
public struct OpenSegment: StoredSegment {
  private let segment: Segment

  public init(_ segment: Segment) { self.segment = segment }

  public var rowCount: Int { segment.rowCount }

  public var timeBounds: (column: String, range: ClosedRange<Int64>)? {
    guard let index = segment.timeColumn, let range = segment.bounds(ofColumn: index) else {
      return nil
    }
    return (segment.schema.columns[index].name, range)
  }

  public func open() -> Segment { segment }
}
