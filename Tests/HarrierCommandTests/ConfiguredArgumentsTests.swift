import ArgumentParser
import Configuration
import Testing

@testable import HarrierCommand

/// What configuration adds to command lines.
struct ConfiguredArgumentsTests {
  /// Arguments with what these variables set; files are not read.
  private static func configured(
    _ line: String,
    _ variables: [String: String],
    isThere: Bool = true
  ) throws -> ConfiguredArguments {
    let environment = EnvironmentReader(ConfigurationKeys.schema) { variables[$0] }
    return try ConfiguredArguments(
      line.split(separator: " ").map(String.init),
      read: { (command, withFiles) throws(ConfigurationFailure) in
        let settings = try environment.settings(for: command)
        return EffectiveConfiguration(withFiles ? [settings] : [])
      },
      isThere: { _ in isThere }
    )
  }

  private static func all(_ line: String, _ variables: [String: String]) throws -> String {
    try configured(line, variables).all.joined(separator: " ")
  }

  @Test(
    "options come behind the name of the command, where none was given",
    arguments: [
      ("query T", "query --store=s --format=json T"),
      ("query T --format csv", "query --store=s T --format csv"),
      ("query T --format=csv", "query --store=s T --format=csv"),
      ("query --store x T", "query --format=json --store x T"),
      ("query T --load T=f", "query --format=json T --load T=f"),
      ("query -- --format", "query --store=s --format=json -- --format"),
      ("store export --table T", "store export --store=s --table T"),
      ("store info x", "store info --format=json x"),
      ("lint x", "lint --store=s x"),
      ("", "repl --store=s --format=json"),
      ("--format csv", "repl --store=s --format csv"),
      ("fmt x", "fmt x"), ("schema", "schema"), ("store", "store"), ("qurey x", "qurey x"),
      ("help query", "help query"), ("query --help", "query --help"), ("--version", "--version"),
      ("--no-config query T", "query T"), ("query T --no-config", "query T"),
      ("query T -- --no-config", "query --store=s --format=json T -- --no-config"),
      ("config --no-config", "config --no-config"),
    ]
  ) func places(_ line: String, _ wanted: String) throws {
    #expect(try Self.all(line, ["HARRIER_STORE": "s", "HARRIER_FORMAT": "json"]) == wanted)
  }

  @Test("flags, those with an opposite, and lists") func flags() throws {
    let variables = [
      "HARRIER_MERGE": "false", "HARRIER_QUIET": "true", "HARRIER_GITHUB": "false",
      "HARRIER_NO_HISTORY": "false", "HARRIER_DISABLE": "HL001,HL009",
    ]
    #expect(try Self.all("ingest f", variables) == "ingest --no-merge f")
    #expect(try Self.all("ingest f --merge", variables) == "ingest f --merge")
    #expect(try Self.all("run q", variables) == "run --no-github --quiet q")
    #expect(try Self.all("run q -q --github", variables) == "run q -q --github")
    #expect(try Self.all("repl", variables) == "repl")
    #expect(try Self.all("lint q", variables) == "lint --disable=HL001 --disable=HL009 q")
    #expect(try Self.all("lint q --disable x", variables) == "lint q --disable x")
  }

  @Test("a store that is not there is left out, but where it is made") func missingStore() throws {
    let variables = ["HARRIER_STORE": "s\u{1B}[2J"]
    #expect(throws: ConfigurationFailure.self) { try Self.configured("query T", variables) }
    let query = try Self.configured("query T", ["HARRIER_STORE": "s"], isThere: false)
    #expect(query.all == ["query", "T"])
    #expect(query.notes.count == 1)
    let ingest = try Self.configured("ingest f", ["HARRIER_STORE": "s"], isThere: false)
    #expect(ingest.all == ["ingest", "--store=s", "f"])
  }

  @Test("a principal without a store is no principal of saved texts") func saved() throws {
    let variables = ["HARRIER_AS": "ana"]
    #expect(try Self.all("saved list", variables) == "saved list")
    #expect(try Self.all("saved list --store s", variables) == "saved list --as=ana --store s")
    #expect(try Self.all("saved run x", variables) == "saved run --as=ana x")
  }

  @Test("colours and pager are variables") func variables() throws {
    let set = try Self.configured("repl", ["HARRIER_COLOR": "never", "HARRIER_PAGER": "less"])
    #expect(set.all == ["repl"])
    #expect(set.variables.map { "\($0.name)=\($0.value)" } == ["NO_COLOR=1", "HARRIER_PAGER=less"])
    #expect(try Self.configured("repl", ["HARRIER_COLOR": "auto"]).variables.isEmpty)
  }

  @Test("what does not fit is blamed on where it was set") func blame() throws {
    func isRight(_ arguments: [String]) -> Bool { (try? Harrier.parseAsRoot(arguments)) != nil }
    let variables = ["HARRIER_TIMESPAN": "soon", "HARRIER_FORMAT": "json"]
    let wrong = try Self.configured("query T", variables)
    #expect(!isRight(wrong.all))
    #expect(wrong.blamed(isRight).map(\.key.name) == ["timespan"])
    let own = try Self.configured("query T --nonsense", ["HARRIER_FORMAT": "json"])
    #expect(own.blamed(isRight).isEmpty)
  }

  @Test("with all keys set every command is still right") func everything() throws {
    let commands = [
      "repl", "query T", "query --load T=f T", "query --file f", "check T", "explain T", "lint q",
      "lint --list", "batch --json-lines", "run q", "run q --watch", "ingest f",
      "ingest --table T --tenant-column C f", "store info d", "store export --table T",
      "store retention d --table T", "dead-letters list d", "dead-letters show d x",
      "tenants list d", "tenants add d x", "tenants groups d", "access list d", "access add d x",
      "access grant d x reader --for all", "audit list d", "audit verify d", "config",
      "rules add r", "rules list", "rules run", "rules disable x", "schedule",
      "saved list", "saved run x", "saved save x T", "saved show x",
    ]
    var variables: [String: String] = [:]
    for key in ConfigurationKeys.schema.keys {
      for command in key.commands + key.sections {
        variables[key.variable(for: command)] = Self.example(of: key)
      }
    }
    for line in commands {
      let configured = try Self.configured(line, variables)
      #expect(!configured.added.isEmpty, "\(line)")
      #expect(throws: Never.self, "\(line)") { try Harrier.parseAsRoot(configured.all) }
    }
  }

  private static func example(of key: ConfigurationKey) -> String {
    switch key.kind {
    case .text: key.name == "timespan" ? "7d" : "x"
    case .choice(let words): words.last ?? ""
    case .integer, .decimal: "3"
    case .flag: "true"
    case .folder: "folder"
    case .texts: "HL001"
    case .pairs, .files: "a=b"
    }
  }
}
