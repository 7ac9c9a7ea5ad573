import ArgumentParser

/// Which part of a long list is written.
struct PageOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The most rows of a page.", valueName: "count"))
  var limit = 50

  @Option(help: ArgumentHelp("How many to pass over.", valueName: "count"))
  var skip = 0

  func validate() throws {
    if limit < 1 || limit > 10_000 { throw ValidationError("--limit is 1 to 10000.") }
    if skip < 0 { throw ValidationError("--skip is not negative.") }
  }
}

extension Console {
  /// Says that a page of a list has not all there is.
  ///
  /// - Parameters:
  ///   - most: up to how many are counted.
  ///   - things: what is listed, such as `alerts`.
  func tell(_ listed: Int, of total: Int, most: Int = .max, _ things: String) {
    if total <= listed { return }
    let all = total > most ? "more than \(most)" : "\(total)"
    note("\(listed) of \(all) \(things); --limit and --skip")
  }
}
