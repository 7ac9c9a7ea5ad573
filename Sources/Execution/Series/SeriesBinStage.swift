import Columnar
import QueryPlan

/// Adds the number of the bin to each row and drops the rows outside of the axis.
struct SeriesBinFactory: StageFactory {
  let axis: SeriesAxis
  let expression: Expression
  let layout: ColumnLayout

  func makeStage(_ context: ExecutionContext) throws -> any Stage {
    let compiler = ExpressionCompiler(layout: layout, context: context)
    return SeriesBinStage(axis: axis, node: try compiler.compile(expression))
  }
}

/// Bins the rows of a batch.
final class SeriesBinStage: Stage {
  private let axis: SeriesAxis
  private let node: any ExpressionNode

  init(axis: SeriesAxis, node: any ExpressionNode) {
    self.axis = axis
    self.node = node
  }

  func push(_ batch: Batch, _ emit: (Batch) throws -> Void) throws {
    let values = try node.evaluate(batch).flattened()
    guard case .fixed(let rows) = values.layout else {
      unreachable("an axis has fixed-width rows")
    }
    let bins = Buffer(byteCount: batch.count * 8)
    let flags = Buffer(byteCount: batch.count)
    let number = bins.values(Int64.self)
    let isInside = flags.values(UInt8.self)
    for row in 0..<batch.count {
      let bin = rows.nulls.map { $0.base[row] != 0 } ?? false ? nil : self.bin(rows, row)
      number[row] = bin ?? 0
      isInside[row] = bin == nil ? 0 : 1
    }
    let column = Vector(type: .long, count: batch.count, layout: .fixed(FixedRows(values: bins)))
    let whole = Batch(columns: batch.columns + [column], count: batch.count)
    let passed = Selection(flags: isInside, count: batch.count)
    if passed.count == 0 { return }
    try emit(passed.count == batch.count ? whole : whole.gather(passed))
  }

  private func bin(_ rows: FixedRows, _ row: Int) -> Int64? {
    switch axis.type {
    case .real: axis.bin(of: rows.base(Double.self)[row])
    case .int: axis.bin(of: Int64(rows.base(Int32.self)[row]))
    default: axis.bin(of: rows.base(Int64.self)[row])
    }
  }
}
