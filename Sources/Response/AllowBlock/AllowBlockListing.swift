public import Columnar
public import Execution
public import Hunting

/// Entries and their effects as rows to show.
public enum AllowBlockListing: RowListing {
  /// A row for each entry.
  public static func entries(_ entries: [ListEntry], at now: DateTime) -> QueryResult {
    let schema = Schema(
      texts("Entry", "Action", "Kind", "Value", "State", "Note", "CreatedBy")
        + times("Created", "Expires")
    )
    return StoreListing.rows(schema, entries) { entry in
      let state = entry.removed != nil ? "removed" : entry.holds(at: now) ? "active" : "expired"
      return [
        entry.reference.description, entry.action.rawValue, entry.kind.rawValue, entry.value,
        state, entry.note, entry.createdBy,
      ].map(text) + [time(entry.created), time(entry.expires)]
    }
  }

  /// A row for what the list of each tenant does with a mail.
  public static func effects(_ effects: [(tenant: String, DeliveryFilter.Effect)]) -> QueryResult {
    let schema = Schema(texts("Tenant", "Effect", "Location", "Entry", "Kind", "Value"))
    return StoreListing.rows(schema, effects) { tenant, effect in
      [
        tenant, effect.word, effect.location?.rawValue ?? "",
        effect.entry?.reference.description ?? "", effect.entry?.kind.rawValue ?? "",
        effect.entry?.value ?? "",
      ].map(text)
    }
  }
}
