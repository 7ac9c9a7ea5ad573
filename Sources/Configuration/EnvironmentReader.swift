import SourceText

/// Reads settings from variables of the environment.
public struct EnvironmentReader {
  private let schema: ConfigurationSchema
  private let variable: (String) -> String?

  /// - Parameter variable: the value of a variable; nil where it is not set.
  public init(_ schema: ConfigurationSchema, variable: @escaping (String) -> String?) {
    self.schema = schema
    self.variable = variable
  }

  /// What is set for a command; or for each, where none is named.
  public func settings(
    for command: String? = nil
  ) throws(ConfigurationFailure) -> [ConfigurationSetting] {
    var settings: [ConfigurationSetting] = []
    for key in schema.keys {
      if !key.commands.isEmpty, command.map(key.concerns) ?? true {
        if let found = try setting(key, of: nil) { settings.append(found) }
      }
      for name in key.commands + key.sections where command == nil || command == name {
        if let found = try setting(key, of: name) { settings.append(found) }
      }
    }
    return settings
  }

  /// Names among `set` that begin as ours do and mean nothing.
  public func unknown(among set: [String]) -> [String] {
    var known: Set<String> = ["HARRIER_NO_CONFIG"]
    for key in schema.keys {
      known.insert(key.variable())
      for command in key.commands + key.sections { known.insert(key.variable(for: command)) }
    }
    return set.filter { $0.hasPrefix("HARRIER_") && !known.contains($0) }.sorted()
  }

  private func setting(
    _ key: ConfigurationKey,
    of command: String?
  ) throws(ConfigurationFailure) -> ConfigurationSetting? {
    let name = key.variable(for: command)
    guard let text = variable(name), !text.isEmpty else { return nil }
    let values = ValueReader(key) { $0 }
    let value: ConfigurationValue? =
      switch key.kind {
      case .texts, .pairs, .files: values.list(text.split(separator: ",").map(String.init))
      case .text, .choice, .integer, .decimal, .flag, .folder:
        values.value(text, isQuoted: false)
      }
    guard let value else {
      let source = SourceText(text, name: name)
      let span = SourceSpan(0, text.utf8.count)
      throw .wrongKind(key, found: "'\(text)'", at: span, in: source)
    }
    return ConfigurationSetting(key: key, command: command, value: value, origin: .variable(name))
  }
}
