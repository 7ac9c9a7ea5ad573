import ArgumentParser

/// Which command a command line calls.
struct CommandPath {
  /// The name in configuration, such as `query` or `store-export`.
  let name: String
  /// How many of the arguments name it.
  let wordCount: Int
  let command: any ParsableCommand.Type

  /// Finds the command; nil where arguments ask for help or name none.
  init?(_ arguments: [String], below root: any ParsableCommand.Type) {
    let asked = arguments.prefix { $0 != "--" }
    if asked.contains(where: Self.asksForHelp) || asked.first == "help" { return nil }
    guard let first = arguments.first, !first.hasPrefix("-") else {
      guard let standard = root.configuration.defaultSubcommand else { return nil }
      name = standard.configuration.commandName ?? ""
      wordCount = 0
      command = standard
      return
    }
    var words: [String] = []
    var command = root
    while !command.configuration.subcommands.isEmpty {
      guard words.count < arguments.count else { return nil }
      let word = arguments[words.count]
      let inner = command.configuration.subcommands.first { $0.names.contains(word) }
      guard let inner else { return nil }
      words.append(inner.configuration.commandName ?? word)
      command = inner
    }
    name = words.joined(separator: "-")
    wordCount = words.count
    self.command = command
  }

  private static func asksForHelp(_ argument: String) -> Bool {
    ["-h", "--help", "--help-hidden", "--version", "--experimental-dump-help"].contains(argument)
      || argument.hasPrefix("---") || argument.hasPrefix("--generate-completion-script")
  }
}

extension ParsableCommand {
  /// What the command is called by, its own name first.
  static var names: [String] {
    (configuration.commandName.map { [$0] } ?? []) + configuration.aliases
  }
}
