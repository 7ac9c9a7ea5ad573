import Columnar
import Foundation
import KQLBinding

/// Reference data beside the repository; absent on most machines.
enum SharedMaterial {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "shared")

  /// The tables in which published queries bind, with the functions of the product.
  static let environment: TestEnvironment? = {
    guard
      let data = try? Data(contentsOf: folder.appending(path: "schema/hunting-environment.json")),
      let json = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
    else { return nil }
    var environment = TestEnvironment()
    let tables = json["tables"] as? [String: Any] ?? json
    for (name, columns) in tables {
      guard let pairs = columns as? [[String]] else { continue }
      let schema = pairs.map { ColumnSchema($0[0], ScalarType(name: $0[1]) ?? .dynamic) }
      environment.tables[name] = EnvironmentTable(name: name, columns: schema)
    }
    addProductFunctions(&environment)
    return environment
  }()

  static var isPresent: Bool { environment != nil }

  /// The lines of a file of JSON objects.
  static func lines(_ path: String) -> [[String: Any]] {
    guard let data = try? Data(contentsOf: folder.appending(path: path)) else { return [] }
    return data.split(separator: UInt8(ascii: "\n")).compactMap {
      (try? JSONSerialization.jsonObject(with: Data($0))) as? [String: Any]
    }
  }

  /// `[[name, type], …]` of a JSON object.
  static func columns(_ value: Any?) -> [[String]]? { value as? [[String]] }

  /// Functions of the product as the official columns were made with.
  private static func addProductFunctions(_ environment: inout TestEnvironment) {
    environment.add(
      "__wl",
      [
        ColumnSchema("SearchKey", .string), ColumnSchema("_DTItemId", .string),
        ColumnSchema("_DTItemStatus", .string), ColumnSchema("_DTItemType", .string),
        ColumnSchema("LastUpdatedTimeUTC", .datetime),
      ],
      isOpen: true
    )
    environment.add(
      function: "_GetWatchlist",
      "(a: string, b: dynamic = dynamic(null)) { __wl }"
    )
    environment.add(function: "_GetWatchlistAlias", "() { __wl }")
    environment.add(
      function: "FileProfile",
      """
      (T: (*), x: string = '', y: long = 0) {
        (T | extend _k = 123)
        | join (print SHA1 = '', SHA256 = '', MD5 = '', FileSize = 0, GlobalPrevalence = 0,
          GlobalFirstSeen = now(), GlobalLastSeen = now(), Signer = '', Issuer = '',
          SignerHash = '', IsCertificateValid = false, IsRootSignerMicrosoft = false,
          SignatureState = '', IsExecutable = false, ThreatName = '', Publisher = '',
          SoftwareName = '', ProfileAvailability = '', _k = 123) on _k
        | project-away _k, _k1
      }
      """,
      nameArguments: [0]
    )
    environment.add(
      function: "SeenBy",
      "(T: (*)) { T | extend SeenBy = dynamic(null) }"
    )
    environment.add(
      function: "DeviceFromIP",
      """
      (T: (*), x: string = '', y: datetime = datetime(null)) {
        (T | extend _k = 123) | join (print IP = '', DeviceId = '', _k = 123) on _k
        | project-away _k, _k1
      }
      """,
      nameArguments: [0]
    )
    environment.add(
      function: "AssignedIPAddresses",
      """
      (x: string, y: datetime = datetime(null)) {
        print Timestamp = now(), IPAddress = '', IPType = '', NetworkAdapterType = dynamic(null),
          ConnectedNetworks = dynamic(null)
      }
      """
    )
  }
}
