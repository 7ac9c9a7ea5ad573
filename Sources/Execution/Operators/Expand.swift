public import Columnar
import QueryPlan

extension PlanCompiler {
  /// Runs `mv-expand`.
  func compile(_ expand: Expand) throws -> Flow {
    try append(expand, to: try compile(expand.input), passing: [])
  }

  /// Puts the expansion behind a flow; columns of the input may go along.
  func append(_ expand: Expand, to input: Flow, passing extra: [PlanColumn]) throws -> Flow {
    let limit = try expand.limit.map { try constants.wholeNumber($0) ?? 0 }
    let columns = expand.columns + extra
    let stage = ExpandFactory(
      expansions: expand.expansions,
      bagExpansion: expand.bagExpansion,
      indexColumn: expand.indexColumn,
      limit: limit,
      layout: input.layout,
      columns: columns
    )
    return input.appending(stage, layout: ColumnLayout(columns))
  }
}

/// Takes arrays and bags apart into rows.
struct ExpandFactory: StageFactory {
  let expansions: [Expansion]
  let bagExpansion: BagExpansion
  let indexColumn: PlanColumn?
  /// Holds the place of the input row in its batch, a long.
  var originColumn: PlanColumn?
  /// The most rows made of one input row.
  let limit: Int?
  let layout: ColumnLayout
  /// Output columns by id: expansions and index first, else those of the input.
  let columns: [PlanColumn]

  func makeStage(_ context: ExecutionContext) throws -> any Stage {
    let compiler = ExpressionCompiler(layout: layout, context: context)
    return ExpandStage(
      self,
      nodes: try expansions.map { try compiler.compile($0.source) },
      batchRows: context.options.batchRows
    )
  }
}

/// Expands the rows of a batch.
final class ExpandStage: Stage {
  private let expand: ExpandFactory
  private let nodes: [any ExpressionNode]
  private let rowLimit: Int

  init(_ expand: ExpandFactory, nodes: [any ExpressionNode], batchRows: Int) {
    self.expand = expand
    self.nodes = nodes
    rowLimit = max(1024, batchRows)
  }

  func push(_ batch: Batch, _ emit: (Batch) throws -> Void) throws {
    let sources = try nodes.map { try $0.evaluate(batch).flattened() }
    let output = ExpandOutput(expand)
    for row in 0..<batch.count {
      output.add(row, sources)
      if output.count >= rowLimit { try emit(output.finish(batch)) }
    }
    if output.count > 0 { try emit(output.finish(batch)) }
  }
}

/// Rows under construction: which input row each repeats, and the elements.
final class ExpandOutput {
  private let expand: ExpandFactory
  private let elements: [ElementBuilder]
  private let indexes = FixedBuilder<Int64>()
  private var origins: [UInt32] = []

  init(_ expand: ExpandFactory) {
    self.expand = expand
    elements = expand.expansions.map {
      ElementBuilder(type: $0.column.type, bagExpansion: expand.bagExpansion)
    }
  }

  /// Rows so far.
  var count: Int { origins.count }

  /// Adds the rows made of one input row.
  func add(_ row: Int, _ sources: [Vector]) {
    let views = sources.map { ExpandSource($0, row) }
    let longest = views.reduce(0) { max($0, $1.elementCount) }
    let rows = min(longest, expand.limit.map { max(0, $0) } ?? longest)
    for (source, builder) in zip(views, elements) {
      source.append(to: builder, rows: rows)
    }
    for index in 0..<rows {
      origins.append(UInt32(truncatingIfNeeded: row))
      indexes.append(Int64(index))
    }
  }

  /// The rows as a batch; starts anew.
  func finish(_ batch: Batch) -> Batch {
    let count = origins.count
    let values = elements.map { $0.finish() }
    let index = indexes.finish()
    let columns = expand.columns.map { column -> Vector in
      if let place = expand.expansions.firstIndex(where: { $0.column.id == column.id }) {
        return values[place]
      }
      if column.id == expand.indexColumn?.id { return index }
      if column.id == expand.originColumn?.id { return .numbers(origins) }
      guard let position = expand.layout.position(of: column.id) else {
        return Vector(constant: .missing(column.type), count: count)
      }
      return origins.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return Vector.empty(column.type) }
        return batch.columns[position].gather(base, count: count)
      }
    }
    origins.removeAll(keepingCapacity: true)
    return Batch(columns: columns, count: count)
  }
}

