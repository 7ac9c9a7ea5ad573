import FileAccess
import SourceText

/// Turns a configuration file into settings, or says what is wrong with it.
struct SettingsReader {
  let schema: ConfigurationSchema
  let file: ConfigurationFile
  /// The folder that `~` stands for.
  let home: String?
  private var source: SourceText { file.source }

  init(_ file: ConfigurationFile, schema: ConfigurationSchema, home: String?) {
    self.file = file
    self.schema = schema
    self.home = home
  }

  /// All settings of the file, which is good as a whole or refused.
  func read() throws(ConfigurationFailure) -> [ConfigurationSetting] {
    if String(validating: source.bytes, as: UTF8.self) == nil || source.bytes.contains(0) {
      throw .syntax("the text is not UTF-8, or holds a NUL byte", at: .at(0), in: source)
    }
    let isTOML = file.path.hasSuffix(".toml")
    let root = try isTOML ? TOMLDocument.read(source) : YAMLDocument.read(source)
    switch root.content {
    case .table(let members): return try settings(members)
    case .plain(""): return []
    default:
      throw .syntax("a table of keys is wanted, not \(root.kindName)", at: root.span, in: source)
    }
  }

  private func settings(
    _ members: [ConfigurationNode.Member]
  ) throws(ConfigurationFailure) -> [ConfigurationSetting] {
    var settings: [ConfigurationSetting] = []
    for member in members {
      if let key = schema.common(member.name) {
        settings.append(try setting(key, of: nil, member))
      } else if schema.commands.contains(member.name) {
        settings += try section(member)
      } else {
        let names = Set(schema.keys.filter { !$0.commands.isEmpty }.map(\.name))
        throw .unknownKey(
          member.name,
          among: names.sorted() + schema.commands,
          at: member.span,
          in: source
        )
      }
    }
    return settings
  }

  /// The settings of one command.
  private func section(
    _ member: ConfigurationNode.Member
  ) throws(ConfigurationFailure) -> [ConfigurationSetting] {
    guard case .table(let members) = member.value.content else {
      if case .plain("") = member.value.content { return [] }
      throw .syntax(
        "'\(member.name)' is a command and takes a table of keys, not \(member.value.kindName)",
        at: member.value.span,
        in: source
      )
    }
    var settings: [ConfigurationSetting] = []
    for inner in members {
      guard let key = schema.key(inner.name, of: member.name) else {
        let names = schema.keys(of: member.name).map(\.name)
        throw .unknownKey(inner.name, among: names, at: inner.span, in: source)
      }
      settings.append(try setting(key, of: member.name, inner))
    }
    return settings
  }

  private func setting(
    _ key: ConfigurationKey,
    of command: String?,
    _ member: ConfigurationNode.Member
  ) throws(ConfigurationFailure) -> ConfigurationSetting {
    if key.isPersonal, !file.isPersonal { throw .personal(key, at: member.span, in: source) }
    let line = source.position(at: member.span.start).line
    return ConfigurationSetting(
      key: key,
      command: command,
      value: try value(member.value, of: key),
      origin: .file(path: file.path, line: line)
    )
  }

  private func value(
    _ node: ConfigurationNode,
    of key: ConfigurationKey
  ) throws(ConfigurationFailure) -> ConfigurationValue {
    let words = ValueReader(key) { path in self.resolve(path) }
    let read: ConfigurationValue? =
      switch node.content {
      case .plain(let text): text.isEmpty ? nil : words.value(text, isQuoted: false)
      case .quoted(let text): words.value(text, isQuoted: true)
      case .list(let items): texts(items).flatMap(words.list)
      case .table(let members): pairs(members).flatMap(words.pairs)
      case .other: nil
      }
    guard let read else { throw .wrongKind(key, found: node.kindName, at: node.span, in: source) }
    return read
  }

  /// The texts of a list; nil where something else is among them.
  private func texts(_ items: [ConfigurationNode]) -> [String]? {
    if items.count > ConfigurationLimits.listItems { return nil }
    let texts = items.compactMap(text)
    return texts.count == items.count ? texts : nil
  }

  private func pairs(_ members: [ConfigurationNode.Member]) -> [String]? {
    if members.count > ConfigurationLimits.listItems { return nil }
    let texts = members.compactMap { member in text(member.value).map { "\(member.name)=\($0)" } }
    return texts.count == members.count ? texts : nil
  }

  private func text(_ node: ConfigurationNode) -> String? {
    switch node.content {
    case .plain(let text): text.isEmpty ? nil : text
    case .quoted(let text): text
    case .list, .table, .other: nil
    }
  }

  /// A path as it is from the current folder.
  private func resolve(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    if let home, path == "~" || path.hasPrefix("~/") { return home + path.dropFirst() }
    let folder = folder(of: file.path)
    return folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
  }
}
