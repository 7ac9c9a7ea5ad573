import ArgumentParser
import FileAccess
import HarrierTesting
import Testing

@testable import HarrierCommand

/// A store in a folder of its own, and commands that are run on it as the program runs them.
struct CommandStore {
  /// What a command came to.
  struct Answer {
    let code: Int32
    let output: String
    let notes: String
  }

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  var path: String { folder.path + "/store" }

  /// Runs a command of words with single spaces between; `STORE` is the folder of the store.
  @discardableResult
  func run(_ line: String) throws -> Answer {
    try run(line.split(separator: " ").map { $0 == "STORE" ? path : String($0) })
  }

  /// Runs a command of words that may have blanks, or be empty.
  @discardableResult
  func run(_ arguments: [String]) throws -> Answer {
    let command = try #require(try Harrier.parseAsRoot(arguments) as? any ConsoleCommand)
    let (output, notes) = (MemoryOutput(), MemoryOutput())
    let console = Console(output: output, notes: notes)
    let code = try CommandRun.guarded(console, source: { nil }) { try command.run(console) }
    return Answer(code: code, output: output.text, notes: notes.text)
  }

  /// Writes a file beside the store; its path.
  func file(_ name: String, _ text: String) throws -> String {
    let path = folder.path + "/" + name
    try LocalFileSystem().write(Array(text.utf8), to: path)
    return path
  }

  /// Takes in alerts of a tenant about a device each, and puts them into incidents.
  func addAlerts(_ ids: String..., of tenant: String) throws {
    let lines = ids.map { id in Self.alert(id, device: "\(tenant)-\(id)") }
    let path = try file("\(tenant).ndjson", lines.joined(separator: "\n"))
    let answer = try run("alerts add --store STORE --tenant \(tenant) \(path)")
    #expect(answer.code == 0, "\(answer.notes)")
  }

  /// An alert of Graph about a device.
  static func alert(_ id: String, device: String, tenantID: String = "") -> String {
    let owner = tenantID.isEmpty ? "" : "\"tenantId\":\"\(tenantID)\","
    return """
      {"id":"\(id)","title":"A",\(owner)"severity":"medium","status":"new","category":"Execution",\
      "serviceSource":"microsoftDefenderForEndpoint","detectionSource":"antivirus",\
      "createdDateTime":"2026-01-10T00:00:00Z","evidence":[\
      {"@odata.type":"#microsoft.graph.security.deviceEvidence","mdeDeviceId":"\(device)"}]}
      """
  }
}
