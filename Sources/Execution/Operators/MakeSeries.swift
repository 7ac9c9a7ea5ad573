import Columnar
import QueryPlan

extension PlanCompiler {
  /// Runs `make-series`: aggregates by key and bin, then lays the bins of each key out as arrays.
  func compile(_ series: MakeSeries) throws -> Flow {
    let input = try compile(series.input)
    let axis = try SeriesAxis(series, constants)
    let bin = PlanColumn(id: ColumnID(-1), name: "", type: .long)
    let binning = SeriesBinFactory(
      axis: axis,
      expression: series.axis.expression,
      layout: input.layout
    )
    let binned = input.appending(binning, layout: ColumnLayout(input.layout.columns + [bin]))
    let summarize = Summarize(
      input: series.input,
      keys: series.keys + [NamedExpression(passing: bin)],
      aggregates: series.aggregates
    )
    let grouping = SummarizeOperator(plan: summarize, layout: binned.layout, context: context)
    let batches = try grouping.run(binned)
    let types = summarize.columns.map(\.type)
    let rows =
      try batches.isEmpty
      ? Batch(columns: types.map(Vector.empty), count: 0)
      : context.concatenating(batches, types: types)
    let assembly = try SeriesAssembly(
      series,
      axis: axis,
      rows: rows,
      layout: ColumnLayout(summarize.columns),
      context: context
    )
    let result = try assembly.run()
    return flow(result.count > 0 ? [result] : [], series.columns)
  }
}
