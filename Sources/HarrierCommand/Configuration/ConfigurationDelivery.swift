import Configuration

/// How values of configuration reach a command.
enum ConfigurationDelivery {
  /// Keys that are no options: what the setting makes of the environment.
  static let variables: [String: @Sendable (String) -> (name: String, value: String)?] = [
    "color": { $0 == "never" ? ("NO_COLOR", "1") : nil },
    "pager": { ("HARRIER_PAGER", $0) },
  ]

  /// The variable that a setting stands for; nil where it is an option, or says nothing.
  static func variable(_ setting: ConfigurationSetting) -> (name: String, value: String)? {
    guard case .text(let text) = setting.value else { return nil }
    return variables[setting.key.name].flatMap { $0(text) }
  }

  /// Flags that have an opposite.
  static let invertible: Set<String> = ["merge", "github"]
  /// Options with a short name.
  static let shortNames: [String: Character] = ["quiet": "q"]
  /// Options of which one that is given says that those of configuration are not meant.
  static let sources: Set<String> = ["load", "store"]

  /// The arguments that say the same; none where a flag is off that is off anyway.
  static func arguments(_ setting: ConfigurationSetting) -> [String] {
    let name = setting.key.name
    switch setting.value {
    case .text(let text): return ["--\(name)=\(text)"]
    case .list(let texts): return texts.map { "--\(name)=\($0)" }
    case .flag(true): return ["--\(name)"]
    case .flag(false): return invertible.contains(name) ? ["--no-\(name)"] : []
    }
  }

  /// Whether the user's own arguments make a setting of configuration pointless.
  static func isGiven(_ name: String, in arguments: [String]) -> Bool {
    if sources.contains(name) { return sources.contains { isWritten($0, in: arguments) } }
    return isWritten(name, in: arguments)
  }

  /// Whether an option is among arguments.
  static func isWritten(_ name: String, in arguments: [String]) -> Bool {
    let opposite = invertible.contains(name) ? "--no-\(name)" : nil
    return arguments.prefix { $0 != "--" }.contains { argument in
      if argument == "--\(name)" || argument.hasPrefix("--\(name)=") { return true }
      if argument == opposite { return true }
      guard let short = shortNames[name], argument.hasPrefix("-") else { return false }
      return !argument.hasPrefix("--") && argument.dropFirst().allSatisfy(\.isLetter)
        && argument.contains(short)
    }
  }
}
