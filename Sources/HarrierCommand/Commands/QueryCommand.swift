import ArgumentParser

/// `harrier query`: answers one query over loaded files.
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Answer a query over your files.",
    discussion: """
      Rows go to standard output, all else to standard error; a table where a person looks, else \
      one JSON object a line.

        harrier query 'AlertInfo | summarize count() by Severity' --load AlertInfo=alerts.ndjson
        harrier query --file hunt.kql --store logs --tenant contoso --format csv
        harrier query 'DeviceInfo | take 1' --store logs --tenant contoso --act runAntivirusScan
        zcat alerts.ndjson.gz | harrier query 'AlertInfo | count' --load AlertInfo=-
      """
  )

  @OptionGroup var query: QueryText
  @OptionGroup var answer: AnswerOptions
  @OptionGroup var acting: ActOptions

  func run() throws { try answer.run(query.read, acting: acting) }
}
