/// Tab and the menu of candidates.
extension EditSession {
  /// Inserts the only candidate, or what all share, or opens the menu.
  mutating func complete() -> Outcome {
    guard let completions = completions() else { return .ring }
    if completions.candidates.count == 1 {
      return outcome(take(completions.candidates[0], of: completions))
    }
    let typed = buffer.text[completions.range]
    guard let shared = completions.extensionOf(typed: typed) else {
      menu = CompletionMenu(completions)
      return .draw
    }
    let isFitting = buffer.replace(completions.range, with: shared)
    menu = self.completions().map(CompletionMenu.init)
    return outcome(isFitting)
  }

  /// The candidates at the cursor; nil where there are none or their range is not in the text.
  private func completions() -> Completions? {
    let found = options.complete(buffer.text, buffer.cursor)
    let isWithin = found.range.lowerBound >= 0 && found.range.upperBound <= buffer.text.count
    return isWithin && !found.candidates.isEmpty ? found : nil
  }

  private mutating func take(
    _ candidate: Completions.Candidate,
    of completions: Completions
  ) -> Bool {
    menu = nil
    return buffer.replace(completions.range, with: candidate.insertion)
  }

  /// Follows an event while the menu is open; nil where it is not the menu's, which is then closed.
  mutating func handleMenu(_ event: KeyEvent) -> Outcome? {
    switch event {
    case .text(let bytes): return refine(buffer.insert(bytes, isTyping: true))
    case .press(let key, let modifiers):
      if let command = EditCommand(key, modifiers) { return handleMenu(command) }
    case .paste: break
    }
    menu = nil
    return nil
  }

  private mutating func handleMenu(_ command: EditCommand) -> Outcome? {
    switch command {
    case .complete, .down, .right:
      menu?.selectNext()
      return .draw
    case .completeBackward, .up, .left:
      menu?.selectPrevious()
      return .draw
    case .cancel:
      menu = nil
      return .draw
    case .deleteBackward where buffer.cursor > 0:
      return refine(buffer.replace(buffer.previousUnit..<buffer.cursor, with: []))
    case .enter:
      guard let menu, let choice = menu.choice else { break }
      return outcome(take(choice, of: menu.completions))
    default: break
    }
    menu = nil
    return nil
  }

  /// Asks for the candidates again after the word has changed.
  private mutating func refine(_ isDone: Bool) -> Outcome {
    menu = completions().map(CompletionMenu.init)
    return outcome(isDone)
  }
}
