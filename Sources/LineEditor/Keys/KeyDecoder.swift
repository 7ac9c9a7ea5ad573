/// Turns the bytes of a terminal into keys.
///
/// A state machine that takes the bytes in pieces of any size. Sequences that it does not know are
/// dropped whole, so that no part of one appears as text.
struct KeyDecoder {
  private enum State {
    case ground
    /// Behind `ESC`.
    case escape
    /// Within `ESC [`.
    case control
    /// Behind `ESC [ [`, which the Linux console sends for function keys.
    case consoleFunction
    /// Within `ESC O`.
    case keypad
    /// Within a message of the terminal, such as `ESC ]` to BEL or `ESC \`.
    case message
    /// Behind an ESC within a message.
    case messageEnd
    case paste
  }

  private var state = State.ground
  private var events: [KeyEvent] = []
  private var typed: [UInt8] = []
  private var parameters: [UInt8] = []
  private var paste = PasteBuffer()

  /// Bytes of parameters that are kept; sequences with more are unknown.
  private static let parameterLimit = 32

  /// Whether the bytes so far end within a sequence, so that `settle` is due after a delay.
  var isWaiting: Bool {
    switch state {
    case .ground: !typed.isEmpty
    case .paste: !paste.isStalled
    default: true
    }
  }

  /// Whether pasted text is coming in.
  var isPasting: Bool { state == .paste }

  /// Decodes further bytes.
  mutating func feed(_ bytes: [UInt8]) -> [KeyEvent] {
    for byte in bytes { take(byte) }
    let held = UTF8Scan.incompleteTail(of: typed)
    flushText(holding: state == .ground ? held : 0)
    return takeEvents()
  }

  /// Ends what is unfinished because no byte came for a while: a lone ESC is that key.
  ///
  /// Pasted text stays open, so that none of it is taken as typed if its rest is late; but
  /// Ctrl-C as the next byte then ends it.
  mutating func settle() -> [KeyEvent] {
    flushText(holding: 0)
    switch state {
    case .paste: paste.isStalled = true
    case .escape:
      state = .ground
      events.append(.press(.escape, []))
    default: state = .ground
    }
    return takeEvents()
  }

  /// Ends everything because no byte will come any more.
  mutating func finish() -> [KeyEvent] {
    if state == .paste { endPaste() }
    return settle()
  }

  private mutating func takeEvents() -> [KeyEvent] {
    defer { events = [] }
    return events
  }

  private mutating func take(_ byte: UInt8) {
    switch state {
    case .ground: takeGround(byte)
    case .escape: takeEscape(byte)
    case .control: takeControl(byte)
    case .consoleFunction: state = .ground
    case .keypad: takeKeypad(byte)
    case .message: takeMessage(byte)
    case .messageEnd: takeMessageEnd(byte)
    case .paste: takePaste(byte)
    }
  }

  private mutating func takeGround(_ byte: UInt8) {
    if byte >= 0x20, byte != 0x7F {
      typed.append(byte)
      return
    }
    flushText(holding: 0)
    if byte == 0x1B {
      state = .escape
    } else {
      events.append(KeySequence.controlCharacter(byte))
    }
  }

  private mutating func takeEscape(_ byte: UInt8) {
    state = .ground
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "O"):
      parameters = []
      state = byte == UInt8(ascii: "O") ? .keypad : .control
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      state = .message
    case 0x1B:
      events.append(.press(.escape, []))
      state = .escape
    case 0..<0x20, 0x7F: events.append(KeySequence.controlCharacter(byte, .alt))
    case 0x80...: takeGround(byte)
    default: events.append(.press(.character(ASCIIFolding.fold(byte)), .alt))
    }
  }

  private mutating func takeControl(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "[") where parameters.isEmpty: state = .consoleFunction
    case 0x20..<0x40:
      if parameters.count <= Self.parameterLimit { parameters.append(byte) }
    case 0x40..<0x7F: endControl(byte)
    default: restart(byte)
    }
  }

  private mutating func endControl(_ final: UInt8) {
    state = .ground
    if final == UInt8(ascii: "~"), parameters == KeySequence.pasteStart {
      state = .paste
      return
    }
    guard parameters.count <= Self.parameterLimit else { return }
    if let event = KeySequence.control(parameters: parameters, final: final) {
      events.append(event)
    }
  }

  private mutating func takeKeypad(_ byte: UInt8) {
    switch byte {
    case 0x30..<0x3C where parameters.count < Self.parameterLimit: parameters.append(byte)
    case 0x20..<0x7F:
      state = .ground
      if let event = KeySequence.keypad(parameters: parameters, final: byte) {
        events.append(event)
      }
    default: restart(byte)
    }
  }

  private mutating func takeMessage(_ byte: UInt8) {
    switch byte {
    case 0x07: state = .ground
    case 0x1B: state = .messageEnd
    // Ctrl-C, and the characters that cancel a sequence.
    case 0x03, 0x18, 0x1A: restart(byte)
    default: break
    }
  }

  private mutating func takeMessageEnd(_ byte: UInt8) {
    if byte == UInt8(ascii: "\\") {
      state = .ground
    } else {
      takeEscape(byte)
    }
  }

  private mutating func takePaste(_ byte: UInt8) {
    switch paste.take(byte) {
    case .more: break
    case .ended: endPaste()
    case .cancelled:
      paste = PasteBuffer()
      restart(byte)
    }
  }

  private mutating func endPaste() {
    state = .ground
    events.append(.paste(paste.text()))
    paste = PasteBuffer()
  }

  /// Drops an unfinished sequence at a byte that cannot belong to it.
  private mutating func restart(_ byte: UInt8) {
    state = .ground
    takeGround(byte)
  }

  /// Sends what was typed but for its last bytes.
  private mutating func flushText(holding held: Int) {
    guard typed.count > held else { return }
    events.append(.text(Array(typed.dropLast(held))))
    typed = Array(typed.suffix(held))
  }
}
