import Columnar
import QueryPlan

/// A `summarize` over stored rows in which `arg_max`, `arg_min` or `take_any` takes many columns of
/// a row: the scan reads what decides which row that is, and the others are fetched in the end.
struct LateSummarize {
  let summarize: Summarize
  /// Which aggregate takes the columns.
  let index: Int
  /// Where they stand among its arguments.
  let late: Range<Int>
  let scan: TableScan
  let filter: Filter?

  /// Fewer columns are not worth it.
  private static let fewColumns = 3

  /// nil where there is nothing to fetch late.
  init?(_ summarize: Summarize) {
    switch summarize.input {
    case .scan(let scan): (self.scan, filter) = (scan, nil)
    case .filter(let filter):
      guard case .scan(let scan) = filter.input else { return nil }
      (self.scan, self.filter) = (scan, filter)
    default: return nil
    }
    let found = summarize.aggregates.indices.filter { Self.late(summarize.aggregates[$0]) != nil }
    guard found.count == 1, let index = found.first,
      let late = Self.late(summarize.aggregates[index])
    else { return nil }
    self.summarize = summarize
    self.index = index
    self.late = late
  }

  /// The arguments of an aggregate that are columns of the row which it finds.
  private static func late(_ call: AggregateCall) -> Range<Int>? {
    let first: Int
    switch call.function {
    case "arg_max", "arg_min": first = 1
    case "take_any": first = 0
    default: return nil
    }
    // One column of `take_any` is taken from the first row in which it has a value.
    guard call.arguments.count - first >= fewColumns,
      call.columns.count == call.arguments.count
    else { return nil }
    let areColumns = call.arguments[first...].allSatisfy { argument in
      if case .column = argument { true } else { false }
    }
    return areColumns ? first..<call.arguments.count : nil
  }

  private var call: AggregateCall { summarize.aggregates[index] }

  /// The summarize with one column of locators in place of the late ones.
  var located: Summarize {
    var aggregates = summarize.aggregates
    let locator = RowLocator.column
    aggregates[index] = AggregateCall(
      function: call.function,
      arguments: call.arguments[..<late.lowerBound] + [.column(locator.id, locator.type)],
      columns: call.columns[..<late.lowerBound] + [locator],
      span: call.span
    )
    return Summarize(input: summarize.input, keys: summarize.keys, aggregates: aggregates)
  }

  /// The columns of the scan that are read before it is known which rows are wanted.
  var early: [PlanColumn] {
    let calls = located.aggregates
    let read = summarize.keys.map(\.expression) + calls.flatMap(\.arguments)
    let ids = read.reduce(into: Set<ColumnID>()) { $0.formUnion($1.columnIDs) }
    return scan.columns.filter { ids.contains($0.id) }
  }

  /// The position of a late column in the scan.
  func position(_ argument: Int) -> Int? {
    guard case .column(let id, _) = call.arguments[argument] else { return nil }
    return scan.columns.firstIndex { $0.id == id }
  }
}

extension PlanCompiler {
  /// Runs a summarize that fetches columns late.
  func compile(_ late: LateSummarize, over table: StoredTable) throws -> Flow {
    let early = late.early
    var scanned = segmentScan(late.scan, table, late.filter, emitting: early)
    scanned.emitsLocators = true
    measure(&scanned, of: table)
    let layout = ColumnLayout(early + [RowLocator.column])
    let input = Flow(pipelines: [Pipeline(source: SegmentMorsels(scanned))], layout: layout)
    let run = SummarizeOperator(
      plan: late.located,
      layout: layout,
      context: context,
      demand: demand
    )
    let rows = LateRows(scan: scanned, context: context)
    let batches = try run.run(input).map { try complete($0, late, rows) }
    return flow(batches, late.summarize.columns)
  }

  /// Puts the fetched columns in the place of the locators.
  private func complete(_ batch: Batch, _ late: LateSummarize, _ rows: LateRows) throws -> Batch {
    let before =
      late.summarize.keys.count
      + late.summarize.aggregates[..<late.index].reduce(0) { $0 + $1.columns.count }
      + late.late.lowerBound
    let call = late.summarize.aggregates[late.index]
    let wanted = late.late.filter { demand.columns?.contains(call.columns[$0].id) ?? true }
    let known = wanted.filter { late.position($0) != nil }
    let fetched = try rows.columns(known.compactMap(late.position), of: batch.columns[before])
    let byArgument = Dictionary(uniqueKeysWithValues: zip(known, fetched))
    let columns = late.late.map { argument in
      byArgument[argument]
        ?? Vector(constant: .missing(call.columns[argument].type), count: batch.count)
    }
    return Batch(
      columns: batch.columns[..<before] + columns + batch.columns[(before + 1)...],
      count: batch.count
    )
  }
}
