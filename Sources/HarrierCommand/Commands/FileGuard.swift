import FileAccess
import SourceText

/// Does work on files one after the other; tells of failures and goes on.
final class FileGuard {
  let console: Console
  /// Whether something failed.
  private(set) var hasFailed = false

  init(_ console: Console) { self.console = console }

  /// Does something with a file; nil where that failed.
  func attempt<Value>(_ body: () throws -> Value) -> Value? {
    do {
      return try body()
    } catch {
      tell(error)
      return nil
    }
  }

  /// Says what failed.
  func tell(_ failure: any Error) { fail("\(failure)") }

  /// Says what is wrong; the text may hold any character.
  func fail(_ message: String) {
    hasFailed = true
    console.note("error: \(TerminalText(message).text)")
  }
}
