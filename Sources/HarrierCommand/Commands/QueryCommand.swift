import ArgumentParser

/// `harrier query`: answers one query over loaded files.
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Answer a query over your files."
  )

  @OptionGroup var query: QueryText
  @OptionGroup var answer: AnswerOptions

  func run() throws { try answer.run(query.read) }
}
