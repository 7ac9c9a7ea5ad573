import ArgumentParser
import FileAccess
import Hunting
import SourceText

/// `harrier completions`: what Tab offers behind `harrier` in a shell of the system.
struct CompletionsCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Write the completions of commands and options for bash, zsh or fish.",
    discussion: """
      With --install they go where the shell looks for them; what else is to be done is said.

        harrier completions bash --install
        harrier completions zsh > ~/.zfunc/_harrier
      """
  )

  /// The shells that are known.
  enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash
    case zsh
    case fish
  }

  @Argument(help: "bash, zsh or fish.")
  var shell: Shell

  @Flag(help: "Put them where the shell finds them.")
  var install = false

  func run(_ console: Console) throws -> Int32 {
    let script = Array((Harrier.completionScript(for: kind) + "\n").utf8)
    if !install {
      try console.write(script)
      return 0
    }
    guard let place = Self.place(shell) else {
      console.note("error: HOME is not set; write them to a file of yours instead of --install")
      return ExitCodes.queryError
    }
    let disk = LocalFileSystem()
    try disk.makeFoldersDurably(folder(of: place.path))
    try disk.write(script, to: place.path)
    console.note("written to \(TerminalText(place.path).text); \(place.advice)")
    return 0
  }

  private var kind: CompletionShell {
    switch shell {
    case .bash: .bash
    case .zsh: .zsh
    case .fish: .fish
    }
  }

  /// Where a shell looks for completions of the user, and how it comes to read them.
  private static func place(_ shell: Shell) -> (path: String, advice: String)? {
    guard let home = Terminal.environment("HOME"), !home.isEmpty else { return nil }
    func below(_ variable: String, _ otherwise: String) -> String {
      let folder = Terminal.environment(variable).flatMap { $0.hasPrefix("/") ? $0 : nil }
      return folder ?? "\(home)/\(otherwise)"
    }
    switch shell {
    case .bash:
      let folder = below("XDG_DATA_HOME", ".local/share") + "/bash-completion/completions"
      return (folder + "/harrier", "new shells with bash-completion read it")
    case .zsh:
      return (
        home + "/.zfunc/_harrier",
        "add 'fpath+=~/.zfunc; autoload -U compinit; compinit' to ~/.zshrc"
      )
    case .fish:
      let folder = below("XDG_CONFIG_HOME", ".config") + "/fish/completions"
      return (folder + "/harrier.fish", "new shells read it")
    }
  }
}
