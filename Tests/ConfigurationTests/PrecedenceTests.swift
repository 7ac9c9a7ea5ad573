import Testing

@testable import Configuration

/// Which of several settings holds.
struct PrecedenceTests {
  private static func read(
    environment: [String: String] = [:],
    folder: String? = nil,
    user: String? = nil,
    for command: String? = nil
  ) throws -> EffectiveConfiguration {
    var files: [String: String] = [:]
    files["/home/ana/a/harrier.yaml"] = folder
    files["/home/ana/.config/harrier/config.yaml"] = user
    let search = ConfigurationSearch(
      OwnedFiles(files),
      from: "/home/ana/a",
      home: "/home/ana",
      userFolder: "/home/ana/.config/harrier",
      userID: 1
    )
    return try ConfigurationReading(
      Sample.schema,
      search: search,
      environment: EnvironmentReader(Sample.schema) { environment[$0] },
      home: "/home/ana"
    ).read(for: command)
  }

  private static func value(
    _ effective: EffectiveConfiguration,
    _ name: String,
    of command: String
  ) -> String? {
    Sample.schema.key(name, of: command).flatMap { effective.setting($0, for: command) }
      .map { "\($0.value) \($0.origin)" }
  }

  @Test("the environment wins over the folder, that over the user") func layers() throws {
    let user = "tenant: u\ntimeout: 1\nstore: s"
    let all = try Self.read(
      environment: ["HARRIER_TENANT": "e"],
      folder: "tenant: f\ntimeout: 2",
      user: user
    )
    #expect(Self.value(all, "tenant", of: "query") == "e environment HARRIER_TENANT")
    #expect(Self.value(all, "timeout", of: "query") == "2 /home/ana/a/harrier.yaml:2")
    let store = "/home/ana/.config/harrier/s /home/ana/.config/harrier/config.yaml:3"
    #expect(Self.value(all, "store", of: "query") == store)
    #expect(Self.value(all, "disable", of: "lint") == nil)
  }

  @Test("what is for one command wins within a place, not over a nearer one") func sections() throws
  {
    let user = "query: {timeout: 1}\ntimeout: 2"
    let alone = try Self.read(user: user)
    #expect(Self.value(alone, "timeout", of: "query")?.hasPrefix("1 ") == true)
    let nearer = try Self.read(folder: "timeout: 3", user: user)
    #expect(Self.value(nearer, "timeout", of: "query")?.hasPrefix("3 ") == true)
    let variable = try Self.read(
      environment: ["HARRIER_TIMEOUT": "5", "HARRIER_QUERY_TIMEOUT": "4"],
      folder: "timeout: 3"
    )
    #expect(Self.value(variable, "timeout", of: "query")?.hasPrefix("4 ") == true)
  }

  @Test("a key of sections takes nothing from the top") func apart() throws {
    let effective = try Self.read(folder: "format: json\nlint: {format: sarif}")
    #expect(Self.value(effective, "format", of: "query")?.hasPrefix("json") == true)
    #expect(Self.value(effective, "format", of: "lint")?.hasPrefix("sarif") == true)
    let common = try Self.read(folder: "format: json")
    #expect(Self.value(common, "format", of: "lint") == nil)
  }

  @Test("variables: lists, empty ones, wrong ones, those of other commands") func variables() throws
  {
    let list = try Self.read(environment: ["HARRIER_DISABLE": "a,b", "HARRIER_TENANT": ""])
    #expect(Self.value(list, "disable", of: "lint") == "a, b environment HARRIER_DISABLE")
    #expect(Self.value(list, "tenant", of: "query") == nil)
    let wrong = ["HARRIER_JOBS": "many"]
    #expect(throws: ConfigurationFailure.self) { try Self.read(environment: wrong) }
    #expect(throws: ConfigurationFailure.self) { try Self.read(environment: wrong, for: "run") }
    #expect(throws: Never.self) { try Self.read(environment: wrong, for: "query") }
  }

  @Test("variables that mean nothing are told of") func unknown() {
    let reader = EnvironmentReader(Sample.schema) { _ in nil }
    let names = [
      "HARRIER_STROE", "HARRIER_STORE", "HARRIER_QUERY_FORMAT", "HARRIER_LINT_JOBS", "A",
    ]
    #expect(reader.unknown(among: names) == ["HARRIER_LINT_JOBS", "HARRIER_STROE"])
  }

  @Test("a refused file is an error") func refused() {
    #expect(throws: ConfigurationFailure.self) { try Self.read(folder: "stroe: x") }
  }
}
