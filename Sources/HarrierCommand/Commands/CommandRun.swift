import ArgumentParser
import Columnar
import Detections
import FileAccess
import Hunting
import Incidents
import OperationalStore
import Response
import SourceText
import Synchronization
import Tenancy

/// Runs the body of a command and turns what it throws into messages and exit codes; a reader of
/// standard output that goes away ends it quietly.
enum CommandRun {
  static func guarded(
    _ console: Console,
    source: () -> SourceText?,
    _ body: () throws -> Int32
  ) throws -> Int32 {
    do {
      OperationalStore.willUpgrade.withLock { $0 = tellUpgrade }
      let code = try body()
      try console.output.flush()
      return code
    } catch let rejection as QueryRejection {
      if let source = source() { console.show(rejection.diagnostics, of: source) }
      return ExitCodes.queryError
    } catch let failure as QueryFailure {
      console.show(failure, of: source())
      return ExitCodes.code(failure.kind)
    } catch let failure as LoadSpecificationError {
      console.note("error: \(TerminalText(failure.description).text)")
      return ExitCodes.usage
    } catch let failure as IngestionFailure {
      console.note("error: \(TerminalText(failure.description).text)")
      return ExitCodes.queryError
    } catch let failure as StoreFailure {
      console.note("error: \(TerminalText(failure.description).text)")
      return ExitCodes.queryError
    } catch let failure as AccessFailure {
      console.note("error: \(TerminalText(failure.description).text)")
      return ExitCodes.queryError
    } catch let failure as DetectionFailure {
      console.note("error: \(TerminalText(failure.description).text)")
      return ExitCodes.queryError
    } catch let failure as IncidentFailure {
      console.note("error: \(TerminalText(failure.description).text)")
      return ExitCodes.queryError
    } catch let failure as ResponseFailure {
      console.note("error: \(TerminalText(failure.description).text)")
      return ExitCodes.queryError
    } catch let failure as FileFailure where failure.isClosedOutput {
      // `head` and pagers end so: whoever reads has enough.
      return 0
    } catch let failure as FileFailure {
      console.note("error: \(TerminalText(failure.description).text)")
      return ExitCodes.queryError
    }
  }
}

/// Says why nothing happens for a while.
private let tellUpgrade: @Sendable (String) -> Void = { path in
  Console().note(
    "bringing '\(TerminalText(path).text)' to this version's format, once; it takes about a minute "
      + "for a million alerts, and must end before others write"
  )
}

/// A command without a query text: what it throws becomes messages and exit codes.
protocol ConsoleCommand: ParsableCommand {
  /// Does the work and returns the exit code.
  func run(_ console: Console) throws -> Int32
}

extension ConsoleCommand {
  func run() throws {
    let console = Console()
    let code = try CommandRun.guarded(console, source: { nil }) { try run(console) }
    if code != 0 { throw ExitCode(code) }
  }
}
