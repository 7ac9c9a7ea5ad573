import Alerts
import DetectionRules
import StructuredText

/// Reads the column Entities of SecurityAlert: a list in which things refer to one another by `$id`
/// and `$ref`.
struct SentinelEntities {
  private(set) var evidence: [Evidence] = []
  private var byID: [String: DocumentNode] = [:]

  init(_ document: DocumentNode?) {
    let items = document?.items ?? []
    for item in items {
      if let id = item["$id"]?.text { byID[id] = item }
    }
    var seen: Set<Evidence> = []
    for item in items {
      guard let found = evidence(of: item), seen.insert(found).inserted else { continue }
      evidence.append(found)
    }
  }

  private func evidence(of item: DocumentNode) -> Evidence? {
    guard let type = item["Type"]?.text else { return nil }
    guard let kind = Self.kind(of: type) else {
      let known = item.members.compactMap { member in
        member.key.hasPrefix("$") || member.key == "Type"
          ? nil : member.value.text.map { Entity.Identifier(name: member.key, value: $0) }
      }
      return known.isEmpty ? nil : Evidence(other: type, known)
    }
    let isImpacted = kind == .host || kind == .account || kind == .mailbox
    return Entity(kind, identifiers(of: kind, item), isImpactedAsset: isImpacted)
      .map { Evidence($0) }
  }

  private static func kind(of type: String) -> EntityKind? {
    type.lowercased() == "ip" ? .ip : EntityKind(reading: type.filter { $0 != "-" })
  }

  private func identifiers(of kind: EntityKind, _ item: DocumentNode) -> [(String, String)] {
    var found = kind.identifiers.compactMap { name in item[name]?.text.map { (name, $0) } }
    switch kind {
    case .file:
      found += hashes(of: item)
    case .process:
      guard let file = resolved(item["ImageFile"]) else { break }
      found += ["Name", "Directory"].compactMap { name in file[name]?.text.map { (name, $0) } }
      found += hashes(of: file)
    case .host:
      // Defender's id of a device is here under another name.
      if item["DeviceId"] == nil, let id = item["MdatpDeviceId"]?.text {
        found.append(("DeviceId", id))
      }
    case .account:
      if item["FullName"] == nil, let name = item["UserPrincipalName"]?.text {
        found.append(("FullName", name))
      }
    default: break
    }
    return found
  }

  /// The hashes of a file that are identifiers of ours.
  private func hashes(of file: DocumentNode) -> [(String, String)] {
    (file["FileHashes"]?.items ?? []).compactMap { item in
      guard let hash = resolved(item), let value = hash["Value"]?.text,
        let algorithm = hash["Algorithm"]?.text?.uppercased(),
        algorithm == "SHA1" || algorithm == "SHA256", file[algorithm] == nil
      else { return nil }
      return (algorithm, value)
    }
  }

  /// What a reference leads to.
  private func resolved(_ node: DocumentNode?) -> DocumentNode? {
    guard let node else { return nil }
    return node["$ref"]?.text.flatMap { byID[$0] } ?? node
  }
}
