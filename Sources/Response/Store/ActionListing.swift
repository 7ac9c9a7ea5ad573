public import Columnar
import GRDB
public import Incidents

/// Which actions are listed; what is empty or nil lets all through.
public struct ActionFilter: Sendable {
  public var statuses: Set<ActionStatus> = []
  public var kinds: Set<ActionKind> = []
  /// In the words of ``ActionSource``, in any letter case.
  public var source: String?
  /// Since when something has happened to them.
  public var since: DateTime?
  /// The number of an incident in its tenant.
  public var incident: Int?
  public var investigation: Int?
  public var approval: String?
  /// A part of what they are done to.
  public var target: String?

  public init() {}

  /// What somebody is to decide.
  public static var pending: ActionFilter {
    var filter = ActionFilter()
    filter.statuses = [.pending]
    return filter
  }

  /// What is decided, waits for its turn or is done.
  public static var history: ActionFilter {
    var filter = ActionFilter()
    filter.statuses = Set(ActionStatus.allCases).subtracting([.pending])
    return filter
  }

  /// The condition and its values.
  func condition(_ tenants: [String]) -> (sql: String, arguments: StatementArguments) {
    var parts = ["actions.tenant IN (\(Self.marks(tenants.count)))"]
    var arguments = StatementArguments(tenants)
    func add(_ part: String, _ values: StatementArguments) {
      parts.append(part)
      arguments += values
    }
    if !statuses.isEmpty {
      let names = statuses.map(\.rawValue).sorted()
      add("actions.status IN (\(Self.marks(names.count)))", StatementArguments(names))
    }
    if !kinds.isEmpty {
      let names = kinds.map(\.rawValue).sorted()
      add("actions.kind IN (\(Self.marks(names.count)))", StatementArguments(names))
    }
    if let source { add("lower(actions.source) = lower(?)", [source]) }
    if let since {
      let last = "max(actions.requested, coalesce(actions.decided, 0), coalesce(actions.ended, 0))"
      add("\(last) >= ?", [since.ticks])
    }
    if let incident {
      let shared = Self.sharedActions(tenants.count)
      add("(incidents.number = ? OR actions.id IN (\(shared)))", [incident, incident])
      arguments += StatementArguments(tenants)
    }
    if let investigation { add("investigations.number = ?", [investigation]) }
    if let approval { add("actions.approval = ?", [approval]) }
    if let target { add("instr(lower(actions.target), lower(?)) > 0", [target]) }
    return (parts.joined(separator: " AND "), arguments)
  }

  /// The actions of others on which investigations of an incident's alerts wait too.
  private static func sharedActions(_ tenants: Int) -> String {
    """
    SELECT shared_actions.action FROM incidents AS place
      JOIN alerts ON alerts.incident = place.id
      JOIN investigations ON investigations.alert = alerts.id
      JOIN shared_actions ON shared_actions.investigation = investigations.id
    WHERE place.number = ? AND place.tenant IN (\(marks(tenants)))
    """
  }

  private static func marks(_ count: Int) -> String {
    repeatElement("?", count: count).joined(separator: ",")
  }
}

/// In which order actions are listed.
public enum ActionSorting: String, Sendable, CaseIterable {
  case newest, oldest, kind, status, tenant, source, target

  var sql: String {
    switch self {
    case .newest: "actions.id DESC"
    case .oldest: "actions.id"
    case .kind, .status, .tenant, .source, .target: "actions.\(rawValue), actions.id DESC"
    }
  }
}

extension ActionStore {
  /// The actions of an incident, those that it shares with others among them, oldest first.
  public func actions(of incident: Incident) throws -> [ActionRecord] {
    var filter = ActionFilter()
    filter.incident = incident.reference.number
    return try actions(of: [incident.tenant], filter: filter, order: .oldest, limit: .max).actions
  }

  /// A part of a list.
  public struct Page: Sendable {
    public let actions: [ActionRecord]
    /// How many there are in all.
    public let total: Int
  }

  /// The actions of tenants that a filter lets through.
  public func actions(
    of tenants: [String],
    filter: ActionFilter,
    order: ActionSorting = .newest,
    limit: Int = 50,
    offset: Int = 0
  ) throws -> Page {
    if tenants.isEmpty { return Page(actions: [], total: 0) }
    let (condition, arguments) = filter.condition(tenants)
    return try read { reader in
      let joins = ActionRecord.query
      let total = try Int.fetchOne(
        reader.database,
        sql: "SELECT count(*) FROM (\(joins) WHERE \(condition))",
        arguments: arguments
      )
      let actions = try reader.rows(
        "\(joins) WHERE \(condition) ORDER BY \(order.sql) LIMIT ? OFFSET ?",
        arguments + [limit, offset],
        ActionRecord.init
      )
      return Page(actions: actions, total: total ?? 0)
    }
  }
}
