/// Reads what is set, wherever it is.
public struct ConfigurationReading {
  private let schema: ConfigurationSchema
  private let search: ConfigurationSearch?
  private let environment: EnvironmentReader
  private let home: String?

  /// - Parameters:
  ///   - search: where files are looked for; nil for none.
  ///   - home: what `~` in paths of files stands for.
  public init(
    _ schema: ConfigurationSchema,
    search: ConfigurationSearch?,
    environment: EnvironmentReader,
    home: String?
  ) {
    self.schema = schema
    self.search = search
    self.environment = environment
    self.home = home
  }

  /// What holds for a command; or for all, where none is named.
  public func read(
    for command: String? = nil
  ) throws(ConfigurationFailure) -> EffectiveConfiguration {
    EffectiveConfiguration([
      try environment.settings(for: command),
      try settings(search?.folderSightings() ?? []),
      try settings(search?.userSightings() ?? []),
    ])
  }

  /// The settings of the one file that was seen; anything refused is an error.
  private func settings(
    _ sightings: [ConfigurationSighting]
  ) throws(ConfigurationFailure) -> [ConfigurationSetting] {
    var settings: [ConfigurationSetting] = []
    for sighting in sightings {
      switch sighting.state {
      case .absent: continue
      case .refused(let failure): throw failure
      case .found(let file):
        settings += try SettingsReader(file, schema: schema, home: home).read()
      }
    }
    return settings
  }
}
