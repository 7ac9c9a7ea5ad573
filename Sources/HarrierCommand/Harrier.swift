import ArgumentParser

/// The `harrier` command.
@main
struct Harrier: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "harrier",
    abstract: "Hunts over security telemetry with the Kusto Query Language.")
}
