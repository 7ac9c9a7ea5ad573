import Columnar
public import Execution
public import Hunting

/// Actions, and what belongs to them, as rows to show.
public enum ActionRowListing: RowListing {
  /// A row for each action.
  public static func actions(
    _ actions: [ActionRecord],
    tenants: ListedTenants = .brief
  ) -> ListedRows {
    let schema = Schema(
      texts("Action", "Kind", "Target", "Status", "Detail", "Source", "ApprovalId", "Name")
        + texts("RequestedBy", "DecidedBy", "Connector", "Incident", "Alert", "Undoes")
        + times("Requested", "Decided", "Ended", "Expires") + tenants.columns
    )
    let people = StoreListing.rows(schema, actions) { action in
      [
        action.reference.description, action.kind.rawValue, action.target.description,
        action.status.rawValue, action.detail, action.source, action.approval, action.name,
        action.requestedBy, action.decidedBy ?? "", action.connector,
        action.incidentNumber.map { "\(action.tenant)/\($0)" } ?? "", action.alertID ?? "",
        action.undoes?.description ?? "",
      ].map(text) + [
        time(action.requested), time(action.decided), time(action.ended), time(action.expires),
      ] + tenants.cells(of: action.tenant)
    }
    return ListedRows(people: people, programs: programs(actions, tenants))
  }

  /// All facts of an action.
  public static func action(_ action: ActionRecord) -> ListedRows {
    ListedRows(people: facts(of: action), programs: programs([action], .brief))
  }

  /// A row for each fact of an action.
  private static func facts(of action: ActionRecord) -> QueryResult {
    let parameters = action.parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let rows: [(String, String)] = [
      ("Action", action.reference.description), ("Kind", action.kind.rawValue),
      ("Target", action.target.description), ("Status", action.status.rawValue),
      ("Detail", action.detail), ("Before", action.before),
      ("Parameters", parameters.joined(separator: " ")), ("Name", action.name),
      ("ApprovalId", action.approval), ("Source", action.source),
      ("Connector", action.connector), ("RequestedBy", action.requestedBy),
      ("Requested", action.requested.text), ("Expires", action.expires?.text ?? ""),
      ("DecidedBy", action.decidedBy ?? ""), ("Decided", action.decided?.text ?? ""),
      ("Started", action.started?.text ?? ""), ("Ended", action.ended?.text ?? ""),
      ("Incident", action.incidentNumber.map { "\(action.tenant)/\($0)" } ?? ""),
      ("Investigation", action.investigationNumber.map { "\(action.tenant)/\($0)" } ?? ""),
      ("Alert", action.alertID ?? ""), ("Undoes", action.undoes?.description ?? ""),
    ]
    return facts(rows)
  }

  /// A row for each change, oldest first.
  public static func history(_ changes: [ActionChange]) -> ListedRows {
    let schema = Schema(times("At") + texts("Actor", "Status", "Comment"))
    let people = StoreListing.rows(schema, changes) {
      [time($0.at), text($0.actor), text($0.status), text($0.comment)]
    }
    let columns = times("At") + texts("Actor") + flags("IsSystem") + texts("Status", "Comment")
    return ListedRows(
      people: people,
      programs: FieldListing.rows(columns, changes, fields: \.fields)
    )
  }

  /// A row for each tenant.
  public static func counts(_ counts: [(tenant: String, count: Int)]) -> QueryResult {
    StoreListing.rows(Schema(texts("Tenant") + numbers("Pending")), counts) {
      [text($0.tenant), .long(Int64($0.count))]
    }
  }

  /// A row for each connection; of a webhook's address only the host is shown.
  public static func connections(_ connections: [Connection]) -> QueryResult {
    StoreListing.rows(Schema(texts("Tenant", "Kind", "Way", "Goal")), connections) { connection in
      let (way, goal) =
        switch connection.way {
        case .command(let words): ("command", words.joined(separator: " "))
        case .webhook(let address): ("webhook", host(of: address))
        }
      return [connection.tenant, connection.kind.rawValue, way, goal].map(text)
    }
  }

  private static func host(of address: String) -> String {
    let parts = address.split(separator: "/", omittingEmptySubsequences: true)
    let authority = parts.count > 1 ? parts[1] : ""
    return String(authority.split(separator: "@").last ?? "")
  }
}
