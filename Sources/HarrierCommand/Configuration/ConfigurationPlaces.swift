import Configuration
import FileAccess

/// Where configuration of this process is looked for.
struct ConfigurationPlaces {
  let search: ConfigurationSearch?
  let home: String?
  private let environment = EnvironmentReader(ConfigurationKeys.schema) {
    Terminal.environment($0)
  }

  /// - Parameter withFiles: whether files count, unless HARRIER_NO_CONFIG says that they do not.
  init(withFiles: Bool) {
    home = Terminal.environment("HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    let isOff = !(Terminal.environment("HARRIER_NO_CONFIG") ?? "").isEmpty
    guard withFiles, !isOff else {
      search = nil
      return
    }
    let base = Terminal.environment("XDG_CONFIG_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    search = ConfigurationSearch(
      LocalFileSystem(),
      from: ProcessIdentity.folder ?? "",
      home: home,
      userFolder: (base ?? home.map { $0 + "/.config" }).map { $0 + "/harrier" },
      userID: ProcessIdentity.userID
    )
  }

  /// What holds for a command; or for all, where none is named.
  func read(
    for command: String? = nil
  ) throws(ConfigurationFailure) -> EffectiveConfiguration {
    let reading = ConfigurationReading(
      ConfigurationKeys.schema,
      search: search,
      environment: environment,
      home: home
    )
    return try reading.read(for: command)
  }

  /// Variables that look like settings and are none.
  var unknownVariables: [String] {
    environment.unknown(among: ProcessIdentity.variables(startingWith: "HARRIER_"))
  }
}
