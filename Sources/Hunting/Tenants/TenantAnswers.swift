import Columnar
import Execution
import Tenancy

/// Answers of several tenants to one text, each cut to the rows that are its tenant's.
struct TenantAnswers {
  private let answers: [(tenant: TenantRecord?, answer: HuntingAnswer)]
  /// Whether columns tell the tenant, as they do where several were asked, also if one answered.
  private let tellsTenant: Bool

  init(_ answers: [(TenantRecord?, HuntingAnswer)], tellsTenant: Bool) {
    self.tellsTenant = tellsTenant
    self.answers = answers.map { (tenant: $0.0, answer: $0.1) }
  }

  /// The answers one behind the other, those to each statement in a table.
  func joined() throws -> HuntingAnswer {
    guard let first = answers.first?.answer else {
      return HuntingAnswer(tables: [], diagnostics: [])
    }
    var joined = HuntingAnswer(tables: [], diagnostics: first.diagnostics)
    var cut: [Int] = []
    var tables: [AnswerTable] = []
    for (index, table) in first.tables.enumerated() {
      let parts = answers.map { (tenant: $0.tenant, result: $0.answer.tables[index].result) }
      cut.append(answers.reduce(0) { $0 + $1.answer.cutRows[index] })
      let result = try tellsTenant ? join(parts) : parts[0].result
      tables.append(AnswerTable(result: result, render: table.render))
    }
    joined.tables = tables
    joined.cutRows = cut
    joined.failures = answers.flatMap(\.answer.failures)
    joined.hiddenBefore = answers.compactMap(\.answer.hiddenBefore).first
    return joined
  }

  /// The rows of all tenants under the columns of all, with those that tell the tenant.
  private func join(
    _ parts: [(tenant: TenantRecord?, result: QueryResult)]
  ) throws -> QueryResult {
    let columns = JoinedColumns(parts.map(\.result.schema))
    var batches: [Batch] = []
    for part in parts {
      let sources = columns.sources(in: part.result.schema)
      let constants = part.tenant.map(TenantColumns.values) ?? [:]
      try part.result.forEachBatch { batch in
        let vectors = zip(columns.schema.columns, sources).map { column, source in
          if let source { return batch.columns[source] }
          let value = constants[column.name] ?? .missing(column.type)
          return Vector(constant: value, count: batch.count)
        }
        batches.append(Batch(columns: vectors, count: batch.count))
      }
    }
    return QueryResult(schema: columns.schema, batches: batches)
  }
}

extension HuntingAnswer {
  /// The first rows of each table; what is left out is in ``cutRows``.
  func cut(to rows: Int) -> HuntingAnswer {
    var answer = self
    answer.cutRows = tables.map { max(0, $0.result.rowCount - rows) }
    answer.tables = tables.map { AnswerTable(result: $0.result.prefix(rows), render: $0.render) }
    return answer
  }
}

/// The columns of several results by name and type, as `union` has them.
private struct JoinedColumns {
  let schema: Schema
  /// What each column is called in the results; nil for those that tell the tenant.
  private let names: [String?]

  init(_ schemas: [Schema]) {
    var found: [ColumnSchema] = []
    for column in schemas.flatMap(\.columns) where !found.contains(column) { found.append(column) }
    let uses = Dictionary(found.map { ($0.name, 1) }, uniquingKeysWith: +)
    var columns = found.map { column in
      let isShared = uses[column.name, default: 0] > 1
      return isShared ? ColumnSchema("\(column.name)_\(column.type.name)", column.type) : column
    }
    var names: [String?] = found.map(\.name)
    for name in [TenantColumns.id, TenantColumns.name] where uses[name] == nil {
      columns.append(ColumnSchema(name, .string))
      names.append(nil)
    }
    schema = Schema(columns)
    self.names = names
  }

  /// Where each column is in a result; nil where it is not.
  func sources(in result: Schema) -> [Int?] {
    zip(schema.columns, names).map { column, name in
      guard let name else { return nil }
      return result.columns.firstIndex { $0.name == name && $0.type == column.type }
    }
  }
}
