/// How an editor looks and what it asks of the program around it.
public struct EditorOptions {
  /// The file descriptor of the terminal that keys come from.
  public var input: Int32 = 0
  /// The file descriptor of the terminal to draw on.
  public var output: Int32 = 1
  /// Shown before the first line.
  public var prompt: String
  /// Shown before each further line.
  public var continuationPrompt: String
  /// The look of the styles.
  public var palette = Palette.colours
  /// Bytes that an entry may have; more are refused with a bell.
  public var entryLimitBytes = 16 << 20
  /// Texts with more bytes than this are shown without colours, so that keys stay quick.
  public var highlightLimitBytes = 128 << 10
  /// How long to wait for the rest of a key's sequence before a lone Esc is taken as that key.
  public var escapeDelayMilliseconds: Int32 = 50
  /// Whether Return submits the text instead of starting a line.
  public var isComplete: (EntryDraft) -> Bool = { _ in true }
  /// The styles of a text.
  public var highlight: ([UInt8]) -> [StyledRange] = { _ in [] }
  /// What could stand at a cursor, which is an offset into the text.
  public var complete: (_ text: [UInt8], _ cursor: Int) -> Completions = { .none(at: $1) }

  /// Makes options for the standard streams.
  public init(prompt: String, continuationPrompt: String) {
    self.prompt = prompt
    self.continuationPrompt = continuationPrompt
  }
}
