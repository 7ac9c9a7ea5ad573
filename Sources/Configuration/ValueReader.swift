/// Reads texts as the kind of value that a key has.
struct ValueReader {
  private let kind: ConfigurationKind
  private let resolve: (String) -> String

  /// - Parameter resolve: makes a path out of one that may be relative to a file.
  init(_ key: ConfigurationKey, resolve: @escaping (String) -> String) {
    kind = key.kind
    self.resolve = resolve
  }

  /// A value that is written as one text; nil where that is no value of the kind.
  func value(_ text: String, isQuoted: Bool) -> ConfigurationValue? {
    if text.isEmpty || Self.hasControls(text) { return nil }
    switch kind {
    case .text: return .text(text)
    case .choice(let words): return words.contains(text) ? .text(text) : nil
    case .folder: return .text(resolve(text))
    case .integer: return isQuoted || Int(text) == nil ? nil : .text(text)
    case .decimal:
      guard !isQuoted, let number = Double(text), number.isFinite else { return nil }
      return .text(text)
    case .flag:
      if isQuoted { return nil }
      return text == "true" ? .flag(true) : text == "false" ? .flag(false) : nil
    case .texts, .pairs, .files: return list([text])
    }
  }

  /// A value that is written as a list.
  func list(_ texts: [String]) -> ConfigurationValue? {
    if texts.contains(where: Self.hasControls) || texts.contains("") { return nil }
    switch kind {
    case .texts: return .list(texts)
    case .pairs: return texts.allSatisfy { $0.contains("=") } ? .list(texts) : nil
    case .files:
      let files = texts.compactMap(file)
      return files.count == texts.count ? .list(files) : nil
    case .text, .choice, .integer, .decimal, .flag, .folder: return nil
    }
  }

  /// A value that is written as a table, with its members as `name=value`.
  func pairs(_ texts: [String]) -> ConfigurationValue? {
    kind == .pairs || kind == .files ? list(texts) : nil
  }

  /// `name=FILE` with the path made whole; nil where a part is missing.
  private func file(_ text: String) -> String? {
    guard let equals = text.firstIndex(of: "=") else { return nil }
    let path = text[text.index(after: equals)...]
    return path.isEmpty ? nil : text[...equals] + resolve(String(path))
  }

  /// Whether a text has what no option should hold, such as the end of a line.
  static func hasControls(_ text: String) -> Bool {
    text.unicodeScalars.contains { $0.properties.generalCategory == .control }
  }
}
