import SourceText
import Testing

@testable import Configuration

/// What files say, and what is refused.
struct SettingsReaderTests {
  private static let wanted = [
    "store=/home/ana/hunts/logs@2", "tenant=contoso@3", "timeout=2.5@4", "merge=false@5",
    "param=least=10, name=x@6", "query.format=json@8", "query.load=T=/home/ana/t.csv, U=/u.csv@9",
    "lint.disable=HL001, HL009@11",
  ]

  @Test("YAML") func yaml() throws {
    let text = """
      # defaults
      store: logs
      tenant: contoso
      timeout: 2.5
      merge: false
      param: {least: 10, name: x}
      query:
        format: json
        load: [T=~/t.csv, U=/u.csv]
      lint:
        disable: [HL001, 'HL009']
      """
    #expect(try Sample.settings(Sample.file(text)) == Self.wanted)
  }

  @Test("TOML says the same") func toml() throws {
    let text = """
      # defaults
      store = "logs"
      tenant = 'contoso'
      timeout = 2.5
      merge = false
      param = {least = 10, name = "x"}
      [query]
      format = "json"
      load = ["T=~/t.csv", "U=/u.csv"]
      [lint]
      "disable" = ["HL001", "HL009"]
      """
    let path = "/home/ana/hunts/harrier.toml"
    #expect(try Sample.settings(Sample.file(text, path)) == Self.wanted)
  }

  @Test("keys with dots, headers of tables and several lines") func tomlPlaces() throws {
    let text =
      "query.format = 'json'\nlint.disable = [\n  'HL001',\n]\n[ ingest ]\n  merge = true\n"
    let settings = try Sample.settings(Sample.file(text, "/harrier.toml"))
    #expect(settings == ["query.format=json@1", "lint.disable=HL001@2", "ingest.merge=true@6"])
  }

  @Test(
    "numbers and texts of TOML",
    arguments: [
      ("jobs = 1_000", "jobs=1000@1"), ("jobs = 0x1F", "jobs=31@1"), ("jobs = -3", "jobs=-3@1"),
      ("timeout = 1e2", "timeout=100.0@1"), ("timeout = +0.5", "timeout=0.5@1"),
      ("tenant = \"\\u00e4\\\\\"", "tenant=\u{E4}\\@1"), ("tenant = 'a\\n'", "tenant=a\\n@1"),
      ("tenant = 'a' # b", "tenant=a@1"), ("\"tenant\"='a'\r\n", "tenant=a@1"),
      ("disable = [ # a\n 'x', # b\n]", "disable=x@1"), ("disable = []", "disable=@1"),
    ]
  ) func tomlValues(_ text: String, _ setting: String) throws {
    #expect(try Sample.settings(Sample.file(text, "/harrier.toml")) == [setting])
  }

  @Test("a file without keys", arguments: ["", "# nothing\n", "---\n", "query:\n", "{}"])
  func empty(_ text: String) throws {
    #expect(try Sample.settings(Sample.file(text)).isEmpty)
  }

  @Test("paths that are whole, of home, and of the root") func paths() throws {
    #expect(try Sample.settings(Sample.file("store: /l")) == ["store=/l@1"])
    #expect(try Sample.settings(Sample.file("store: a", "/harrier.yaml")) == ["store=/a@1"])
  }

  @Test(
    "what is refused in YAML",
    arguments: [
      ("stroe: x", "HR802 1:1"), ("query:\n  formt: json", "HR802 2:3"),
      ("jobs: 4\nlint:\n  jobs: 4", "HR802 3:3"), ("timeout: soon", "HR803 1:10"),
      ("timeout: '5'", "HR803 1:10"), ("timeout: .inf", "HR803 1:10"), ("jobs: 1.5", "HR803 1:7"),
      ("merge: yes", "HR803 1:8"), ("tenant: [a]", "HR803 1:9"), ("tenant: \"a\\nb\"", "HR803 1:9"),
      ("tenant: ''", "HR803 1:9"), ("tenant:", "HR803 1:8"), ("format: xml", "HR803 1:9"),
      ("disable: [[a]]", "HR803 1:10"), ("disable: {a: b}", "HR803 1:10"),
      ("param: [a]", "HR803 1:8"), ("load: [T=]", "HR803 1:7"), ("store: a\nstore: b", "HR804 1:1"),
      ("query: json", "HR801 1:8"), ("- a", "HR801 1:1"), ("[a]: 1", "HR801 1:1"),
      ("a: [1", "HR801 1:6"), ("--- {}\n--- {}", "HR801 2:1"), ("tenant: &x a", "HR805 1:9"),
      ("pager: less", "HR807 1:1"), ("store: \u{0}", "HR801 1:1"),
    ]
  ) func yamlRefusals(_ text: String, _ refusal: String) {
    #expect(Sample.refusal(Sample.file(text)) == refusal)
  }

  @Test(
    "what is refused in TOML",
    arguments: [
      ("stroe = 1", "HR802 1:1"), ("[query]\nformt = 1", "HR802 2:1"),
      ("\n timeout = 'x'", "HR803 2:12"), ("tenant = 2026-01-01", "HR803 1:10"),
      ("tenant = 07:30:00", "HR803 1:10"), ("disable = ['a', 2026-01-01]", "HR803 1:11"),
      ("tenant = \"a\\nb\"", "HR803 1:10"), ("merge = 'true'", "HR803 1:9"),
      ("jobs = 1\njobs = 2", "HR804 2:1"), ("[lint]\n[query]\n[lint]", "HR804 3:2"),
      ("lint = {}\n[lint]", "HR804 2:2"), ("lint.format = 'text'\nlint = 1", "HR804 2:1"),
      ("param = {a = '1', a = '2'}", "HR804 1:19"), ("store = 'a'\nstore.b = 1", "HR804 2:1"),
      ("tenant = ", "HR801 1:10"), ("tenant = contoso", "HR801 1:10"), ("tenant", "HR801 1:7"),
      ("tenant = 'a' b", "HR801 1:14"), ("[!]", "HR801 1:2"), ("[a", "HR801 1:3"),
      ("[[lint]]", "HR801 1:3"), ("tenant = 'a", "HR801 1:11"), ("tenant = 'a\n'", "HR801 1:12"),
      ("tenant = \"\\q\"", "HR801 1:12"), ("tenant = \"\\ud800\"", "HR801 1:12"),
      ("tenant = \"\"\"a\"\"\"", "HR801 1:10"), ("disable = ['a' 'b']", "HR801 1:16"),
      ("jobs = 012", "HR801 1:8"), ("jobs = 1__0", "HR801 1:8"), ("jobs = 1.", "HR801 1:8"),
      ("timeout = inf", "HR801 1:11"), ("param = {a = '1',}", "HR801 1:18"),
      ("pager = 'less'", "HR807 1:1"),
    ]
  ) func tomlRefusals(_ text: String, _ refusal: String) {
    #expect(Sample.refusal(Sample.file(text, "/h/harrier.toml")) == refusal)
  }

  @Test("a program is named in one's own file") func personal() throws {
    let file = Sample.file("pager: less", isPersonal: true)
    #expect(try Sample.settings(file) == ["pager=less@1"])
  }

  @Test("the nearest key is offered") func nearest() throws {
    let failure = #expect(throws: ConfigurationFailure.self) {
      try SettingsReader(Sample.file("timout: 5"), schema: Sample.schema, home: nil).read()
    }
    #expect(failure?.diagnostic.fixIts.first?.replacement == "timeout")
  }
}
