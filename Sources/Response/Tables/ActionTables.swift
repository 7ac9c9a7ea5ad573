public import Columnar
import Execution
import FileAccess
import GRDB
public import Hunting
import Incidents
import OperationalStore

/// Actions as rows of tables.
///
/// `ActionHistory` has a row for each change of each action, with the action's facts.
/// `SimulatedMails`, `SimulatedDevices`, `SimulatedIdentities` and `SimulatedAppConsents` are the
/// state of the simulated environment as it is now. Mails that actions moved are rows of
/// `EmailPostDeliveryEvents` beside those that were ingested.
public struct ActionTables: TableSupplement {
  private let path: String
  private let actions = Once<IncidentStore?>()
  private let environment = Once<EnvironmentStore?>()

  /// - Parameter path: the folder of the store; its databases are opened when a query reads them.
  public init(store path: String) { self.path = path }

  public var tables: [SuppliedTable] {
    [
      SuppliedTable("ActionHistory", columns: ActionRows.columns),
      SuppliedTable("SimulatedMails", columns: EnvironmentRows.mailColumns, arrival: "Changed"),
      SuppliedTable("SimulatedDevices", columns: EnvironmentRows.deviceColumns),
      SuppliedTable("SimulatedIdentities", columns: EnvironmentRows.identityColumns),
      SuppliedTable("SimulatedAppConsents", columns: EnvironmentRows.consentColumns),
      SuppliedTable("EmailPostDeliveryEvents"),
    ]
  }

  public func rows(of table: String, tenant: String) throws -> ColumnTable {
    // A column that is left out has the tenant of the rows.
    let known = TableSchemas.environment(.hunting).lookup(table)?.columns
      .filter { $0.name != "TenantId" }
    var builder = RowBuilder(Schema(columns(of: table) ?? known ?? []))
    switch table {
    case "ActionHistory", "EmailPostDeliveryEvents":
      let opened = try actions.value { try IncidentStore.open(store: path, access: .readOnly) }
      guard let opened else { break }
      let store = ActionStore(opened)
      if table == "ActionHistory" {
        try store.eachChange(of: tenant) { builder.append(ActionRows.row($0, $1, sequence: $2)) }
      } else {
        try store.eachMove(of: tenant) { builder.append(ActionRows.move($0)) }
      }
    default:
      let opened = try environment.value {
        try EnvironmentStore.open(store: path, access: .readOnly)
      }
      guard let opened else { break }
      try EnvironmentRows.append(table, of: tenant, opened, to: &builder)
    }
    return try builder.table
  }
}

extension ActionStore {
  /// Each change of a tenant's actions, in the order in which they were made, with its number.
  func eachChange(
    of tenant: String,
    _ body: (ActionChange, ActionRecord, Int64) -> Void
  ) throws(StoreFailure) {
    try read { reader in
      var known: [Int64: ActionRecord] = [:]
      for action in try reader.actions("WHERE actions.tenant = ?", [tenant]) {
        known[action.id] = action
      }
      let changes = try Row.fetchCursor(
        reader.database,
        sql: "SELECT * FROM action_history WHERE tenant = ? ORDER BY id",
        arguments: [tenant]
      )
      var sequence: Int64 = 0
      while let row = try changes.next() {
        sequence += 1
        if let action = known[row["action"]] { body(ActionChange(row), action, sequence) }
      }
    }
  }

  /// Each mail of a tenant that an action moved.
  func eachMove(of tenant: String, _ body: (ActionRecord) -> Void) throws(StoreFailure) {
    try read { reader in
      let done = try reader.actions(
        "WHERE actions.tenant = ? AND actions.status = 'completed' ORDER BY actions.id",
        [tenant]
      )
      for action in done where action.movesMail(before: action.before) { body(action) }
    }
  }
}
