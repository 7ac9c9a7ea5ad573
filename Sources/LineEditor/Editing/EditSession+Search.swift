/// The search through the history.
extension EditSession {
  /// Follows an event while the history is searched; nil where the event is for the text found.
  mutating func handleSearch(_ event: KeyEvent) -> Outcome? {
    switch event {
    case .text(let bytes), .paste(let bytes):
      search?.extend(bytes)
      return searchOutcome
    case .press(let key, let modifiers):
      if let command = EditCommand(key, modifiers) { return handleSearch(command) }
      return .draw
    }
  }

  private mutating func handleSearch(_ command: EditCommand) -> Outcome? {
    switch command {
    case .search: search?.goOn(step: -1)
    case .searchForward: search?.goOn(step: 1)
    case .deleteBackward: search?.shorten()
    case .cancel: search = nil
    case .enter:
      acceptFound()
      return .draw
    case .interrupt, .suspend, .clearScreen: return nil
    default:
      acceptFound()
      return nil
    }
    return searchOutcome
  }

  private var searchOutcome: Outcome { search?.isFailed == true ? .ring : .draw }

  private mutating func acceptFound() {
    defer { search = nil }
    guard let search, let match = search.match, let found = search.found else { return }
    history.jump(to: match.entry, leaving: buffer.text)
    buffer.replaceAll(with: found)
    buffer.move(to: match.offset)
  }
}
