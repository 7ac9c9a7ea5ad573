extension EditSession {
  /// What is to be seen of the session.
  ///
  /// - Parameter isFinal: whether the entry is over, so that only its text is left.
  func view(_ options: EditorOptions, size: ScreenSize, isFinal: Bool = false) -> EntryView {
    let found = isFinal ? nil : search?.found
    let text = found ?? buffer.text
    var view = EntryView(
      text: text,
      cursor: found == nil ? buffer.cursor : search?.match?.offset ?? 0,
      prompt: Array(options.prompt.utf8),
      continuationPrompt: Array(options.continuationPrompt.utf8)
    )
    if text.count <= options.highlightLimitBytes { view.styles = options.highlight(text) }
    if isFinal {
      view.cursor = text.count
    } else if let search {
      view.footer = [Self.line(search)]
    } else if let menu {
      view.footer = menu.lines(size: size)
    }
    return view
  }

  private static func line(_ search: ReverseSearch) -> FooterLine {
    var line = FooterLine(search.isFailed ? "not in history: " : "search history: ", .faint)
    line.append(search.query, search.isFailed ? .error : .plain)
    return line
  }
}
