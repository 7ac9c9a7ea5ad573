import Columnar
import KQLBinding

/// The functions that advanced hunting adds to the language.
///
/// Each is a KQL function over a table of the user's own (`FileProfileData` for `FileProfile`,
/// and so on); without that table a query that uses it is refused by name, since invented nulls
/// would be a wrong answer. Columns and parameters are those that the product documents.
enum HuntingFunctions {
  static let declarations: [EnvironmentFunction] = [
    EnvironmentFunction(
      name: "FileProfile",
      declaration: fileProfile,
      nameArguments: [0]
    ),
    EnvironmentFunction(
      name: "DeviceFromIP",
      declaration: deviceFromIP,
      nameArguments: [0]
    ),
    EnvironmentFunction(name: "SeenBy", declaration: seenBy),
    EnvironmentFunction(name: "AssignedIPAddresses", declaration: assignedIPAddresses),
  ]

  /// The tables behind the functions, by name, with the function that reads each.
  static let tables: [String: (function: String, columns: [ColumnSchema])] = [
    "FileProfileData": (
      "FileProfile",
      [
        ColumnSchema("SHA1", .string), ColumnSchema("SHA256", .string),
        ColumnSchema("MD5", .string), ColumnSchema("FileSize", .long),
        ColumnSchema("GlobalPrevalence", .long), ColumnSchema("GlobalFirstSeen", .datetime),
        ColumnSchema("GlobalLastSeen", .datetime), ColumnSchema("Signer", .string),
        ColumnSchema("Issuer", .string), ColumnSchema("SignerHash", .string),
        ColumnSchema("IsCertificateValid", .bool), ColumnSchema("IsRootSignerMicrosoft", .bool),
        ColumnSchema("SignatureState", .string), ColumnSchema("IsExecutable", .bool),
        ColumnSchema("ThreatName", .string), ColumnSchema("Publisher", .string),
        ColumnSchema("SoftwareName", .string), ColumnSchema("ProfileAvailability", .string),
      ]
    ),
    "DeviceFromIPData": (
      "DeviceFromIP", [ColumnSchema("IP", .string), ColumnSchema("DeviceId", .string)]
    ),
    "SeenByData": (
      "SeenBy", [ColumnSchema("DeviceId", .string), ColumnSchema("SeenBy", .dynamic)]
    ),
    "AssignedIPAddressesData": (
      "AssignedIPAddresses",
      [
        ColumnSchema("DeviceId", .string), ColumnSchema("DeviceName", .string),
        ColumnSchema("Timestamp", .datetime), ColumnSchema("IPAddress", .string),
        ColumnSchema("IPType", .string), ColumnSchema("NetworkAdapterType", .dynamic),
        ColumnSchema("ConnectedNetworks", .dynamic),
      ]
    ),
  ]

  private static let fileProfile = """
    (T:(*), x:string = "SHA1", y:long = 100) {
      (T | extend _k = tostring(column_ifexists(x, "")))
      | join kind=leftouter (FileProfileData
        | project SHA1, SHA256, MD5, FileSize, GlobalPrevalence, GlobalFirstSeen, GlobalLastSeen,
          Signer, Issuer, SignerHash, IsCertificateValid, IsRootSignerMicrosoft, SignatureState,
          IsExecutable, ThreatName, Publisher, SoftwareName, ProfileAvailability,
          _k = iff(x endswith "256", SHA256, SHA1)) on _k
      | project-away _k, _k1
    }
    """

  private static let deviceFromIP = """
    (T:(*), x:string = "IP", y:datetime = datetime(null)) {
      (T | extend _k = tostring(column_ifexists(x, "")))
      | join kind=leftouter (DeviceFromIPData | project IP, DeviceId, _k = IP) on _k
      | project-away _k, _k1
    }
    """

  private static let seenBy = """
    (T:(*)) {
      (T | extend _k = tostring(column_ifexists("DeviceId", "")))
      | join kind=leftouter (SeenByData | project SeenBy, _k = DeviceId) on _k
      | project-away _k, _k1
    }
    """

  private static let assignedIPAddresses = """
    (x:string, y:datetime = datetime(null)) {
      AssignedIPAddressesData
      | where DeviceId == x or DeviceName == x
      | where isnull(y) or Timestamp <= y
      | project Timestamp, IPAddress, IPType, NetworkAdapterType, ConnectedNetworks
    }
    """
}
