/// The names that statements and functions declare, innermost first.
///
/// A scope is a value: a function keeps the one in which it was declared, so that later `let`s are
/// not visible in it.
final class Scope: Sendable {
  private let outer: Scope?
  private let name: Name
  private let symbol: Symbol?
  /// Marks the start of a body; a name may be declared once between marks.
  private let isBoundary: Bool

  /// A scope without names.
  static let empty = Scope(outer: nil, name: Name(""), symbol: nil, isBoundary: true)

  private init(outer: Scope?, name: Name, symbol: Symbol?, isBoundary: Bool) {
    self.outer = outer
    self.name = name
    self.symbol = symbol
    self.isBoundary = isBoundary
  }

  /// The scope with one more name, which hides an equal one.
  func adding(_ name: String, _ symbol: Symbol) -> Scope {
    Scope(outer: self, name: Name(name), symbol: symbol, isBoundary: false)
  }

  /// A scope inside this one in which names may be declared anew.
  func nested() -> Scope {
    Scope(outer: self, name: Name(""), symbol: nil, isBoundary: true)
  }

  /// What a name stands for.
  func symbol(_ text: String) -> Symbol? {
    let wanted = Name(text)
    var scope: Scope? = self
    while let current = scope {
      if let symbol = current.symbol, current.name == wanted { return symbol }
      scope = current.outer
    }
    return nil
  }

  /// Whether a name was declared since the last mark.
  func declares(_ text: String) -> Bool {
    let wanted = Name(text)
    var scope: Scope? = self
    while let current = scope, !current.isBoundary {
      if current.name == wanted { return true }
      scope = current.outer
    }
    return false
  }

  /// All names with what they stand for, innermost first; hidden ones are left out.
  var visible: [(name: String, symbol: Symbol)] {
    var seen: Set<Name> = []
    var result: [(name: String, symbol: Symbol)] = []
    var scope: Scope? = self
    while let current = scope {
      if let symbol = current.symbol, seen.insert(current.name).inserted {
        result.append((current.name.text, symbol))
      }
      scope = current.outer
    }
    return result
  }
}
