import Columnar
import FoundationEssentials
import Hunting
import Testing

import FileAccess

/// Holds the committed schemas to the files that they were generated from, and their look-ups.
struct TableSchemasTests {
  private struct Environment: Decodable {
    let tables: [String: [[String]]]
  }

  private struct XDRFile: Decodable {
    struct Table: Decodable {
      let name: String
      let columns: [Column]
      let time_column: String?
      let renamed_to: String?
    }
    let tables: [Table]
  }

  private struct Column: Decodable {
    let name: String
    let type: String
  }

  private struct SentinelTable: Decodable {
    let columns: [Column]
  }

  private func decode<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    let path = "\(SharedFolder.path)/schema/\(name)"
    let bytes = try LocalFileSystem().readAll(path, limitBytes: 16 << 20)
    return try JSONDecoder().decode(type, from: Data(bytes))
  }

  private func pairs(_ schema: TableSchema?) -> [[String]] {
    schema?.columns.map { [$0.name, $0.type.name] } ?? []
  }

  /// Some published names carry a blank at their end, which no query can write.
  private func trimmed(_ name: String) -> String {
    name.hasSuffix(" ") ? String(name.dropLast()) : name
  }

  @Test(.enabled(if: SharedFolder.isPresent, "the folder ../shared is not here"))
  func `hunting tables are those of the environment file`() throws {
    let tables = try decode(Environment.self, "hunting-environment.json").tables
    let schemas = TableSchemas.environment(.hunting)
    #expect(Set(schemas.names) == Set(tables.keys.map(trimmed)))
    for (name, columns) in tables where pairs(schemas.lookup(trimmed(name))) != columns {
      Issue.record("\(name) differs")
    }
  }

  @Test(.enabled(if: SharedFolder.isPresent, "the folder ../shared is not here"))
  func `XDR and Sentinel tables are those of their files`() throws {
    let xdr = TableSchemas.environment(.xdr)
    for table in try decode(XDRFile.self, "xdr-tables.json").tables {
      let schema = try #require(xdr.lookup(table.name))
      #expect(pairs(schema) == table.columns.map { [$0.name, $0.type] })
      #expect(schema.timeColumn == table.time_column)
      #expect(schema.successor == table.renamed_to)
    }
    let sentinel = TableSchemas.environment(.sentinel)
    let streamed = try decode([String: SentinelTable].self, "sentinel-tables.json")
    #expect(sentinel.names.count == streamed.count)
    for (name, table) in streamed {
      let columns = table.columns.map { [$0.name, $0.type] }
      if pairs(sentinel.lookup(trimmed(name))) != columns { Issue.record("\(name) differs") }
    }
  }

  @Test func `a table of both worlds has the columns of both`() throws {
    let schemas = TableSchemas.environment(.hunting)
    let table = try #require(schemas.lookup("DeviceProcessEvents"))
    #expect(table.columns.first == ColumnSchema("Timestamp", .datetime))
    #expect(table.type(of: "TimeGenerated") == .datetime)
    #expect(table.type(of: "AdditionalFields") == .dynamic)
    #expect(table.type(of: "ProcessId") == .long)
    #expect(table.timeColumn == "Timestamp")
    let xdr = TableSchemas.environment(.xdr).lookup("DeviceProcessEvents")
    #expect(xdr?.type(of: "AdditionalFields") == .string)
    #expect(xdr?.type(of: "TimeGenerated") == nil)
    #expect(schemas.isXDR("DeviceProcessEvents") && schemas.isSentinel("DeviceProcessEvents"))
  }

  @Test func `each environment has its own tables`() {
    let counts = SchemaEnvironment.allCases.map { TableSchemas.environment($0).names.count }
    #expect(counts == [1123, 67, 1104])
    #expect(TableSchemas.environment(.xdr).lookup("Syslog") == nil)
    #expect(TableSchemas.environment(.sentinel).lookup("Syslog")?.timeColumn == "TimeGenerated")
    #expect(TableSchemas.environment(.sentinel).lookup("DeviceTvmSoftwareEvidenceBeta") == nil)
    #expect(TableSchemas.environment(.hunting).lookup("deviceinfo") == nil)
  }

  @Test func `misspelt and outdated names lead to the right ones`() {
    let schemas = TableSchemas.environment(.hunting)
    #expect(schemas.nearestNames(to: "DeviceProcesEvents").first == "DeviceProcessEvents")
    #expect(schemas.nearestNames(to: "deviceinfo").first == "DeviceInfo")
    #expect(schemas.nearestNames(to: "Qqqqqqqqqqqqq").isEmpty)
    #expect(schemas.nearestNames(to: "").isEmpty)
    #expect(schemas.successor(of: "AADSignInEventsBeta") == "EntraIdSignInEvents")
    #expect(schemas.successor(of: "AppFileEvents") == "CloudAppEvents")
    #expect(schemas.renamedColumn("FinalEmailAction", in: "EmailEvents") == "EmailAction")
  }
}
