public import OperationalStore

extension IncidentStore {
  /// The alerts that texts name: `TENANT/ID`, or the id alone where one tenant has it.
  ///
  /// - Parameter tenants: those that are asked for; what others have looks as if it were not there.
  /// - Returns: for each text the alert, or why it names none.
  public func alerts(
    named texts: [String],
    of tenants: [String]
  ) throws(StoreFailure) -> [Result<AlertReference, IncidentFailure>] {
    try database.read { database in
      let reader = IncidentReader(database: database)
      return try texts.map { try reader.reference(toAlert: $0, of: tenants) }
    }
  }
}

extension IncidentReading {
  fileprivate func reference(
    toAlert text: String,
    of tenants: [String]
  ) throws -> Result<AlertReference, IncidentFailure> {
    // Names of tenants and ids of alerts may both have a slash, so that what is there decides.
    let whole = tenants.filter { text.hasPrefix($0 + "/") }
      .map { AlertReference(tenant: $0, id: String(text.dropFirst($0.count + 1))) }
    for possible in [whole, tenants.map { AlertReference(tenant: $0, id: text) }] {
      let found = try possible.filter { try alert($0.id, $0.tenant) != nil }
      if found.count > 1 { return .failure(.ambiguous(text, in: found.map(\.tenant))) }
      if let reference = found.first { return .success(reference) }
    }
    return .failure(.missing(alert: text))
  }
}
