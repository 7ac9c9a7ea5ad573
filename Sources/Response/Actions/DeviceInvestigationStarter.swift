import Alerts
import Incidents

/// Starts the investigation of a device that an action on an alert asks for.
struct DeviceInvestigationStarter: InvestigationStarter {
  func execute(_ action: ActionRecord, _ writer: ResponseWriter) throws -> ActionOutcome {
    let device = action.target["deviceId"] ?? ""
    guard let key = action.alert, let alert = try writer.incidents.alert(key: key) else {
      return ActionOutcome(
        .failed,
        "an investigation is of an alert; name it with --alert, or start one with "
          + "'harrier investigations start --device ID'"
      )
    }
    let investigations = InvestigationWriter(writer.incidents)
    let entity = InvestigationEntity(
      .device,
      [("deviceId", device)],
      verdict: .unknown,
      origin: "alert"
    )
    let (id, isNew) = try investigations.start(
      .deviceMalware,
      .manual,
      for: alert,
      by: action.isSystem ? .response : Actor(principal: action.requestedBy),
      with: [entity]
    )
    let number = try investigations.investigation(id).map { "\($0.reference)" } ?? ""
    return isNew
      ? ActionOutcome(.completed, "investigation \(number) is started")
      : ActionOutcome(.alreadyRemediated, "investigation \(number) is of the same alert")
  }
}
