import Execution
import FileAccess
import Hunting
import HuntingShell
import SourceText

extension ReplSession {
  /// Shows rows as a table.
  func show(_ rows: QueryResult) throws {
    let isTerminal = Terminal.isTerminal(.output)
    let form = RowsForm(
      format: .table,
      width: isTerminal ? Terminal.width(.output) : nil,
      isTerminal: isTerminal
    )
    try ReplPager(self).show { try form.write(rows, to: $0) }
  }
}

/// Shows what may be longer or wider than the screen, in a pager where it is.
struct ReplPager {
  private let session: ReplSession

  init(_ session: ReplSession) { self.session = session }

  /// The command line of the pager; nil where no person sits at a terminal, or wants none.
  private var command: String? {
    guard session.isInteractive, Terminal.isTerminal(.output) else { return nil }
    return session.pager.command(Terminal.environment)
  }

  /// What fits above the next prompt and the line with the time.
  private var room: PagedOutput.Room {
    PagedOutput.Room(
      lines: max(1, (Terminal.height(.output) ?? 24) - 2),
      columns: Terminal.width(.output) ?? 80
    )
  }

  /// Whether a pager will show rows of a result, so that there is no need to cut them.
  func isNeeded(for rowCount: Int, columns: Int) -> Bool {
    guard command != nil else { return false }
    let room = room
    return rowCount + ResultWriter.tableHeadLines > room.lines
      || ResultWriter.leastTableWidth(columns: columns) > room.columns
  }

  /// Calls the body with where to write; a second time where the pager does not start.
  func show(_ body: (any ByteOutput) throws -> Void) throws {
    let output = session.console.output
    guard let command else {
      try body(output)
      return try output.flush()
    }
    let paging = Paging(
      command,
      room: room,
      plain: output,
      variables: PagerSetting.variables(Terminal.environment)
    )
    if try !paging.show(body) {
      session.console.note(
        "note: the pager '\(TerminalText(command).text)' could not be started; "
          + ".pager COMMAND names another, .pager off does without"
      )
    }
  }
}
