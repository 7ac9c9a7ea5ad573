import ArgumentParser
import Foundation

@testable import HarrierCommand

/// An option or flag of a command, as the argument parser describes it.
struct DescribedOption {
  let name: String
  let isFlag: Bool
  let isRepeating: Bool
  let standard: String
  let values: [String]
}

/// The commands with their options.
struct DescribedCommands {
  /// Options by the name that the command has in configuration.
  private(set) var options: [String: [DescribedOption]] = [:]
  /// Help texts by that name.
  private(set) var discussions: [String: String] = [:]

  init() throws {
    let json = try JSONSerialization.jsonObject(with: Data(Harrier._dumpHelp().utf8))
    let root = (json as? [String: Any])?["command"] as? [String: Any]
    for command in root?["subcommands"] as? [[String: Any]] ?? [] { add(command, below: []) }
  }

  private mutating func add(_ command: [String: Any], below words: [String]) {
    let name = command["commandName"] as? String ?? ""
    if name == "help" { return }
    let path = words + [name]
    let inner = command["subcommands"] as? [[String: Any]] ?? []
    for command in inner { add(command, below: path) }
    let key = path.joined(separator: "-")
    discussions[key] = command["discussion"] as? String ?? ""
    if !inner.isEmpty { return }
    let arguments = command["arguments"] as? [[String: Any]] ?? []
    options[key] = arguments.compactMap(Self.option).filter { $0.name != "help" }
  }

  private static func option(_ argument: [String: Any]) -> DescribedOption? {
    let names = argument["names"] as? [[String: Any]] ?? []
    guard let long = names.first(where: { $0["kind"] as? String == "long" }) else { return nil }
    return DescribedOption(
      name: long["name"] as? String ?? "",
      isFlag: argument["kind"] as? String == "flag",
      isRepeating: argument["isRepeating"] as? Bool ?? false,
      standard: argument["defaultValue"] as? String ?? "",
      values: argument["allValues"] as? [String] ?? []
    )
  }
}
