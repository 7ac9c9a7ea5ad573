/// Names in options that may be repeated and may hold several.
enum NameOptions {
  static func split(_ options: [String]) -> [String] {
    options.flatMap { $0.split(separator: ",").map { String($0) } }
  }
}
