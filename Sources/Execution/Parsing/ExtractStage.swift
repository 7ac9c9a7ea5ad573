import Columnar
import QueryPlan

/// Makes columns out of texts, each text by itself.
protocol TextExtraction: AnyObject {
  /// Makes the columns of a run of texts.
  func extract(_ rows: TextRows, count: Int) throws -> ExtractedColumns
}

/// Which output columns are made and which are handed on.
struct ExtractOutput {
  private enum Source {
    case input(Int)
    case made(Int)
    case missing(ScalarType)
  }

  private let sources: [Source]

  init(_ columns: [PlanColumn], made: [PlanColumn], layout: ColumnLayout) {
    sources = columns.map { column in
      if let place = made.firstIndex(where: { $0.id == column.id }) { return .made(place) }
      return layout.position(of: column.id).map { .input($0) } ?? .missing(column.type)
    }
  }

  /// The columns of an input batch beside those that were made of it.
  func assemble(_ batch: Batch, _ made: [Vector]) -> Batch {
    let columns = sources.map { source in
      switch source {
      case .input(let position): batch.columns[position]
      case .made(let place): made[place]
      case .missing(let type): Vector(constant: .missing(type), count: batch.count)
      }
    }
    return Batch(columns: columns, count: batch.count)
  }
}

/// Extracts columns from one text column; a text of a dictionary is looked at once.
final class ExtractStage: Stage {
  private let source: any ExpressionNode
  private let extraction: any TextExtraction
  private let output: ExtractOutput
  private let dropsUnmatched: Bool
  private var dictionary: VectorDictionary?
  private var known: DictionaryExtract?
  private var rowsSeen = 0

  init(
    source: any ExpressionNode,
    extraction: any TextExtraction,
    output: ExtractOutput,
    dropsUnmatched: Bool
  ) {
    self.source = source
    self.extraction = extraction
    self.output = output
    self.dropsUnmatched = dropsUnmatched
  }

  func push(_ batch: Batch, _ emit: (Batch) throws -> Void) throws {
    let made = try extract(try source.evaluate(batch))
    let whole = output.assemble(batch, made.columns)
    guard dropsUnmatched else { return try emit(whole) }
    let passed = Selection(flags: made.matched.values(UInt8.self), count: batch.count)
    if passed.count == 0 { return }
    try emit(passed.count == batch.count ? whole : whole.gather(passed))
  }

  private func extract(_ texts: Vector) throws -> ExtractedColumns {
    if texts.constant != nil {
      let single = Vector(type: texts.type, count: 1, layout: texts.layout).flattened()
      return try extractFlat(single).widened(to: texts.count)
    }
    if let rows = texts.dictionaryRows, let made = try extract(rows, texts.count) { return made }
    return try extractFlat(texts.flattened())
  }

  private func extractFlat(_ texts: Vector) throws -> ExtractedColumns {
    guard case .text(let rows) = texts.layout else { unreachable("a string has text rows") }
    return try extraction.extract(rows, count: texts.count)
  }

  /// Extracts from the values of a dictionary, once enough rows were seen to make it pay.
  private func extract(_ rows: DictionaryRows, _ count: Int) throws -> ExtractedColumns? {
    if dictionary !== rows.dictionary {
      dictionary = rows.dictionary
      known = nil
      rowsSeen = 0
    }
    rowsSeen &+= count
    let values = rows.dictionary.values
    if known == nil {
      if rowsSeen < values.count / 2 { return nil }
      try rows.dictionary.load()
      known = DictionaryExtract(try extractFlat(values))
    }
    return known?.spread(over: rows, count: count)
  }
}
