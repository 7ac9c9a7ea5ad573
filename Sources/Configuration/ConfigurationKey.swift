/// What the value of a key is.
public enum ConfigurationKind: Sendable, Equatable {
  case text
  /// One of these words.
  case choice([String])
  case integer
  case decimal
  case flag
  /// A path of a folder; in a file relative to the folder of that file.
  case folder
  /// Several texts.
  case texts
  /// Several `name=value`, or a table of them.
  case pairs
  /// Several `name=FILE`, or a table of them; paths as those of folders.
  case files
}

/// A setting that can be made outside the command line.
public struct ConfigurationKey: Sendable, Equatable {
  public let name: String
  public let kind: ConfigurationKind
  /// Commands that a value for all of them concerns.
  public let commands: [String]
  /// Commands for which it counts in their own section only.
  public let sections: [String]
  /// What holds where nothing is set; empty for nothing.
  public let standard: String
  public let summary: String
  /// Whether a file that others may have written may not set it.
  public let isPersonal: Bool

  public init(
    _ name: String,
    _ kind: ConfigurationKind,
    for commands: [String] = [],
    sections: [String] = [],
    standard: String = "",
    isPersonal: Bool = false,
    _ summary: String
  ) {
    self.name = name
    self.kind = kind
    self.commands = commands
    self.sections = sections
    self.standard = standard
    self.isPersonal = isPersonal
    self.summary = summary
  }

  /// Whether a command knows it.
  public func concerns(_ command: String) -> Bool {
    commands.contains(command) || sections.contains(command)
  }

  /// The environment variable for one command, or for all that the key concerns.
  public func variable(for command: String? = nil) -> String {
    let words = ["harrier"] + (command.map { [$0] } ?? []) + [name]
    return words.joined(separator: "_").uppercased().replacing("-", with: "_")
  }
}

/// The keys that there are.
public struct ConfigurationSchema: Sendable {
  public let keys: [ConfigurationKey]
  /// The names of commands that have keys; those of commands below others have a hyphen between.
  public let commands: [String]

  public init(_ keys: [ConfigurationKey]) {
    self.keys = keys
    commands = Set(keys.flatMap { $0.commands + $0.sections }).sorted()
  }

  /// The key of a name for all commands.
  public func common(_ name: String) -> ConfigurationKey? {
    keys.first { $0.name == name && !$0.commands.isEmpty }
  }

  /// The key of a name for a command.
  public func key(_ name: String, of command: String) -> ConfigurationKey? {
    keys.first { $0.name == name && $0.concerns(command) }
  }

  /// The keys that a command knows.
  public func keys(of command: String) -> [ConfigurationKey] {
    keys.filter { $0.concerns(command) }
  }
}
