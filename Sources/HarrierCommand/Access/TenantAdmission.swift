import OperationalStore
import SourceText
import TableStore
import Tenancy

/// Lets rows and alerts bring tenants into being, as many as a view holds.
final class TenantAdmission {
  private let state: AccessState
  private var present: [String]
  /// Tenants that are suspended: what they get is kept, and seen once they are resumed.
  private(set) var suspended: Set<String> = []

  init(_ store: TableStore) throws {
    let access = try AccessStore.open(store: store.path, access: .readOnly)
    state = try access?.state() ?? .withoutSetup
    present = try store.snapshot().tenantNames
  }

  /// The name of the tenant that rows or alerts name, by its name or its `TenantId`.
  func owner(_ named: String) -> String { state.name(ofTenant: named, present: present) }

  func admit(_ tenant: String) throws {
    if let refusal = state.refusal(ofRowsFor: tenant, present: present) { throw refusal }
    if !present.contains(tenant) { present.append(tenant) }
    if state.isSuspended(tenant) { suspended.insert(tenant) }
  }

  /// Says that nobody sees yet what suspended tenants got.
  func tell(_ console: Console) {
    for name in suspended.sorted() {
      let shown = TerminalText(name).text
      console.note(
        "note: the tenant '\(shown)' is suspended; what it got is kept, and seen after "
          + "'harrier tenants resume'"
      )
    }
  }
}
