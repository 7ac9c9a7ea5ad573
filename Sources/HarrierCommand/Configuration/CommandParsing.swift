import ArgumentParser

extension Harrier {
  /// The command that arguments call.
  ///
  /// Where they name one, it reads its options alone: the parser of arguments otherwise looks at
  /// every command there is first, which takes longer than many a command. What a command does not
  /// take, or asks for help, is read from the top, for messages that name the whole of it.
  static func command(_ arguments: [String]) throws -> any ParsableCommand {
    if let path = CommandPath(arguments, below: Harrier.self), path.wordCount > 0,
      let command = try? path.command.parseAsRoot(Array(arguments.dropFirst(path.wordCount))),
      type(of: command) == path.command
    {
      return command
    }
    return try parseAsRoot(arguments)
  }
}
