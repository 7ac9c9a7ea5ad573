public import OperationalStore

extension TableStore {
  /// Makes tenants that have no tables yet; those that are there stay as they are.
  ///
  /// - Throws: a failure where a name is none of a tenant (``TenantName``).
  public func addTenants(_ names: Set<String>) throws(StoreFailure) {
    let known = Set(try snapshot().tenantNames)
    let new = names.subtracting(known).sorted()
    if let why = new.lazy.compactMap(TenantName.refusal).first { throw refusal(why) }
    if new.isEmpty { return }
    try commit([]) { catalogue in
      for name in new { _ = try catalogue.tenantID(making: name) }
      _ = try catalogue.advanceVersion()
    }
  }
}
