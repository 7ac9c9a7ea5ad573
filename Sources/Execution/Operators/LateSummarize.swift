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

  /// The columns that are fetched late.
  var columns: LateColumns {
    let before = summarize.aggregates[..<index].reduce(summarize.keys.count) {
      $0 + $1.columns.count
    }
    return LateColumns(
      locator: before + late.lowerBound,
      types: late.map { call.columns[$0].type },
      positions: late.map { argument in
        guard case .column(let id, _) = call.arguments[argument] else { return nil }
        return scan.columns.firstIndex { $0.id == id }
      }
    )
  }

  /// The same with those that nobody reads left out.
  func columns(_ demand: RowDemand) -> LateColumns {
    guard let read = demand.columns else { return columns }
    var columns = self.columns
    for (place, argument) in late.enumerated() where !read.contains(call.columns[argument].id) {
      columns.positions[place] = nil
    }
    return columns
  }
}

extension PlanCompiler {
  /// Runs a summarize that fetches columns late: of few groups at once, of many group by group in
  /// the order of their rows in the table.
  func compile(_ late: LateSummarize, over table: StoredTable) throws -> Flow {
    let early = late.early
    var scanned = segmentScan(late.scan, table, late.filter, emitting: early)
    scanned.emitsLocators = true
    measure(&scanned, of: table)
    let layout = ColumnLayout(early + [RowLocator.column])
    let input = Flow(
      pipelines: [Pipeline(source: SegmentMorsels(scanned, context))],
      layout: layout
    )
    let run = SummarizeOperator(
      plan: late.located,
      layout: layout,
      context: context,
      demand: demand
    )
    let columns = late.columns(demand)
    let rows = LateRows(scan: scanned, context: context)
    let located: Flow
    switch try run.groups(of: input) {
    case .batches(let batches):
      let count = batches.reduce(0) { $0 + $1.count }
      if !context.canSpill || count * columns.rowBytes <= context.budget.memoryLimit / 4 {
        return flow(
          try batches.map { try columns.complete($0, rows) },
          late.summarize.columns
        )
      }
      located = flow(batches, late.located.columns)
    case .runs(let source):
      located = Flow(
        pipelines: [Pipeline(source: source)],
        layout: ColumnLayout(late.located.columns)
      )
    }
    let order = SortKey(
      .column(RowLocator.column.id, RowLocator.column.type),
      isDescending: false,
      nullsFirst: false
    )
    return try sorted(located, by: [order]).appending(
      LateColumnsFactory(columns: columns, scan: scanned),
      layout: ColumnLayout(late.summarize.columns)
    )
  }
}
