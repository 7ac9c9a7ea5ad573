import StructuredText

/// What of an alert of Graph's `alerts_v2` has no place of its own here: comments, system tags,
/// links, details of its evidence.
enum GraphRemainder {
  /// As JSON on one line; nil where nothing is left.
  static func text(of alert: DocumentNode) -> String? {
    var left = alert.members.filter { !read.contains($0.key) }.compactMap(said)
    let items = alert["evidence"]?.items ?? []
    let evidence = items.enumerated().compactMap { place, item -> DocumentNode? in
      let members = members(leftOf: item)
      if members.isEmpty { return nil }
      let index = DocumentMember(key: "index", value: .plain("\(place)"))
      let type = DocumentMember(key: "type", value: .text(GraphEvidence.type(of: item)))
      return DocumentNode(.mapping([index, type] + members))
    }
    if !evidence.isEmpty {
      left.append(DocumentMember(key: "evidence", value: DocumentNode(.sequence(evidence))))
    }
    return left.isEmpty ? nil : JSONDocumentWriter.line(DocumentNode(.mapping(left)))
  }

  /// Fields that have a place of their own.
  private static let read: Set<String> = [
    "@odata.type", "@odata.etag", "id", "title", "tenantId", "description", "recommendedActions",
    "severity", "status", "category", "categories", "mitreTechniques", "serviceSource",
    "detectionSource", "productName", "evidence", "threatFamilyName", "threatDisplayName",
    "actorDisplayName", "alertPolicyId", "assignedTo", "classification", "determination",
    "investigationState", "createdDateTime", "firstActivityDateTime", "lastActivityDateTime",
    "resolvedDateTime", "customDetails",
  ]

  /// What of some evidence is not among what tells it.
  private static func members(leftOf item: DocumentNode) -> [DocumentMember] {
    let type = GraphEvidence.type(of: item)
    let paths = GraphEvidence.paths(readOf: type)
    let isOnlyRole = (item["roles"]?.items?.count ?? 0) < 2
    return item.members.compactMap { member in
      switch member.key {
      case "@odata.type", "verdict", "remediationStatus": nil
      case "roles" where isOnlyRole: nil
      default:
        // What is none of our kinds has all of its texts as identifiers.
        if let paths {
          left(of: member, at: member.key, without: paths)
        } else {
          GraphEvidence.baseFields.contains(member.key) ? said(member) : nil
        }
      }
    }
  }

  private static func left(
    of member: DocumentMember,
    at path: String,
    without paths: Set<String>
  ) -> DocumentMember? {
    if paths.contains(path) { return nil }
    guard case .mapping(let members) = member.value.content else { return said(member) }
    let left = members.filter { $0.key != "@odata.type" }
      .compactMap { self.left(of: $0, at: path + "." + $0.key, without: paths) }
    return left.isEmpty ? nil : DocumentMember(key: member.key, value: DocumentNode(.mapping(left)))
  }

  /// A member that says something: no null, and nothing empty.
  private static func said(_ member: DocumentMember) -> DocumentMember? {
    let isEmpty =
      switch member.value.content {
      case .scalar(let scalar): member.value.isNull || scalar.text.isEmpty
      case .sequence(let items): items.isEmpty
      case .mapping(let members): members.isEmpty
      }
    return isEmpty ? nil : member
  }
}

extension DocumentNode {
  fileprivate static func plain(_ text: String) -> DocumentNode {
    DocumentNode(.scalar(DocumentScalar(text, style: .plain)))
  }
}
