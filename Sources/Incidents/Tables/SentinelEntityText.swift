import Alerts
import DetectionRules
import StructuredText

/// Writes what an alert tells of as the column Entities of SecurityAlert: Sentinel's JSON, which
/// ``SentinelEntities`` reads.
struct SentinelEntityText {
  /// The entities so far, those within others too; each has a number of its own.
  private var count = 0

  /// - Returns: a list in JSON.
  static func list(_ evidence: [Evidence]) -> String {
    var writer = SentinelEntityText()
    return "[" + evidence.map { writer.entity($0) }.joined(separator: ",") + "]"
  }

  /// What an alert is about first: the device, user or mailbox that it names before others; empty
  /// where it names none.
  static func compromised(_ evidence: [Evidence]) -> String {
    guard let item = evidence.first(where: { $0.isImpacted && AssetIdentity($0) != nil }),
      let kind = EntityKind(rawValue: item.kind)
    else { return "" }
    let texts = EvidenceColumns.texts(of: kind, item)
    let names = ["DeviceName", "AccountUpn", "AccountName", "DeviceId", "AccountObjectId"]
    return names.lazy.compactMap { name in texts.first { $0.0 == name }?.1 }.first ?? ""
  }

  private mutating func entity(_ item: Evidence) -> String {
    let id = next()
    guard let kind = EntityKind(rawValue: item.kind) else {
      return Self.object(id, item.identifiers.map { ($0.name, $0.value) }, type: item.kind)
    }
    let type = Self.types[kind] ?? kind.rawValue
    switch kind {
    case .file:
      return Self.object(id, Self.texts(of: item), [hashes(of: item)].compactMap { $0 }, type: type)
    case .process:
      let texts = Self.texts(of: item).filter { !["Name", "Directory"].contains($0.0) }
      return Self.object(id, texts, [image(of: item)].compactMap { $0 }, type: type)
    default:
      return Self.object(id, Self.texts(of: item) + Self.parts(of: item, kind), type: type)
    }
  }

  private mutating func next() -> Int {
    count += 1
    return count
  }

  /// - Parameter nested: members whose values are JSON.
  private static func object(
    _ id: Int,
    _ texts: [(String, String)],
    _ nested: [(String, String)] = [],
    type: String
  ) -> String {
    let quoted = JSONDocumentWriter.quoted
    let own: Set<String> = ["$id", "Type"]
    let members =
      [("$id", quoted("\(id)"))]
      + texts.filter { !own.contains($0.0) }.map { ($0.0, quoted($0.1)) } + nested
      + [("Type", quoted(type))]
    return "{" + members.map { quoted($0.0) + ":" + $0.1 }.joined(separator: ",") + "}"
  }

  /// The identifiers under Sentinel's names, but for hashes.
  private static func texts(of item: Evidence) -> [(String, String)] {
    let isDevice = item.kind == EntityKind.host.rawValue
    return item.identifiers.filter { !algorithms.contains($0.name) }.map { identifier in
      (
        isDevice && identifier.name == "DeviceId" ? "MdatpDeviceId" : identifier.name,
        identifier.value
      )
    }
  }

  /// The parts that Sentinel has of a name in full, where the alert has that alone.
  private static func parts(of item: Evidence, _ kind: EntityKind) -> [(String, String)] {
    let (separator, first, second): (Character, String, String)
    switch kind {
    case .host: (separator, first, second) = (".", "HostName", "DnsDomain")
    case .account: (separator, first, second) = ("@", "Name", "UPNSuffix")
    default: return []
    }
    let parts = (item["FullName"] ?? "").split(separator: separator, maxSplits: 1).map(String.init)
    guard parts.count == 2, item[second] == nil,
      (item[first] ?? parts[0]).lowercased() == parts[0].lowercased()
    else { return [] }
    return (item[first] == nil ? [(first, parts[0])] : []) + [(second, parts[1])]
  }

  private mutating func hashes(of item: Evidence) -> (String, String)? {
    let found = Self.algorithms.compactMap { name in item[name].map { (name, $0) } }
    if found.isEmpty { return nil }
    let items = found.map { name, value in
      Self.object(next(), [("Algorithm", name), ("Value", value)], type: "filehash")
    }
    return ("FileHashes", "[" + items.joined(separator: ",") + "]")
  }

  /// The file that a process runs.
  private mutating func image(of item: Evidence) -> (String, String)? {
    let texts = ["Name", "Directory"].compactMap { name in item[name].map { (name, $0) } }
    let hashes = hashes(of: item)
    if texts.isEmpty, hashes == nil { return nil }
    return ("ImageFile", Self.object(next(), texts, [hashes].compactMap { $0 }, type: "file"))
  }

  private static let algorithms = ["MD5", "SHA1", "SHA256"]

  /// What Sentinel calls kinds.
  private static let types: [EntityKind: String] = [
    .account: "account", .host: "host", .ip: "ip", .file: "file", .fileHash: "filehash",
    .process: "process", .url: "url", .mailMessage: "mailMessage", .mailbox: "mailbox",
    .mailCluster: "mailCluster", .registryKey: "registry-key",
    .registryValue: "registry-value", .dns: "dns", .cloudApplication: "cloud-application",
    .azureResource: "azure-resource", .securityGroup: "security-group", .malware: "malware",
    .submissionMail: "SubmissionMail", .iotDevice: "iotdevice",
  ]
}
