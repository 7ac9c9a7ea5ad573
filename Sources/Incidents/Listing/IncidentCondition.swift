import Columnar
import DetectionRules

/// A term of a filter, read: what it asks for of which column.
struct IncidentCondition {
  enum Wanted {
    /// Numbers in one of some ranges.
    case ranges(QueueColumn, [ClosedRange<Int64>])
    /// Whole words in small letters, or parts of words.
    case words(QueueColumn, [String], isPart: Bool)
    /// Words as they are written; nil is none.
    case exact(QueueColumn, [String?])
    case members(QueueColumn, [String], isPart: Bool)
    case entities([String], isPart: Bool)
  }

  let wanted: Wanted
  let isNegated: Bool

  /// - Parameter me: who asks.
  init(_ term: IncidentFilter.Term, me: String, now: DateTime) throws(IncidentFailure) {
    wanted = try TermReading(term: term, me: me, now: now).wanted()
    isNegated = term.comparison == .differs
  }
}

/// Reads what a term asks for.
private struct TermReading {
  typealias Wanted = IncidentCondition.Wanted

  let term: IncidentFilter.Term
  let me: String
  let now: DateTime

  func wanted() throws(IncidentFailure) -> Wanted {
    switch term.key {
    case .status: try numbers(.status, status)
    case .severity: try compared(.severity, severity)
    case .assignee: try assignee()
    case .classification: .words(.classification, try classifications(), isPart: false)
    case .determination: .words(.determination, letters, isPart: try isPart())
    case .name: .words(.name, letters, isPart: try isPart())
    case .entity: .entities(letters, isPart: try isPart())
    case .created, .updated, .activity, .first: try compared(column, time)
    case .priority, .alerts, .devices, .users, .mailboxes, .actions, .services:
      try compared(column, number)
    case .tag, .category, .detection, .product, .threat, .investigation, .technique, .rule,
      .service, .alertSeverity:
      .members(column, letters, isPart: try isPart())
    }
  }

  private var column: QueueColumn {
    switch term.key {
    case .activity: .lastActivity
    case .first: .firstActivity
    case .created: .created
    case .updated: .updated
    case .alerts: .alerts
    case .devices: .devices
    case .users: .users
    case .mailboxes: .mailboxes
    case .actions: .actions
    case .services: .services
    case .tag: .tag
    case .category: .category
    case .detection: .detection
    case .product: .product
    case .threat: .threat
    case .investigation: .investigation
    case .technique: .technique
    case .rule: .rule
    case .service: .service
    case .alertSeverity: .alertSeverity
    default: .priority
    }
  }

  private var letters: [String] { term.values.map { $0.lowercased() } }

  private func refused(_ what: String) -> IncidentFailure {
    IncidentFailure("'\(term.key.rawValue)' \(what)")
  }

  private func status(_ value: String) throws(IncidentFailure) -> Int64 {
    guard let status = IncidentStatus(reading: value) else {
      throw refused("is one of \(IncidentStatus.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return QueueRow.place(of: status)
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
    try requireEquality()
    var found: [String] = []
    for value in term.values {
      found.append(try Classification(value, nil).classification.lowercased())
    }
    return found
  }

  /// `=`, `!=` and the like with a number.
  private func compared(
    _ column: QueueColumn,
    _ read: (String) throws(IncidentFailure) -> Int64
  ) throws(IncidentFailure) -> Wanted {
    if term.comparison == .contains { throw refused("has no '~'") }
    if term.values.count > 1 { return try numbers(column, read) }
    let number = try read(term.values[0])
    switch term.comparison {
    case .atLeast: return .ranges(column, [number...Int64.max])
    case .atMost: return .ranges(column, [Int64.min...number])
    case .above: return .ranges(column, number == .max ? [] : [number + 1...Int64.max])
    case .below: return .ranges(column, number == .min ? [] : [Int64.min...number - 1])
    default: return .ranges(column, [number...number])
    }
  }

  private func numbers(
    _ column: QueueColumn,
    _ read: (String) throws(IncidentFailure) -> Int64
  ) throws(IncidentFailure) -> Wanted {
    var numbers: [Int64] = []
    for value in term.values { numbers.append(try read(value)) }
    try requireEquality()
    return .ranges(column, numbers.map { $0...$0 })
  }

  private func requireEquality() throws(IncidentFailure) {
    if term.comparison == .equals || term.comparison == .differs { return }
    throw refused("has = and != only for several values or words")
  }

  /// Whether parts of words are asked for.
  private func isPart() throws(IncidentFailure) -> Bool {
    switch term.comparison {
    case .equals, .differs: return false
    case .contains: return true
    default: throw refused("has = != and ~ only")
    }
  }

  private func assignee() throws(IncidentFailure) -> Wanted {
    guard term.comparison == .equals || term.comparison == .differs else {
      throw refused("has = and != only")
    }
    return .exact(.assignee, term.values.map { $0 == "none" ? nil : $0 == "me" ? me : $0 })
  }
}
