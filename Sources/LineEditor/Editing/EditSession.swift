/// One entry being edited: events go in, the view of the text and what to do next come out.
///
/// Knows nothing of terminals, so that all of its behaviour can be tested without one.
struct EditSession {
  /// What the editor has to do after an event.
  enum Outcome: Equatable {
    case draw
    /// The event could not be followed.
    case ring
    case submit([UInt8])
    case interrupt
    case end
    case suspend
    case clearScreen
  }

  var buffer: EditBuffer
  var search: ReverseSearch?
  var menu: CompletionMenu?
  let options: EditorOptions
  var history: HistoryCursor
  private var killed: KillBuffer

  /// Starts with an empty text.
  init(_ options: EditorOptions, history: History, killed: KillBuffer = KillBuffer()) {
    self.options = options
    self.history = HistoryCursor(history)
    self.killed = killed
    buffer = EditBuffer(byteLimit: options.entryLimitBytes)
  }

  /// What was killed last, for the next entry.
  var killedText: KillBuffer { killed }

  /// Follows an event.
  mutating func handle(_ event: KeyEvent) -> Outcome {
    if search != nil, let outcome = handleSearch(event) { return outcome }
    if menu != nil, let outcome = handleMenu(event) { return outcome }
    switch event {
    case .text(let bytes):
      killed.endRun()
      return outcome(buffer.insert(bytes, isTyping: true))
    case .paste(let bytes):
      killed.endRun()
      return outcome(buffer.insert(bytes))
    case .press(let key, let modifiers):
      guard let command = EditCommand(key, modifiers) else { return .draw }
      return follow(command)
    }
  }

  private mutating func follow(_ command: EditCommand) -> Outcome {
    if let range = killRange(command) { return kill(range, command) }
    killed.endRun()
    if let place = place(command) {
      buffer.move(to: place)
      return .draw
    }
    switch command {
    case .enter: return enter()
    case .newline: return outcome(buffer.insert([TextMetrics.lineFeed]))
    case .up: return outcome(buffer.moveUp() || goToPreviousEntry())
    case .down: return outcome(buffer.moveDown() || goToNextEntry())
    case .previousEntry: return outcome(goToPreviousEntry())
    case .nextEntry: return outcome(goToNextEntry())
    case .deleteBackward: return delete(buffer.previousUnit..<buffer.cursor)
    case .deleteOrEnd where buffer.text.isEmpty: return .end
    case .deleteForward, .deleteOrEnd: return delete(buffer.cursor..<buffer.nextUnit)
    case .yank: return outcome(buffer.insert(killed.text))
    case .transpose: return outcome(buffer.transpose())
    case .undo: return outcome(buffer.undo())
    case .complete, .completeBackward: return complete()
    case .search, .searchForward: search = ReverseSearch(history.history)
    case .clearScreen: return .clearScreen
    case .suspend: return .suspend
    case .interrupt: return .interrupt
    default: break
    }
    return .draw
  }

  /// Where a command that only moves goes to.
  private func place(_ command: EditCommand) -> Int? {
    switch command {
    case .left: buffer.previousUnit
    case .right: buffer.nextUnit
    case .wordLeft: buffer.previousWord
    case .wordRight: buffer.nextWord
    case .lineStart: buffer.line.lowerBound
    case .lineEnd: buffer.line.upperBound
    case .textStart: 0
    case .textEnd: buffer.text.count
    default: nil
    }
  }

  /// What a command that kills removes.
  private func killRange(_ command: EditCommand) -> Range<Int>? {
    switch command {
    case .killToLineEnd: buffer.cursor..<buffer.killEnd
    case .killToLineStart: buffer.killStart..<buffer.cursor
    case .killBlankWord: buffer.previousBlank..<buffer.cursor
    case .killPreviousWord: buffer.previousWord..<buffer.cursor
    case .killNextWord: buffer.cursor..<buffer.nextWord
    default: nil
    }
  }

  private mutating func kill(_ range: Range<Int>, _ command: EditCommand) -> Outcome {
    guard !range.isEmpty else { return .ring }
    let isForward = command == .killToLineEnd || command == .killNextWord
    killed.add(buffer.remove(range), isForward: isForward)
    return .draw
  }

  private mutating func delete(_ range: Range<Int>) -> Outcome {
    guard !range.isEmpty else { return .ring }
    return outcome(buffer.replace(range, with: []))
  }

  private mutating func enter() -> Outcome {
    let rest = buffer.text[buffer.cursor...]
    let isLastLine = rest.allSatisfy(ASCIIFolding.isBlank)
    let isBlankLine = buffer.text[buffer.line].allSatisfy(ASCIIFolding.isBlank)
    let draft = EntryDraft(
      text: buffer.text,
      endsInTypedBlankLine: isLastLine && isBlankLine
    )
    if options.isComplete(draft) {
      let lastByte = buffer.text.lastIndex { $0 != TextMetrics.lineFeed } ?? -1
      return .submit(Array(buffer.text[...lastByte]))
    }
    return outcome(buffer.insert([TextMetrics.lineFeed]))
  }

  private mutating func goToPreviousEntry() -> Bool {
    guard let entry = history.previous(leaving: buffer.text) else { return false }
    buffer.replaceAll(with: entry)
    return true
  }

  private mutating func goToNextEntry() -> Bool {
    guard let entry = history.next() else { return false }
    buffer.replaceAll(with: entry)
    return true
  }

  /// Rings where something could not be done.
  func outcome(_ isDone: Bool) -> Outcome { isDone ? .draw : .ring }
}
