import Synchronization

/// The symbols of one category by name: those of declared functions, then names that only bind.
///
/// A symbol is decoded when it is first asked for, since a query needs few of them.
final class SymbolTable: Sendable {
  private enum Source: Sendable {
    case declared(any FunctionDeclaration, FunctionAlias?)
    case bound(Substring)
  }

  private let category: FunctionSymbol.Category
  private let sources: [String: Source]
  private let decoded = Mutex<[String: FunctionSymbol]>([:])
  /// Names of declared functions and their aliases.
  let declaredNames: [String]
  /// Names of generated records, whether declared or not.
  let boundNames: [String]

  /// - Parameters:
  ///   - declared: functions; those of other categories are left out.
  ///   - texts: records of names that only bind; the first of a name counts.
  init(
    _ category: FunctionSymbol.Category,
    declared: [[any FunctionDeclaration]] = [],
    bound texts: [String]
  ) {
    var sources: [String: Source] = [:]
    for function in declared.joined() where function.category == category {
      sources[function.name] = .declared(function, nil)
      for alias in function.aliases { sources[alias.name] = .declared(function, alias) }
    }
    declaredNames = sources.keys.sorted()
    let records = texts.flatMap(SignatureText.records).map { record in
      (name: String(record.prefix { $0 != " " }), text: record)
    }
    boundNames = records.map(\.name)
    for record in records where sources[record.name] == nil {
      sources[record.name] = .bound(record.text)
    }
    self.category = category
    self.sources = sources
  }

  /// The symbol of a name.
  subscript(name: String) -> FunctionSymbol? {
    guard let source = sources[name] else { return nil }
    return decoded.withLock { decoded in
      if let known = decoded[name] { return known }
      let symbol = decode(source)
      decoded[name] = symbol
      return symbol
    }
  }

  /// All symbols, in the order of their names.
  var symbols: [FunctionSymbol] { sources.keys.sorted().compactMap { self[$0] } }

  private func decode(_ source: Source) -> FunctionSymbol? {
    switch source {
    case .declared(let function, nil): function.symbol
    case .declared(let function, let alias?): function.symbol(alias)
    case .bound(let record): SignatureText.symbol(record, category)
    }
  }
}
