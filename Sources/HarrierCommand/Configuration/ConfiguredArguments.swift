import ArgumentParser
import Configuration
import FileAccess
import SourceText

/// The arguments of a command line with what configuration adds to them.
///
/// Settings become options right behind the name of the command, where the user gave none of that
/// name; so the parser of arguments stays the one place that knows what options mean.
struct ConfiguredArguments {
  /// The user's arguments, without `--no-config`.
  let own: [String]
  /// What configuration adds.
  let added: [ConfigurationSetting]
  /// What is to be said about settings that were left out.
  let notes: [String]
  /// Variables that settings stand for.
  let variables: [(name: String, value: String)]
  private let wordCount: Int
  private let command: String

  private static let noConfiguration = "--no-config"

  /// - Parameters:
  ///   - read: what is set for a command, with files or without.
  ///   - isThere: whether a folder exists.
  init(
    _ arguments: [String],
    read: (String, Bool) throws(ConfigurationFailure) -> EffectiveConfiguration,
    isThere: (String) -> Bool
  ) throws(ConfigurationFailure) {
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    let own = arguments[..<end].filter { $0 != Self.noConfiguration } + arguments[end...]
    let withFiles = own.count == arguments.count
    let path = CommandPath(own, below: Harrier.self)
    let command = path?.name ?? ""
    // The command that shows the configuration is to know too.
    let isAsked = command == "config" && !withFiles
    self.own = own + (isAsked ? [Self.noConfiguration] : [])
    self.command = command
    wordCount = path?.wordCount ?? 0
    let keys = ConfigurationKeys.schema.keys(of: command)
    guard !keys.isEmpty, let effective = try Self.effective(command, withFiles, read) else {
      (added, notes, variables) = ([], [], [])
      return
    }
    let settings = keys.compactMap { effective.setting($0, for: command) }
    let given = Array(own.dropFirst(wordCount))
    let wanted = settings.filter { !ConfigurationDelivery.isGiven($0.key.name, in: given) }
    variables = wanted.compactMap(ConfigurationDelivery.variable)
    let options = wanted.filter { ConfigurationDelivery.variables[$0.key.name] == nil }
    notes = options.compactMap { Self.reason(against: $0, command, isThere) }
    let fitting = options.filter { Self.reason(against: $0, command, isThere) == nil }
    let hasStore =
      fitting.contains { $0.key.name == "store" }
      || ConfigurationDelivery.isWritten("store", in: given)
    // What is saved outside of stores has no principals.
    let isPersonal = ConfigurationKeys.saving.contains(command) && !hasStore
    added = isPersonal ? fitting.filter { $0.key.name != "as" } : fitting
  }

  /// What is set; nothing where the command that shows it is to tell what is wrong.
  private static func effective(
    _ command: String,
    _ withFiles: Bool,
    _ read: (String, Bool) throws(ConfigurationFailure) -> EffectiveConfiguration
  ) throws(ConfigurationFailure) -> EffectiveConfiguration? {
    do {
      return try read(command, withFiles)
    } catch {
      if command == "config" { return nil }
      throw error
    }
  }

  /// All arguments.
  var all: [String] { arguments(with: added) }

  /// The settings without which the arguments would be right, as far as one alone is to blame.
  func blamed(_ isRight: ([String]) -> Bool) -> [ConfigurationSetting] {
    if added.isEmpty { return [] }
    let alone = added.filter { blamed in isRight(arguments(with: added.filter { $0 != blamed })) }
    if !alone.isEmpty { return alone }
    return isRight(own) ? added : []
  }

  private func arguments(with settings: [ConfigurationSetting]) -> [String] {
    let options = settings.flatMap(ConfigurationDelivery.arguments)
    if options.isEmpty { return own }
    let words = wordCount == 0 ? [command] : Array(own.prefix(wordCount))
    return words + options + own.dropFirst(wordCount)
  }

  /// Says why a setting is left out: a store that is not there, but where one would be made.
  private static func reason(
    against setting: ConfigurationSetting,
    _ command: String,
    _ isThere: (String) -> Bool
  ) -> String? {
    guard setting.key.name == "store", command != "ingest" else { return nil }
    guard case .text(let path) = setting.value, !isThere(path) else { return nil }
    return "note: the store '\(TerminalText(path).text)' is not there and left out "
      + "(\(TerminalText(setting.origin.description).text))"
  }
}
