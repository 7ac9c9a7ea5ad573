import Columnar
import Execution

/// How the tenants of a hunt share its memory and time.
///
/// Those that run side by side have equal parts of the memory, and who runs alone has all of it.
/// Each has an equal part of the time that is left when it starts, so that one which needs much
/// takes nothing from the others. Whoever meets its part runs once more behind the others, alone,
/// with all that they left. Answers are kept until the last is there; each may hold an equal part
/// of half the memory. What all hold together, with loaded tables and caches, never is above the
/// limit of the hunt.
struct TenantBudgets: Sendable {
  /// What one tenant may use.
  struct Share: Sendable {
    let memory: Int
    let seconds: Double?

    /// Whether a query that met a limit under another share may get on with this one.
    func mayAnswer(what failure: QueryFailure, met other: Share) -> Bool {
      switch failure.kind {
      case .memory: memory > other.memory && seconds.map { $0 > 0 } ?? true
      case .timeout: seconds ?? 0 > other.seconds ?? 0
      default: false
      }
    }
  }

  private let whole: QueryBudget
  /// Bytes that are there for the tenants.
  private let memory: Int
  /// Tenants that run at a time.
  let atOnce: Int
  /// Bytes that one answer may hold.
  private let answerBytes: Int

  init(_ whole: QueryBudget, loadedBytes: Int, tenants: Int, threads: Int) {
    self.whole = whole
    memory = max(1, whole.memoryLimit - loadedBytes)
    atOnce = max(1, min(tenants, threads))
    answerBytes = tenants <= 1 ? memory : memory / 2 / tenants
  }

  /// What a tenant may use that runs beside others.
  ///
  /// - Parameters:
  ///   - others: tenants that start after it and run beside others too.
  ///   - alone: tenants that run alone behind all these.
  func share(besides others: Int, aloneAfter alone: Int) -> Share {
    let rounds = others / atOnce + 1 + alone
    return Share(
      memory: memory / atOnce,
      seconds: whole.secondsLeft.map { $0 / Double(rounds) }
    )
  }

  /// What a tenant may use that runs alone, as one of some that are left.
  func share(alone left: Int) -> Share {
    Share(memory: memory, seconds: whole.secondsLeft.map { $0 / Double(max(1, left)) })
  }

  func budget(of share: Share) -> QueryBudget {
    QueryBudget(partOf: whole, memoryLimit: share.memory, timeoutSeconds: share.seconds)
  }

  /// The first rows of an answer, without what else its buffers hold where that is much.
  func hold(_ answer: HuntingAnswer, rows: Int, in budget: QueryBudget) throws -> HuntingAnswer {
    var kept = answer.cut(to: rows)
    if kept.cutRows.contains(where: { $0 > 0 }), budget.heldNow > answerBytes {
      kept.tables = try kept.tables.map { table in
        AnswerTable(result: try table.result.copied(), render: table.render)
      }
    }
    return kept
  }

  /// Ends with an error where an answer holds more than its part.
  func check(answerIn budget: QueryBudget) throws {
    if budget.heldNow <= answerBytes { return }
    throw QueryFailure(
      .memory,
      "the answer needs more than its share of the memory limit, \(answerBytes >> 20) MiB; "
        + "project fewer columns or raise --memory"
    )
  }
}

extension QueryResult {
  /// The rows without what else the buffers hold that they came in.
  fileprivate func copied() throws -> QueryResult {
    var batches: [Batch] = []
    try forEachBatch { batch in
      try MemoryAccount.checkEnd()
      let columns = batch.columns.map { column in
        let builder = VectorBuilder(type: column.type, capacity: batch.count)
        for row in 0..<batch.count { builder.append(column.scalar(at: row)) }
        return builder.finish()
      }
      batches.append(Batch(columns: columns, count: batch.count))
    }
    return QueryResult(schema: schema, batches: batches)
  }
}
