import ArgumentParser
import SourceText

/// Words that name no command where one is to stand. The parser of arguments calls them arguments
/// that it does not expect, or blames the option behind them.
struct UnknownCommand {
  /// The commands in front of the word that is none, and it.
  let words: [String]
  /// What could stand in its place.
  private let names: [String]

  /// Finds the first; nil where there is none, or help is asked for.
  init?(_ arguments: [String]) {
    var path: [String] = []
    var command: any ParsableCommand.Type = Harrier.self
    for word in arguments {
      let inner = command.configuration.subcommands
      if inner.isEmpty || word.hasPrefix("-") || (path.isEmpty && word == "help") { return nil }
      path.append(word)
      guard let next = inner.first(where: { $0.names.contains(word) }) else {
        words = path
        names = inner.flatMap { $0.names }
        return
      }
      command = next
    }
    return nil
  }

  /// What to say, with the command that was probably meant.
  var message: String {
    let word = words.last ?? ""
    let front = (["harrier"] + words.dropLast()).joined(separator: " ")
    let isQuery = words.count == 1 && (word.contains("|") || word.contains(" "))
    let near =
      NearMiss.nearest(to: word, among: names, limit: 1).first ?? (isQuery ? "query '…'" : nil)
    return "error: there is no command '\(TerminalText(words.joined(separator: " ")).text)'; "
      + (near.map { "did you mean '\(front) \($0)'" } ?? "'\(front) --help' lists them")
  }
}
