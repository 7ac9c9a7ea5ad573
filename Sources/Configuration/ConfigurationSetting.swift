/// A value as it goes to a command.
public enum ConfigurationValue: Sendable, Equatable {
  /// A text, a word, a number or a path.
  case text(String)
  case flag(Bool)
  case list([String])
}

extension ConfigurationValue: CustomStringConvertible {
  /// The value in one line.
  public var description: String {
    switch self {
    case .text(let text): text
    case .flag(let isOn): isOn ? "true" : "false"
    case .list(let texts): texts.joined(separator: ", ")
    }
  }
}

/// Where a value was set.
public enum ConfigurationOrigin: Sendable, Equatable {
  case file(path: String, line: Int)
  /// A variable of the environment.
  case variable(String)
}

extension ConfigurationOrigin: CustomStringConvertible {
  /// The place as it is named to people.
  public var description: String {
    switch self {
    case .file(let path, let line): "\(path):\(line)"
    case .variable(let name): "environment \(name)"
    }
  }
}

/// A value that was set, by whom, and for which command.
public struct ConfigurationSetting: Sendable, Equatable {
  public let key: ConfigurationKey
  /// The one command that it is for; nil for all that the key concerns.
  public let command: String?
  public let value: ConfigurationValue
  public let origin: ConfigurationOrigin
}

/// All that was set: the environment over the file of the folder over the user's file.
public struct EffectiveConfiguration: Sendable {
  /// Settings by who made them; the first wins.
  private let layers: [[ConfigurationSetting]]

  /// - Parameter layers: the settings of each place, that which wins first.
  public init(_ layers: [[ConfigurationSetting]]) { self.layers = layers }

  /// What holds for a key and a command, or for commands in general.
  ///
  /// The nearer place wins; within one, what is said for the command alone.
  public func setting(
    _ key: ConfigurationKey,
    for command: String? = nil
  ) -> ConfigurationSetting? {
    for layer in layers {
      let own = layer.first { $0.key == key && $0.command == command }
      if let own { return own }
      if let command, !key.commands.contains(command) { continue }
      if let common = layer.first(where: { $0.key == key && $0.command == nil }) { return common }
    }
    return nil
  }
}
