/// The consents that an action revoked, as its record keeps them: by whom they were given.
struct RevokedConsents: Equatable {
  /// User principal names in small letters; empty for the consent of the whole organization.
  let users: [String]

  init(_ users: [String]) { self.users = users }

  /// What an action revoked; nil where that is not known, as of what a program or webhook did with
  /// all consents to an app.
  init?(_ action: ActionRecord) {
    if !action.before.isEmpty {
      self.init(reading: action.before)
    } else if let user = action.target["accountUpn"] {
      self.init([user.lowercased()])
    } else {
      return nil
    }
  }

  init(reading text: String) {
    users = text.split(separator: ",").map { String($0).trimmed }
      .map { $0 == Self.everybody ? "" : $0 }
  }

  var text: String { users.map(Self.name).joined(separator: ", ") }

  /// What a consent is called by whoever gave it; that of the organization in Graph's word.
  static func name(_ user: String) -> String { user.isEmpty ? everybody : user }

  private static let everybody = "AllPrincipals"

  /// The parameter of an action that restores them.
  static let parameter = "consents"
}
