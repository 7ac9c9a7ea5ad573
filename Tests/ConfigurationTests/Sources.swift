import FileAccess
import SourceText

@testable import Configuration

/// Keys to try configurations with.
enum Sample {
  static let schema = ConfigurationSchema([
    ConfigurationKey("store", .folder, for: ["query", "lint"], "the store"),
    ConfigurationKey("format", .choice(["table", "json"]), for: ["query"], "how rows are written"),
    ConfigurationKey("format", .choice(["text", "sarif"]), sections: ["lint"], "of findings"),
    ConfigurationKey("timeout", .decimal, for: ["query"], standard: "600", "seconds"),
    ConfigurationKey("jobs", .integer, for: ["run"], "files at a time"),
    ConfigurationKey("merge", .flag, for: ["ingest"], standard: "true", "whether to merge"),
    ConfigurationKey("disable", .texts, for: ["lint"], "rules"),
    ConfigurationKey("param", .pairs, for: ["query"], "parameters"),
    ConfigurationKey("load", .files, for: ["query"], "tables"),
    ConfigurationKey("tenant", .text, for: ["query"], "tenants"),
    ConfigurationKey("pager", .text, for: ["query"], isPersonal: true, "a program"),
  ])

  static func file(
    _ text: String,
    _ path: String = "/home/ana/hunts/harrier.yaml",
    isPersonal: Bool = false
  ) -> ConfigurationFile {
    let source = SourceText(text, name: path)
    return ConfigurationFile(path: path, isPersonal: isPersonal, source: source)
  }

  /// The settings of a file as `[command.]key=value@line`.
  static func settings(_ file: ConfigurationFile) throws -> [String] {
    try SettingsReader(file, schema: schema, home: "/home/ana").read().map { setting in
      var place = "?"
      if case .file(_, let line) = setting.origin { place = "\(line)" }
      let scope = setting.command.map { $0 + "." } ?? ""
      return "\(scope)\(setting.key.name)=\(setting.value)@\(place)"
    }
  }

  /// The refusal of a file as `CODE line:column`.
  static func refusal(_ file: ConfigurationFile) -> String? {
    do {
      _ = try SettingsReader(file, schema: schema, home: nil).read()
      return nil
    } catch {
      let place = error.source.position(at: error.diagnostic.span.start)
      return "\(error.diagnostic.code) \(place.line):\(place.column)"
    }
  }
}

/// Files in memory with owners.
struct OwnedFiles: FileSystem {
  let files: SimulatedFileSystem
  var owners: [String: FileOwnership] = [:]

  init(_ texts: [String: String], owners: [String: FileOwnership] = [:]) {
    files = SimulatedFileSystem(texts: texts)
    self.owners = owners
  }

  func status(of path: String) throws(FileFailure) -> FileStatus { try files.status(of: path) }
  func ownership(of path: String) -> FileOwnership? { owners[path] }
  func open(_ path: String) throws(FileFailure) -> any ByteSource { try files.open(path) }
  func list(_ path: String) throws(FileFailure) -> [String] { try files.list(path) }
  func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    try files.write(bytes, to: path)
  }
}
