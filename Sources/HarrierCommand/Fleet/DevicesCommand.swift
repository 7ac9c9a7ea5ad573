import ArgumentParser
import Columnar
import Fleet

/// `harrier devices`: the devices of all tenants.
struct DevicesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "devices",
    abstract: "Count, list and show the devices of the tenants of a store.",
    discussion: """
      A device counts as its last row of DeviceInfo says. Its risk is the worst severity of the \
      alerts that name it as evidence. It is newly discovered where its first row is of the last \
      seven days. 'harrier devices queries NAME' prints the query behind each number.

        harrier devices summary --store logs --timespan all
        harrier devices list --store logs --timespan all --exposure high,medium
        harrier devices show --store logs wks-011
      """,
    subcommands: [
      DevicesSummaryCommand.self, DevicesListCommand.self, DevicesShowCommand.self,
      DevicesQueriesCommand.self,
    ]
  )
}

/// `harrier devices summary`.
struct DevicesSummaryCommand: FleetCommand {
  static let configuration = CommandConfiguration(
    commandName: "summary",
    abstract: "Count devices for each tenant and for all.",
    discussion: """
      The row of the tenant 'all' is the sum of the others. Status says what a tenant lacks, or \
      why it has no numbers.

        harrier devices summary --store logs
        harrier devices summary --store logs --timespan all --by type
        harrier devices summary --store logs --tenant contoso --by onboarding --format csv
      """
  )

  @OptionGroup var place: FleetPlace

  @Option(
    help: ArgumentHelp(
      "Count by what a device has: \(DeviceQueries.dimensions.joined(separator: ", ")).",
      valueName: "what"
    )
  )
  var by: String?

  func validate() throws {
    if let by, !DeviceQueries.dimensions.contains(by) {
      let known = DeviceQueries.dimensions.joined(separator: ", ")
      throw ValidationError("--by is one of \(known).")
    }
  }

  var query: FleetQuery { by == nil ? DeviceQueries.summary : DeviceQueries.breakdown }

  var parameters: [String: Scalar] {
    by.map { ["By": .string(ByteString($0))] } ?? [:]
  }
}

/// `harrier devices list`.
struct DevicesListCommand: FleetCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the devices of all tenants, with filters.",
    discussion: """
      Filters take several values with commas between; letter case does not matter.

        harrier devices list --store logs
        harrier devices list --store logs --timespan all --risk high,medium --criticality high
        harrier devices list --store logs --os Windows11 --onboarding 'Can be onboarded'
      """
  )

  @OptionGroup var place: FleetPlace
  @OptionGroup var filter: DeviceFilter

  var query: FleetQuery { DeviceQueries.inventory }
  var parameters: [String: Scalar] { filter.parameters }
}

/// Which devices are listed.
struct DeviceFilter: ParsableArguments {
  @Option(help: ArgumentHelp("High, Medium, Low, Informational or None.", valueName: "levels"))
  var risk: String?

  @Option(help: ArgumentHelp("High, Medium, Low or None.", valueName: "levels"))
  var exposure: String?

  @Option(help: ArgumentHelp("The value of the device: High, Normal or Low.", valueName: "values"))
  var criticality: String?

  @Option(
    help: ArgumentHelp(
      "Onboarded, 'Can be onboarded', Unsupported or 'Insufficient info'.",
      valueName: "states"
    )
  )
  var onboarding: String?

  @Option(help: ArgumentHelp("The platform, such as Windows11.", valueName: "names"))
  var os: String?

  @Option(help: ArgumentHelp("The type, such as Server.", valueName: "types"))
  var type: String?

  @Option(help: ArgumentHelp("The device group.", valueName: "names"))
  var group: String?

  @Option(help: ArgumentHelp("The health of the sensor, such as Inactive.", valueName: "states"))
  var health: String?

  @Option(help: ArgumentHelp("A tag that the device has, whoever set it.", valueName: "tag"))
  var tag: String?

  @Option(help: ArgumentHelp("A part of the name.", valueName: "text"))
  var name: String?

  @Option(help: ArgumentHelp("Whether the internet reaches it.", valueName: "true|false"))
  var internetFacing: Bool?

  /// The parameters of the query.
  var parameters: [String: Scalar] {
    let texts = [
      "Risk": risk, "Exposure": exposure, "Criticality": criticality, "Onboarding": onboarding,
      "Os": os, "Type": type, "Group": group, "Health": health, "Tag": tag, "Name": name,
      "InternetFacing": internetFacing.map { $0 ? "true" : "false" },
    ]
    return texts.compactMapValues { $0 }.mapValues { .string(ByteString($0)) }
  }
}

/// `harrier devices queries`.
struct DevicesQueriesCommand: FleetQueriesCommand {
  static let configuration = CommandConfiguration(
    commandName: "queries",
    abstract: "Print the query behind a view of devices, or list them.",
    discussion: """
        harrier devices queries
        harrier devices queries devices.tenant
      """
  )

  static var queries: [FleetQuery] { DeviceQueries.all }

  @OptionGroup var choice: FleetQueryChoice
}
