import Columnar
import Hunting
import KQLSyntax
import QueryPlan
import SourceText

extension RuleCheck {
  static let timeColumnMissing = RuleCheck(
    "HD101",
    "time-column-missing",
    .error,
    "the result of a custom detection has no time of the event",
    explanation: """
      Defender finds the event of an alert again by its time: 'Timestamp' of tables of Defender, \
      'TimeGenerated' of tables of Sentinel. A rule whose result lacks it is refused. 'summarize' \
      and 'project' lose it most often; take it along with arg_max.
      """,
    example: .defender {
      $0.query = """
        DeviceProcessEvents
        | summarize Runs = count() by DeviceId, ReportId
        """
    } good: {
      $0.query = """
        DeviceProcessEvents
        | summarize (Timestamp, ReportId) = arg_max(Timestamp, ReportId), count() by DeviceId
        """
    }
  ) { context in
    guard context.isDefender, let identity = context.query.identity,
      context.query.lacks(identity.time),
      RequiredColumns.known(identity, context).contains(identity.time)
    else { return [] }
    let time = identity.time
    var message = "the result has no '\(time)'"
    if let other = context.query.otherNames(of: time).first { message += ", only '\(other)'" }
    return [RequiredColumns.match(message, losing: [time], identity, context)]
  }

  static let timeColumnAltered = RuleCheck(
    "HD102",
    "time-column-altered",
    .error,
    "the time of the event is not what the table has",
    explanation: """
      Defender looks for the row of the event by its time, so 'Timestamp' or 'TimeGenerated' must \
      be the table's own, handed on as it is or by arg_max and arg_min. A computed one, such as \
      bin(Timestamp, 1h), or another column under that name is refused. max() and min() are the \
      time of some row, but not of the row that the other columns are of: a warning.
      """,
    example: .defender {
      $0.query = """
        DeviceProcessEvents
        | extend Timestamp = bin(Timestamp, 1h)
        | project Timestamp, DeviceId, ReportId
        """
    } good: {
      $0.query = """
        DeviceProcessEvents
        | extend Hour = bin(Timestamp, 1h)
        | project Timestamp, Hour, DeviceId, ReportId
        """
    }
  ) { context in
    guard context.isDefender, context.query.isSound, let identity = context.query.identity,
      let origin = context.query.origin(of: identity.time)
    else { return [] }
    return alteredTime(origin, identity, context).map { [$0] } ?? []
  }

  private static func alteredTime(
    _ origin: ColumnOrigin,
    _ identity: EventIdentity,
    _ context: RuleContext
  ) -> RuleMatch? {
    let time = identity.time
    let loss = LossSearch(context.query) { $0[time]?.own?.name == time }.find()
    let place = RulePlace.query(loss?.node.span ?? RequiredColumns.statement(context))
    let by = loss.map { "'\($0.name)' makes it" } ?? "it is"
    switch origin {
    case .own(let column) where column.name == time: return nil
    case .own(let column):
      return RuleMatch(
        "'\(time)' is not the time of '\(identity.table)': \(by) '\(column.name)'",
        at: place,
        help: "hand '\(time)' on as it is, and give '\(column.name)' its own name"
      )
    case .aggregated(let function, _):
      let other = function == "max" ? "arg_max" : "arg_min"
      return RuleMatch(
        "'\(time)' is \(function)() of many rows, which need not be that of the other columns",
        at: place,
        help: "take all columns of one row, as in "
          + "'summarize \(other)(\(time), *), count() by …'",
        severity: .warning
      )
    case .computed:
      return RuleMatch(
        "'\(time)' is computed and not the time of '\(identity.table)'",
        at: place,
        help: "hand '\(time)' on as it is, and give the computed time another name"
      )
    }
  }
}

/// What checks of columns that must be there have in common.
enum RequiredColumns {
  /// Says that columns are lost, at the operator that loses the first of them.
  static func match(
    _ message: String,
    losing columns: [String],
    _ identity: EventIdentity,
    _ context: RuleContext
  ) -> RuleMatch {
    let loss = columns.first.flatMap { column in
      LossSearch(context.query, losing: column).find()
    }
    guard let loss else {
      return RuleMatch(
        message,
        at: .query(statement(context)),
        help: "let the result keep what '\(identity.table)' has"
      )
    }
    return RuleMatch(
      "\(message): '\(loss.name)' drops it",
      at: .query(loss.node.span),
      help: help(for: loss, columns, identity),
      fix: fix(of: loss, columns)
    )
  }

  /// The statement that gives the result.
  static func statement(_ context: RuleContext) -> SourceSpan {
    let statements = context.query.checked.tree.root.children(.statement)
    return statements.last { $0.kind == .queryStatement }?.span ?? SourceSpan(0, 0)
  }

  /// The columns that the table of the event has in its own product; what is bound has also those
  /// that the other product adds.
  static func known(_ identity: EventIdentity, _ context: RuleContext) -> Set<String> {
    if !identity.isSentinel,
      let declared = TableSchemas.environment(.xdr).lookup(identity.table)
    {
      return Set(declared.columns.map(\.name))
    }
    let scans = context.query.eventScans.filter { $0.table == identity.table }
    return Set(scans.flatMap { $0.columns.map(\.name) })
  }

  private static func help(
    for loss: ColumnLoss,
    _ columns: [String],
    _ identity: EventIdentity
  ) -> String {
    let list = columns.joined(separator: ", ")
    switch loss.node.kind {
    case .summarizeOperator:
      let others = identity.columns.filter { $0 != "DeviceId" }
      let row = ([identity.time] + others).joined(separator: ", ")
      let wanted = others.isEmpty ? identity.time : "(\(row))"
      return "take it along, as in 'summarize \(wanted) = arg_max(\(row)), … by …'"
    case .projectOperator, .projectKeepOperator, .distinctOperator:
      return "name \(list) there too"
    case .projectAwayOperator: return "leave \(list) out of what is dropped"
    default: return "keep \(list) up to the end"
    }
  }

  /// Names the columns in a projection too.
  private static func fix(of loss: ColumnLoss, _ columns: [String]) -> RuleFix? {
    let kinds: Set<SyntaxKind> = [.projectOperator, .projectKeepOperator]
    guard kinds.contains(loss.node.kind),
      let first = loss.node.elements(in: .expression).first ?? loss.node.elements(in: .column).first
    else { return nil }
    let list = columns.joined(separator: ", ")
    return RuleFix(
      "name \(list) in '\(loss.name)'",
      .query(.at(first.span.start), list + ", ")
    )
  }
}
