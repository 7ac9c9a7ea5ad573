public import Columnar

/// Which entries of a history are shown; what is not said lets all through.
public struct HistoryFilter: Sendable {
  /// Actions, or the first words of some: `alert` stands for all that was done to alerts.
  public var actions: [String] = []
  /// Who did it, in any letter case; `system` is all that nobody did.
  public var actors: [String] = []
  public var from: DateTime?
  /// The first instant that is no more let through.
  public var to: DateTime?

  public init() {}

  public var isEmpty: Bool { actions.isEmpty && actors.isEmpty && from == nil && to == nil }

  public func entries(of history: [HistoryEntry]) -> [HistoryEntry] {
    history.filter { entry in
      (actions.isEmpty || actions.contains { Self.holds($0, of: entry.action) })
        && (actors.isEmpty || actors.contains { Self.holds($0, of: entry) })
        && from.map { $0 <= entry.at } ?? true && to.map { entry.at < $0 } ?? true
    }
  }

  private static func holds(_ action: String, of done: String) -> Bool {
    let action = action.lowercased()
    let done = done.lowercased()
    return done == action || done.hasPrefix(action + " ")
  }

  private static func holds(_ actor: String, of entry: HistoryEntry) -> Bool {
    let actor = actor.lowercased()
    return actor == "system" ? entry.isSystem : entry.actor.lowercased() == actor
  }
}
