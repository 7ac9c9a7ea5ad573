import ArgumentParser
import Testing

@testable import HarrierCommand

/// A command that reads its arguments alone reads them as the parser does from the top.
struct CommandParsingTests {
  @Test(
    "arguments mean the same from the top and alone",
    arguments: [
      "query T --store s --format csv", "query --store=s -- --format", "run a b --quiet",
      "incidents list --store s --filter a=b --sort name:desc --limit 3", "inc list --store s",
      "incidents update a/1 a/2 --store s --status active --add-tag x --assign me --comment --",
      "alerts list --store s", "store export --store s --table T", "rules test r --require-tests",
      "--format csv", "", "help", "help incidents list", "incidents",
    ]
  ) func meaning(_ line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let fromTop = Self.told { try Harrier.parseAsRoot(words) }
    #expect(Self.told { try Harrier.command(words) } == fromTop)
  }

  @Test("what a command does not take is told of the whole command") func messages() throws {
    let error = #expect(throws: (any Error).self) {
      try Harrier.command(["incidents", "list", "--store", "s", "--nope"])
    }
    let message = Harrier.fullMessage(for: try #require(error))
    #expect(message.contains("--nope") && message.contains("harrier incidents list"))
    for words in [["incidents", "list", "--help"], ["help", "incidents", "list"]] {
      var command = try Harrier.command(words)
      let help = #expect(throws: (any Error).self) { try command.run() }
      #expect(Harrier.fullMessage(for: try #require(help)).contains("harrier incidents list"))
    }
  }

  @Test("commands of commands have no options that a command alone would not read")
  func groups() {
    var waiting: [any ParsableCommand.Type] = [Harrier.self]
    var groupCount = 0
    while let command = waiting.popLast() {
      let inner = command.configuration.subcommands
      if inner.isEmpty { continue }
      groupCount += 1
      #expect(Mirror(reflecting: command.init()).children.isEmpty, "\(command)")
      waiting += inner
    }
    #expect(groupCount > 10)
  }

  private static func told(_ parsed: () throws -> any ParsableCommand) -> String {
    do { return String(reflecting: try parsed()) } catch { return Harrier.fullMessage(for: error) }
  }
}
