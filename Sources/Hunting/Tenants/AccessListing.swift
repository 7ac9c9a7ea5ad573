import Columnar
public import Execution
public import Tenancy

/// Who may do what, as rows to print.
public enum AccessListing: RowListing {
  /// A row for each tenant.
  ///
  /// - Parameter issues: what is wrong with the tables of tenants, by their names.
  public static func tenants(
    _ tenants: [(tenant: TenantRecord, capabilities: [Capability])],
    issues: [String: [String]] = [:]
  ) -> QueryResult {
    let schema = Schema(
      texts("Tenant", "TenantId", "TenantName", "Status", "Capabilities", "Health")
    )
    return StoreListing.rows(schema, tenants) { entry in
      let tenant = entry.tenant
      let capabilities = entry.capabilities.map(\.rawValue).joined(separator: ",")
      let health = issues[tenant.name].flatMap { $0.isEmpty ? nil : $0.joined(separator: "; ") }
      return [
        tenant.name, tenant.id, tenant.displayName, tenant.status.rawValue, capabilities,
        health ?? "ok",
      ]
      .map(text)
    }
  }

  /// A row for each group.
  public static func groups(_ groups: [(name: String, tenants: [String])]) -> QueryResult {
    StoreListing.rows(Schema(texts("Group", "Tenants")), groups) { group in
      [text(group.name), text(group.tenants.joined(separator: ","))]
    }
  }

  /// A row for each grant.
  public static func grants(_ grants: [Grant]) -> QueryResult {
    let schema = Schema(
      texts("Principal", "Capability", "For", "GrantedBy") + [
        ColumnSchema("Granted", .datetime), ColumnSchema("Expires", .datetime),
      ]
    )
    return StoreListing.rows(schema, grants) { grant in
      [grant.principal, grant.capability.rawValue, grant.target.description, grant.grantedBy]
        .map(text) + [
          .datetime(grant.grantedAt), grant.expiresAt.map { .datetime($0) } ?? .null(.datetime),
        ]
    }
  }

  /// A row for each saved text.
  public static func saved(_ saved: [SavedText]) -> QueryResult {
    let schema = Schema(
      texts("Name", "Kind", "Owner", "Shared")
        + [ColumnSchema("Changed", .datetime), ColumnSchema("Text", .string)]
    )
    return StoreListing.rows(schema, saved) { item in
      [item.name, item.kind.rawValue, item.owner, item.isShared ? "yes" : "no"].map(text)
        + [.datetime(item.changedAt), text(item.text)]
    }
  }

  /// A row for each entry of the audit trail.
  public static func audit(_ entries: [AuditEntry]) -> QueryResult {
    let schema = Schema(
      [ColumnSchema("Sequence", .long), ColumnSchema("Time", .datetime)]
        + texts("Principal", "Action", "Object", "Detail")
    )
    return StoreListing.rows(schema, entries) { entry in
      [.long(entry.sequence), .datetime(entry.at)]
        + [entry.principal, entry.action, entry.object, entry.detail].map(text)
    }
  }
}
