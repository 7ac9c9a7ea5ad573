import ArgumentParser
import Incidents
import SourceText

/// Which entries of a history are shown.
struct HistoryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Entries of the history with this action, or that begin with this word: comment, alert …; "
        + "may be given again.",
      valueName: "action"
    )
  )
  var action: [String] = []

  @Option(
    help: ArgumentHelp(
      "Entries of the history by this actor, system for all that nobody did; may be given again.",
      valueName: "actor"
    )
  )
  var actor: [String] = []

  @OptionGroup var period: PeriodOptions

  var filter: HistoryFilter {
    var filter = HistoryFilter()
    filter.actions = action
    filter.actors = actor
    filter.from = period.start
    filter.to = period.end
    return filter
  }

  /// Refuses what says nothing about the part that is shown.
  func check(isHistory: Bool) throws {
    if !isHistory, !filter.isEmpty {
      throw ValidationError("--action, --actor, --from and --to go with --part history.")
    }
  }

  /// The entries that are let through; where none are, what there are is told.
  func entries(of history: [HistoryEntry], _ console: Console) -> [HistoryEntry] {
    let found = filter.entries(of: history)
    if found.isEmpty, !history.isEmpty {
      let known = Set(history.map(\.action)).sorted().joined(separator: ", ")
      console.note("none of \(history.count) entries; actions: \(TerminalText(known).text)")
    }
    return found
  }
}
