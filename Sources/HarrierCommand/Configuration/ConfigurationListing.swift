import Configuration
import Execution
import Hunting
import SourceText

/// What is set, as rows to print.
enum ConfigurationListing {
  /// A row for each key: for a command, or for all and for those that are set apart.
  static func values(_ effective: EffectiveConfiguration, for command: String?) -> QueryResult {
    let rows: [[String]]
    if let command {
      rows = ConfigurationKeys.schema.keys(of: command).map { row($0, command, effective) }
    } else {
      rows = ConfigurationKeys.schema.keys.flatMap { self.rows($0, effective) }
    }
    return TextListing.rows(["Key", "Command", "Value", "Source"], rows)
  }

  private static func rows(
    _ key: ConfigurationKey,
    _ effective: EffectiveConfiguration
  ) -> [[String]] {
    let common = key.commands.isEmpty ? [] : [row(key, nil, effective)]
    let apart = key.commands.filter { effective.setting(key, for: $0)?.command != nil }
    return common + (apart + key.sections).map { row(key, $0, effective) }
  }

  private static func row(
    _ key: ConfigurationKey,
    _ command: String?,
    _ effective: EffectiveConfiguration
  ) -> [String] {
    let setting = effective.setting(key, for: command)
    return [
      key.name, command ?? "",
      setting?.value.description ?? key.standard,
      setting?.origin.description ?? "default",
    ]
  }

  /// A row for each file that is looked for.
  static func files(_ places: ConfigurationPlaces) -> QueryResult {
    let sightings =
      (places.search?.folderSightings() ?? []) + (places.search?.userSightings() ?? [])
    let rows = sightings.map { sighting in
      switch sighting.state {
      case .absent: [sighting.path, "not there"]
      case .found: [sighting.path, "read"]
      case .refused(let failure): [sighting.path, "refused: \(failure.diagnostic.message)"]
      }
    }
    return TextListing.rows(["File", "State"], rows)
  }
}
