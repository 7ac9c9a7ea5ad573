import Alerts
import Incidents

/// Executes what Harrier does itself, in the transaction that ends the action, so that it happens
/// exactly once.
package protocol OwnExecution: Sendable {
  func execute(_ action: ActionRecord, _ writer: ResponseWriter) throws -> ActionOutcome
}

/// Starts investigations of devices that somebody or a rule asks for.
package protocol InvestigationStarter: OwnExecution {}

/// Keeps entries of the allow and block list that actions ask for, and takes them off again.
package protocol EntryKeeper: OwnExecution {}

/// What there is of Harrier's own to execute actions with.
package struct OwnExecutions: Sendable {
  package var entries: any EntryKeeper = ListEntryKeeper()
  package var investigations: any InvestigationStarter = DeviceInvestigationStarter()

  package init() {}

  /// What actions name as their connector that Harrier executed itself.
  static let name = "harrier"

  /// What executes an action itself; nil where a connector does.
  func execution(of kind: ActionKind) -> (any OwnExecution)? {
    switch kind {
    case .blockFile, .allowFile, .blockUrl, .blockSender: entries
    case .removeFileEntry, .removeUrlEntry, .removeSenderEntry: entries
    case .initiateInvestigation: investigations
    default: nil
    }
  }
}
