import Configuration
import Testing

@testable import HarrierCommand

/// Holds the keys of configuration against the options that commands have.
struct ConfigurationKeyTests {
  /// Options that say what one call is to do; they are no keys.
  private static let exceptions: Set<String> = [
    "file", "in-place", "check", "analyze", "json", "json-lines", "fix", "diff", "list",
    "explain", "update", "record", "changed-since", "watch", "junit", "sarif", "table", "batch",
    "columns", "days", "output", "link", "id", "display-name", "expires", "for", "head",
    "install", "command", "files", "no-config", "function", "shared", "severity", "state",
    "tactic", "at", "disabled", "no-merge", "no-github", "filter", "coverage", "require-tests",
    "last", "until", "every", "name", "alerts", "to", "write", "drop-comments", "part", "when",
    "action", "comment", "by-tenant-id", "assign", "classify", "status", "description",
    "add-tag", "remove-tag", "resolving-comment", "new", "sort", "limit", "skip", "save",
    "saved", "delete", "graphviz", "html", "seed", "deliver", "by", "risk", "exposure",
    "criticality",
    "onboarding", "os", "type", "group", "health", "tag", "internet-facing", "only", "history",
    "count", "period", "kind", "source", "incident", "alert", "approval", "target", "with",
    "propose", "later", "all", "did-run", "argument", "url", "act", "act-name", "mail",
    "senders-copy",
    "recipient", "user", "device", "device-group", "category", "result", "block", "allow",
    "never", "note", "sender", "sha256", "ip", "spoof", "view", "subject", "location",
    "direction", "query", "first", "from", "actor", "version",
  ]

  @Test("each key is an option of its commands, with that kind and default") func keys() throws {
    let described = try DescribedCommands()
    for key in ConfigurationKeys.schema.keys {
      if ConfigurationDelivery.variables[key.name] != nil { continue }
      for command in key.commands + key.sections {
        let option = described.options[command]?.first { $0.name == key.name }
        guard let option else {
          Issue.record("\(command) has no option --\(key.name)")
          continue
        }
        #expect(option.isFlag == (key.kind == .flag), "\(command) --\(key.name)")
        let isList = [.texts, .pairs, .files].contains(key.kind)
        #expect(option.isRepeating == isList, "\(command) --\(key.name)")
        if case .choice(let words) = key.kind {
          #expect(option.values == words, "\(command) --\(key.name)")
        }
        if !option.isFlag, !option.standard.isEmpty {
          let isSame = Double(option.standard).map { $0 == Double(key.standard) }
          #expect(isSame ?? (option.standard == key.standard), "\(command) --\(key.name)")
        }
      }
    }
  }

  @Test("each option is a key or an exception") func options() throws {
    let described = try DescribedCommands()
    #expect(described.options.count > 30)
    var unused = Self.exceptions
    for (command, options) in described.options {
      for option in options {
        unused.remove(option.name)
        let isKey = ConfigurationKeys.schema.key(option.name, of: command) != nil
        if !isKey, !Self.exceptions.contains(option.name) {
          Issue.record("\(command) --\(option.name) is no key of configuration and no exception")
        }
      }
    }
    // The argument parser describes no hidden options.
    #expect(unused.subtracting(["no-config"]).isEmpty)
  }

  @Test("names are those of one thing") func names() throws {
    let schema = ConfigurationKeys.schema
    let described = try DescribedCommands()
    #expect(Set(schema.commands).isSubset(of: described.options.keys))
    let common = schema.keys.filter { !$0.commands.isEmpty }.map(\.name)
    #expect(Set(common).count == common.count)
    #expect(Set(common).isDisjoint(with: schema.commands))
    var variables: Set<String> = ["HARRIER_NO_CONFIG"]
    for key in schema.keys {
      if !key.commands.isEmpty { #expect(variables.insert(key.variable()).inserted) }
      for command in key.commands + key.sections {
        #expect(variables.insert(key.variable(for: command)).inserted)
      }
    }
  }

  @Test("each command shows an example") func examples() throws {
    for (command, discussion) in try DescribedCommands().discussions {
      #expect(discussion.contains("  harrier "), "harrier help \(command)")
    }
  }

  @Test("paragraphs of help break where the terminal does") func paragraphs() throws {
    for (command, discussion) in try DescribedCommands().discussions {
      let lines = discussion.split(separator: "\n", omittingEmptySubsequences: false)
      let isText = lines.map { !$0.isEmpty && !$0.hasPrefix(" ") }
      let broken = zip(isText, isText.dropFirst()).contains { $0 && $1 }
      #expect(!broken, "harrier help \(command)")
    }
  }
}
