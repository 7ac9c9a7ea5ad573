import Columnar
import DetectionRules

/// A term of a filter, read: what it asks for of which column.
struct IncidentCondition {
  /// How members of sets are to be like the words that are asked for.
  enum Likeness {
    case whole
    /// They have it in them.
    case part
    /// They have the same letters and digits.
    case letters
  }

  enum Wanted {
    /// Numbers in one of some ranges.
    case ranges(QueueColumn, [ClosedRange<Int64>])
    /// Sets with as many members.
    case counts(QueueColumn, [ClosedRange<Int64>])
    /// Words in small letters.
    case words(QueueColumn, [String], Likeness)
    /// Words as they are written; nil is none.
    case exact(QueueColumn, [String?])
    case members(QueueColumn, [String], Likeness)
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
    case .status: .ranges(.status, try equal(status))
    case .severity: .ranges(.severity, try compared(severity))
    case .alertSeverity: try alertSeverity()
    case .assignee: try assignee()
    case .classification: .words(.classification, try classifications(), .whole)
    case .determination, .name: .words(column, try texts(), try likeness())
    case .entity: .entities(letters, isPart: try isPart())
    case .created, .updated, .activity, .first: .ranges(column, try compared(time))
    case .priority, .alerts, .devices, .users, .mailboxes, .actions, .services:
      .ranges(column, try compared(number))
    case .categories, .detections, .techniques, .products, .rules, .tags:
      .counts(column, try compared(number))
    case .tag, .category, .detection, .product, .threat, .investigation, .technique, .rule,
      .service, .policy, .os, .deviceGroup:
      .members(column, try texts(), try likeness())
    }
  }

  private var column: QueueColumn { QueueColumn(of: term.key) ?? .priority }

  private var letters: [String] { term.values.map { $0.lowercased() } }

  /// Whether a word is the same however it is written.
  private var isOfProduct: Bool { term.key.vocabulary != nil || term.key == .os }

  private func likeness() throws(IncidentFailure) -> IncidentCondition.Likeness {
    try isPart() ? .part : isOfProduct ? .letters : .whole
  }

  /// What is looked for; words of the product in all ways in which they are known.
  private func texts() throws(IncidentFailure) -> [String] {
    if try isPart() || !isOfProduct { return letters }
    return term.values.flatMap { value in
      term.key.vocabulary?.alike(value) ?? [ProductWord.letters(of: value)]
    }
  }

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

  /// Incidents with an alert of one of some severities.
  private func alertSeverity() throws(IncidentFailure) -> Wanted {
    let ranges = try compared(severity)
    let asked = Severity.allCases.filter { severity in
      ranges.contains { $0.contains(Int64(severity.rank)) }
    }
    return .members(.alertSeverity, asked.map(\.rawValue), .whole)
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
    _ read: (String) throws(IncidentFailure) -> Int64
  ) throws(IncidentFailure) -> [ClosedRange<Int64>] {
    if term.comparison == .contains { throw refused("has no '~'") }
    if term.values.count > 1 { return try equal(read) }
    let number = try read(term.values[0])
    switch term.comparison {
    case .atLeast: return [number...Int64.max]
    case .atMost: return [Int64.min...number]
    case .above: return number == .max ? [] : [number + 1...Int64.max]
    case .below: return number == .min ? [] : [Int64.min...number - 1]
    default: return [number...number]
    }
  }

  private func equal(
    _ read: (String) throws(IncidentFailure) -> Int64
  ) throws(IncidentFailure) -> [ClosedRange<Int64>] {
    var numbers: [Int64] = []
    for value in term.values { numbers.append(try read(value)) }
    try requireEquality()
    return numbers.map { $0...$0 }
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
