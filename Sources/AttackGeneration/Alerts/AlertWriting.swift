/// Writes an alert in the shape of Graph's `alerts_v2`, on one line.
enum AlertWriting {
  static func text(_ draft: AlertDraft, tenant: String) -> String {
    JSONValue.object(
      heading(draft, tenant: tenant) + [
        ("title", .text(draft.kind.title)),
        ("description", .text(draft.kind.title + ".")),
        ("severity", .text(draft.kind.severity.rawValue)),
        ("category", .text(draft.kind.category)),
        ("mitreTechniques", .texts(draft.kind.techniques)),
        ("createdDateTime", .time(draft.created)),
        ("lastUpdateDateTime", .time(draft.created)),
        ("resolvedDateTime", .null),
        ("firstActivityDateTime", .time(draft.firstActivity)),
        ("lastActivityDateTime", .time(draft.lastActivity)),
        ("comments", .list([])),
        ("systemTags", .list([])),
        ("evidence", evidence(draft)),
      ]
    ).text
  }

  private static func heading(_ draft: AlertDraft, tenant: String) -> [(String, JSONValue)] {
    let product = draft.kind.product
    return [
      ("id", .text(draft.id)),
      ("providerAlertId", .text(draft.providerId)),
      ("incidentId", .null),
      ("tenantId", .text(tenant)),
      ("status", "new"),
      ("classification", "unknown"),
      ("determination", "unknown"),
      ("serviceSource", .text(product.serviceSource)),
      ("detectionSource", .text(product.detectionSource)),
      ("productName", .text(product.name)),
      ("investigationState", "unknown"),
      ("assignedTo", .null),
    ]
  }

  private static func evidence(_ draft: AlertDraft) -> JSONValue {
    let writing = EvidenceWriting(product: draft.kind.product, created: draft.created)
    return .list(draft.evidence.map { writing.value($0) })
  }
}