/// The value of one row that is to be taken apart.
struct ExpandSource {
  private let view: DynamicView

  init(_ vector: Vector, _ row: Int) {
    guard case .text(let rows) = vector.layout, !vector.isNull(at: row) else {
      view = DynamicView.null
      return
    }
    let text = rows[row]
    view = DynamicView(text.base, count: text.count)
  }

  /// Rows that it makes: a null or a plain value makes one, an empty array or bag none.
  var elementCount: Int {
    switch view.kind {
    case .array, .bag: view.count
    default: 1
    }
  }

  /// Adds the first elements, padded with nulls to a number of rows.
  func append(to builder: ElementBuilder, rows: Int) {
    var added = 0
    switch view.kind {
    case .array:
      for element in view.elements where added < rows {
        builder.append(element)
        added += 1
      }
    case .bag:
      for member in view.members where added < rows {
        builder.append(key: member.key, value: member.value)
        added += 1
      }
    default:
      if rows > 0 {
        builder.append(view)
        added = 1
      }
    }
    for _ in added..<max(added, rows) { builder.appendNull() }
  }
}

/// Collects elements, converted to the type of `to typeof(…)`.
///
/// Conversion does not parse text: a text element is null in a number column.
final class ElementBuilder {
  private let type: ScalarType
  private let bagExpansion: BagExpansion
  private let builder: VectorBuilder

  init(type: ScalarType, bagExpansion: BagExpansion) {
    self.type = type
    self.bagExpansion = bagExpansion
    builder = VectorBuilder(type: type)
  }

  func appendNull() { builder.appendNull() }

  /// Adds an element of an array, or a plain value.
  func append(_ element: DynamicView) { builder.append(element.converted(to: type)) }

  /// Adds a member of a bag: as a single-key bag or as `[key, value]`.
  func append(key: UnsafeBufferPointer<UInt8>, value: DynamicView) {
    var writer = DynamicWriter(capacity: 64)
    switch bagExpansion {
    case .bag:
      writer.beginBag()
      writer.appendName(key)
      writer.append(value)
      writer.endBag()
    case .array:
      writer.beginArray()
      writer.append(string: key)
      writer.append(value)
      writer.endArray()
    }
    append(writer.view())
  }

  func finish() -> Vector { builder.finish() }
}

extension DynamicView {
  /// The value as a scalar of a type, without parsing text; null where it has none.
  public func converted(to type: ScalarType) -> Scalar {
    if kind == .null { return .missing(type) }
    switch type {
    case .dynamic: return .dynamic(DynamicValue(self))
    case .string: return .string(ByteString(displayBytes))
    case .bool: return bool.map { .bool($0) } ?? .null(.bool)
    case .int:
      return long.map { .int(Int32(truncatingIfNeeded: $0)) } ?? wholeReal.map {
        .int(Int32(truncatingIfNeeded: $0))
      } ?? .null(.int)
    case .long: return (long ?? wholeReal).map { .long($0) } ?? .null(.long)
    case .real: return (real ?? long.map { Double($0) }).map { .real($0) } ?? .null(.real)
    case .datetime: return datetime.map { .datetime($0) } ?? .null(.datetime)
    case .timespan: return timespan.map { .timespan($0) } ?? .null(.timespan)
    case .guid: return guid.map { .guid($0) } ?? .null(.guid)
    case .decimal: return decimal.map { .decimal($0) } ?? .null(.decimal)
    }
  }

  private var wholeReal: Int64? { real.flatMap { Int64(exactly: $0.rounded(.towardZero)) } }

  /// The text of a string value, else the JSON text.
  private var displayBytes: [UInt8] {
    if let string { return Array(string) }
    var sink = ByteSink(capacity: 64)
    writeJSON(into: &sink)
    return Array(sink.bytes)
  }
}
