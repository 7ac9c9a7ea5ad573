import Columnar
public import Hunting
import KQLBinding
import KQLFunctions
import KQLSyntax
public import LineEditor
import QueryPlan
import SourceText

/// What may be written at a place of a query.
public struct QueryCompleter {
  private let engine: HuntingEngine

  public init(_ engine: HuntingEngine) { self.engine = engine }

  /// The completions at a cursor, an offset into the text.
  public func completions(of text: [UInt8], at cursor: Int) -> Completions {
    let place = CompletionPlace(text, cursor: cursor)
    let word = String(decoding: text[place.word], as: UTF8.self)
    let candidates = candidates(place)
    let matching = Self.matching(candidates, word)
    return Completions(range: place.word, candidates: Array(matching.prefix(Self.mostCandidates)))
  }

  private static let mostCandidates = 200

  /// Those that start with the word, else those that hold it, letter case aside.
  private static func matching(
    _ candidates: [Completions.Candidate],
    _ word: String
  ) -> [Completions.Candidate] {
    if word.isEmpty { return candidates }
    let wanted = word.lowercased()
    let names = candidates.map { String(decoding: $0.label, as: UTF8.self).lowercased() }
    let starting = zip(candidates, names).filter { $0.1.hasPrefix(wanted) }.map(\.0)
    if !starting.isEmpty { return starting }
    return zip(candidates, names).filter { $0.1.contains(wanted) }.map(\.0)
  }

  private func candidates(_ place: CompletionPlace) -> [Completions.Candidate] {
    switch place.kind {
    case .nothing: []
    case .source: tables() + Self.words(Self.sources, "rows")
    case .operatorName: Self.words(Self.operators, "operator")
    case .argument(.render): Self.words(Self.visualizations, "chart")
    case .argument(let head):
      columns(place.input) + Self.words(Self.further[head] ?? [], "")
        + Self.functions(withAggregates: Self.aggregating.contains(head))
    }
  }

  /// Tables with rows first, then those that are known.
  private func tables() -> [Completions.Candidate] {
    let present = engine.presentTables
    let known = engine.schemas.names.filter { !present.contains($0) }
    return present.sorted().map {
      Completions.Candidate(insertion: Self.quoted($0), detail: "table")
    }
      + known.map { Completions.Candidate(insertion: Self.quoted($0), detail: "no rows here") }
  }

  /// The columns that a text gives.
  private func columns(_ input: [UInt8]?) -> [Completions.Candidate] {
    guard let input else { return [] }
    let checked = engine.check(SourceText(bytes: input))
    guard let columns = checked.bound.results.last?.plan.columns else { return [] }
    return columns.map { column in
      Completions.Candidate(
        insertion: Self.quoted(column.name),
        label: column.name,
        detail: column.type.name
      )
    }
  }

  /// A name as a query writes it.
  private static func quoted(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    if isPlain { return name }
    let escaped = name.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
    return "['\(escaped)']"
  }

  private static func functions(withAggregates: Bool) -> [Completions.Candidate] {
    FunctionCatalog.callable.filter { function in
      !function.isHidden && (withAggregates || !(function is AggregateFunction))
    }.sorted { $0.name < $1.name }.map { function in
      Completions.Candidate(
        insertion: function.name + "(",
        label: function.name,
        detail: function.summary
      )
    }
  }

  private static func words(_ words: [String], _ detail: String) -> [Completions.Candidate] {
    words.map { Completions.Candidate(insertion: $0, detail: detail) }
  }

  private static let aggregating: Set<Keyword> = [.summarize, .makeSeries]

  private static let operators = [
    "where", "project", "extend", "summarize", "join", "sort by", "top", "take", "count",
    "distinct", "union", "mv-expand", "parse", "project-away", "project-keep", "project-rename",
    "project-reorder", "lookup", "render", "evaluate", "make-series", "mv-apply", "parse-kv",
    "parse-where", "partition", "sample", "search", "serialize", "limit", "as", "getschema",
    "invoke", "reduce", "scan", "top-nested",
  ]
  private static let sources = ["let", "union", "search", "print", "datatable", "range", "find"]
  private static let visualizations = [
    "timechart", "barchart", "columnchart", "piechart", "scatterchart", "linechart",
    "areachart", "table",
  ]
  private static let further: [Keyword: [String]] = [
    .summarize: ["by"], .sort: ["by", "asc", "desc"], .order: ["by", "asc", "desc"],
    .top: ["by", "asc", "desc"], .join: ["kind=", "on"], .lookup: ["kind=", "on"],
    .where: ["and", "or", "in", "has", "has_any", "contains", "startswith", "between", "not"],
    .makeSeries: ["on", "from", "to", "step", "by"],
  ]
}
