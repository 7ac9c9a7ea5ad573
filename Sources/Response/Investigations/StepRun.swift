import Incidents
import Alerts
import Columnar
import Execution
import Hunting
import SourceText
import StructuredText

/// What a step of an investigation came to.
struct StepResult {
  let name: String
  /// The query with its values, to be run by hand.
  let query: String
  /// The rows that the query gave.
  var found = 0
  var entities: [InvestigationEntity] = []
  var isFailed = false
  var detail = ""
}

/// Runs the queries of steps over the tables of a tenant.
struct StepRun {
  let engine: HuntingEngine
  let memoryLimit: Int
  let timeoutSeconds: Double

  /// The most things that a step keeps.
  static let mostEntities = 10_000

  func makeBudget() -> QueryBudget {
    engine.makeBudget(memoryLimit: memoryLimit, timeoutSeconds: timeoutSeconds)
  }

  /// Those tables of which there are no rows; of those that stand together one will do.
  func lacking(_ tables: [[String]]) -> [String] {
    tables.filter { $0.allSatisfy { !engine.presentTables.contains($0) } }
      .map { $0.joined(separator: " or ") }
  }

  /// Runs a query; what goes wrong is told in the result.
  func run(_ query: InvestigationQuery, _ values: InvestigationValues) -> StepResult {
    var result = StepResult(name: query.name, query: query.text(with: values))
    do {
      let source = SourceText(query.text)
      let missing = engine.tables(readBy: source).subtracting(engine.presentTables).sorted()
      let answer = try engine.run(
        source,
        parameters: values.scalars(for: query),
        budget: makeBudget()
      )
      if let rows = answer.tables.last?.result { try read(rows, into: &result) }
      var notes: [String] = []
      if result.found > Self.mostEntities {
        notes.append("the first \(Self.mostEntities) are looked into")
      }
      if !missing.isEmpty { notes.append("no rows of \(missing.joined(separator: ", "))") }
      if let failure = answer.failures.first {
        notes.append("some rows are missing: \(failure.failure.message)")
        result.isFailed = true
      }
      result.detail = notes.joined(separator: "; ")
    } catch let rejection as QueryRejection {
      result.isFailed = true
      result.detail =
        rejection.diagnostics.first { $0.severity == .error }
        .map { "\($0.code): \($0.message)" } ?? "the query does not fit the tables"
    } catch let failure as QueryFailure {
      result.isFailed = true
      result.detail = failure.message
    } catch {
      result.isFailed = true
      result.detail = "\(error)"
    }
    return result
  }

  private func read(_ rows: QueryResult, into result: inout StepResult) throws {
    result.found = rows.rowCount
    let names = rows.schema.columns.map(\.name)
    try rows.prefix(Self.mostEntities).forEachRow { row in
      let cells = Dictionary(zip(names, row), uniquingKeysWith: { first, _ in first })
      guard let kind = Self.text(cells["Kind"]).flatMap(InvestigationEntity.Kind.init),
        let verdict = Self.text(cells["Verdict"]).flatMap(EntityVerdict.init)
      else { return }
      let identifiers = Self.members(cells["Identifiers"])
      if identifiers.isEmpty { return }
      result.entities.append(
        InvestigationEntity(
          kind,
          identifiers,
          verdict: verdict,
          origin: result.name,
          facts: Dictionary(
            Self.members(cells["Facts"]),
            uniquingKeysWith: { first, _ in first }
          )
        )
      )
    }
  }

  static func text(_ cell: Scalar?) -> String? {
    guard case .string(let text) = cell else { return nil }
    return String(decoding: text.bytes, as: UTF8.self)
  }

  /// The texts of a bag that are not empty.
  private static func members(_ cell: Scalar?) -> [(String, String)] {
    guard let cell, !cell.isNull else { return [] }
    var sink = ByteSink()
    CellText.appendJSON(cell, to: &sink)
    return StoredJSON.members(sink.text()).filter { !$0.1.isEmpty }
  }
}
