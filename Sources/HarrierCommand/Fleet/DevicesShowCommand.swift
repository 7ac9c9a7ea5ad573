import ArgumentParser
import Fleet

/// `harrier devices show`.
struct DevicesShowCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one device by its id or name: facts, alerts, incidents, what happened on it.",
    discussion: """
      A name may lack its domain; several devices of one name are all shown. Facts are those of \
      the last row of DeviceInfo, else of the evidence of alerts. The timeline has events of the \
      device and alerts of the last 30 days (--timespan), or from --from until before --to.

        harrier devices show --store logs wks-011
        harrier devices show --store logs wks-011 --part timeline --from 2026-03-01 --limit 500
        harrier devices show --store logs wks-011 --format json
      """
  )

  @OptionGroup var view: EntityView

  @Argument(help: ArgumentHelp("The id or the name.", valueName: "device"))
  var device: String

  func validate() throws {
    if device.isEmpty { throw ValidationError("Name a device by its id or name.") }
  }

  func run(_ console: Console) throws -> Int32 {
    try view.show(device, "device", DeviceQueries.entity, console)
  }
}
