import KQLBinding

/// The functions that advanced hunting adds to the language.
///
/// They bind with the columns that the product documents. Running one needs data of the user's
/// own; without it the query is refused by name.
enum HuntingFunctions {
  static let declarations: [EnvironmentFunction] = []
}
