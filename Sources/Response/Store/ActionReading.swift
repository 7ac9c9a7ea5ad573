import GRDB
import Incidents

extension IncidentReading {
  /// Actions of a condition, with what belongs to them.
  func actions(_ condition: String, _ arguments: StatementArguments) throws -> [ActionRecord] {
    try rows(ActionRecord.query + "\n" + condition, arguments, ActionRecord.init)
  }

  func action(_ reference: ResponseReference) throws -> ActionRecord? {
    try actions(
      "WHERE actions.tenant = ? AND actions.number = ?",
      [reference.tenant, reference.number]
    )
    .first
  }

  func action(id: Int64) throws -> ActionRecord? {
    try actions("WHERE actions.id = ?", [id]).first
  }
}

extension ResponseWriter {
  func actions(_ condition: String, _ arguments: StatementArguments) throws -> [ActionRecord] {
    try incidents.actions(condition, arguments)
  }
}
