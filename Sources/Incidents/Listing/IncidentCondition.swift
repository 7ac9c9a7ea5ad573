import Columnar
import DetectionRules
import GRDB

/// A term of a filter as a condition of SQL.
struct IncidentCondition {
  let sql: String
  let arguments: [any DatabaseValueConvertible]

  /// - Parameter me: who asks.
  init(_ term: IncidentFilter.Term, me: String, now: DateTime) throws(IncidentFailure) {
    let reading = TermReading(term: term, me: me, now: now)
    (sql, arguments) = try reading.condition()
  }
}

/// Makes the condition of a term.
private struct TermReading {
  typealias Condition = (String, [any DatabaseValueConvertible])

  let term: IncidentFilter.Term
  let me: String
  let now: DateTime

  func condition() throws(IncidentFailure) -> Condition {
    switch term.key {
    case .status: try listed("status", term.values.map(status))
    case .severity: try compared("severity", severity)
    case .assignee: try assignee()
    case .classification: try listed("classification", classifications())
    case .determination: try text("determination")
    case .name: try text("name")
    case .tag: try subset("incident_tags", "lower(tag)", "")
    case .priority: try compared("priority", number)
    case .alerts: try compared("alert_count", number)
    case .devices: try compared("device_count", number)
    case .users: try compared("user_count", number)
    case .mailboxes: try compared("mailbox_count", number)
    case .actions: try compared("pending_actions", number)
    case .created: try compared("created", time)
    case .updated: try compared("updated", time)
    case .activity: try compared("last_activity", time)
    case .first: try compared("first_activity", time)
    case .services: try compared("service_count", number)
    case .category, .detection, .entity, .product, .threat, .investigation, .technique, .rule,
      .service, .alertSeverity:
      try subset("incident_facets", "value", "kind = '\(facetKind)' AND ")
    }
  }

  private var facetKind: String {
    switch term.key {
    case .service: "serviceSource"
    case .detection: "detectionSource"
    case .alertSeverity: "alertSeverity"
    default: term.key.rawValue
    }
  }

  private func refused(_ what: String) -> IncidentFailure {
    IncidentFailure("'\(term.key.rawValue)' \(what)")
  }

  private func status(_ value: String) throws(IncidentFailure) -> String {
    guard let status = IncidentStatus(reading: value) else {
      throw refused("is one of \(IncidentStatus.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return status.rawValue
  }

  private func severity(_ value: String) throws(IncidentFailure) -> Int64 {
    guard let severity = Severity(reading: value) else {
      throw refused("is informational, low, medium or high")
    }
    return Int64(severity.rank)
  }

  private func number(_ value: String) throws(IncidentFailure) -> Int64 {
    guard let number = Int64(value) else { throw refused("is a whole number") }
    return number
  }

  /// An instant, or how long ago: `7d`.
  private func time(_ value: String) throws(IncidentFailure) -> Int64 {
    let bytes = Array(value.utf8)
    if let span = TimeSpan(parsingLiteral: bytes) { return now.ticks &- span.ticks }
    guard let time = DateTime(parsing: bytes) else {
      throw refused("is a time as 2026-11-29T08:00Z, or how long ago as 7d")
    }
    return time.ticks
  }

  private func classifications() throws(IncidentFailure) -> [String] {
    var found: [String] = []
    for value in term.values { found.append(try Classification(value, nil).classification) }
    return found
  }

  /// `=`, `!=` and the like with a number.
  private func compared(
    _ column: String,
    _ read: (String) throws(IncidentFailure) -> Int64
  ) throws(IncidentFailure) -> Condition {
    if term.comparison == .contains { throw refused("has no '~'") }
    if term.values.count > 1 {
      var numbers: [any DatabaseValueConvertible] = []
      for value in term.values { numbers.append(try read(value)) }
      return try among(column, numbers)
    }
    return ("\(column) \(term.comparison.rawValue) ?", [try read(term.values[0])])
  }

  private func listed(
    _ column: String,
    _ values: @autoclosure () throws(IncidentFailure) -> [String]
  ) throws(IncidentFailure) -> Condition {
    try among(column, try values())
  }

  private func among(
    _ column: String,
    _ values: [any DatabaseValueConvertible]
  ) throws(IncidentFailure) -> Condition {
    let marks = values.map { _ in "?" }.joined(separator: ",")
    switch term.comparison {
    case .equals: return ("\(column) IN (\(marks))", values)
    case .differs: return ("\(column) NOT IN (\(marks))", values)
    default: throw refused("has = and != only for several values or words")
    }
  }

  private func text(_ column: String) throws(IncidentFailure) -> Condition {
    guard term.comparison == .contains else {
      return try among("lower(\(column))", term.values.map { $0.lowercased() })
    }
    let parts = term.values.map { _ in "instr(lower(\(column)), ?) > 0" }
    return ("(" + parts.joined(separator: " OR ") + ")", term.values.map { $0.lowercased() })
  }

  private func assignee() throws(IncidentFailure) -> Condition {
    var parts: [String] = []
    var arguments: [any DatabaseValueConvertible] = []
    for value in term.values {
      if value == "none" {
        parts.append("assigned_to IS NULL")
      } else {
        parts.append("assigned_to IS ?")
        arguments.append(value == "me" ? me : value)
      }
    }
    let sql = "(" + parts.joined(separator: " OR ") + ")"
    switch term.comparison {
    case .equals: return (sql, arguments)
    case .differs: return ("NOT " + sql, arguments)
    default: throw refused("has = and != only")
    }
  }

  private func subset(
    _ table: String,
    _ column: String,
    _ condition: String
  ) throws(IncidentFailure) -> Condition {
    let values = term.values.map { $0.lowercased() }
    let marks = values.map { _ in "?" }.joined(separator: ",")
    let inside: String
    switch term.comparison {
    case .equals, .differs: inside = "\(column) IN (\(marks))"
    case .contains:
      inside = "(" + values.map { _ in "instr(\(column), ?) > 0" }.joined(separator: " OR ") + ")"
    default: throw refused("has = != and ~ only")
    }
    let not = term.comparison == .differs ? "NOT " : ""
    return ("id \(not)IN (SELECT incident FROM \(table) WHERE \(condition)\(inside))", values)
  }
}
