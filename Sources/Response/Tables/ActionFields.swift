import Columnar
import Execution
import Hunting
import Incidents

extension ActionRowListing {
  /// The columns of actions that programs read; those of tenants come behind.
  static let fieldColumns =
    texts("Action") + numbers("Number") + texts("Kind") + dynamics("Target")
    + texts("Status", "Detail") + dynamics("Before", "Parameters")
    + texts("Source", "ApprovalId", "Name", "RequestedBy") + flags("IsSystem")
    + dynamics("DecidedBy", "Connector", "Incident", "Investigation", "AlertId", "Undoes")
    + times("Requested", "Expires", "Decided", "Started", "Ended")

  /// What those are called, and the tenant.
  public static let fieldNames = (fieldColumns + ListedTenants.brief.columns).map(\.name)

  /// A row of fields for each action.
  static func programs(_ actions: [ActionRecord], _ tenants: ListedTenants) -> QueryResult {
    FieldListing.rows(fieldColumns + tenants.columns, actions) { action in
      action.fields + [("Tenant", .text(action.tenant))] + tenants.furtherFields(of: action.tenant)
    }
  }
}

extension ActionRecord {
  /// What programs read of it, without its tenant.
  fileprivate var fields: Fields {
    [
      ("Action", .text(reference.description)), ("Number", .number(reference.number)),
      ("Kind", .text(kind.rawValue)), ("Target", .identifiers(target.identifiers)),
      ("Status", .text(status.rawValue)), ("Detail", .text(detail)),
      ("Before", .text(orNull: before.isEmpty ? nil : before)),
      (
        "Parameters",
        .fields(parameters.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })
      ),
      ("Source", .text(source)), ("ApprovalId", .text(approval)), ("Name", .text(name)),
      ("RequestedBy", .text(requestedBy)), ("IsSystem", .flag(isSystem)),
      ("DecidedBy", .text(orNull: decidedBy)),
      ("Connector", .text(orNull: connector.isEmpty ? nil : connector)),
      ("Incident", .text(orNull: incidentNumber.map { "\(tenant)/\($0)" })),
      ("Investigation", .text(orNull: investigationNumber.map { "\(tenant)/\($0)" })),
      ("AlertId", .text(orNull: alertID)), ("Undoes", .text(orNull: undoes?.description)),
      ("Requested", .time(requested)), ("Expires", .time(expires)), ("Decided", .time(decided)),
      ("Started", .time(started)), ("Ended", .time(ended)),
    ]
  }
}

extension ActionChange {
  var fields: Fields {
    [
      ("At", .time(at)), ("Actor", .text(actor)), ("IsSystem", .flag(isSystem)),
      ("Status", .text(status)), ("Comment", .text(comment)),
    ]
  }
}
