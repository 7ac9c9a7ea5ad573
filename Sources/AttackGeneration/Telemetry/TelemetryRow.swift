import Columnar

/// An event as a row of a table.
struct TelemetryRow: Sendable {
  let tenant: String
  let table: TelemetryTable
  let time: DateTime
  let fields: [(String, JSONValue)]
  /// The number of the report, which with device and time tells events apart.
  let report: Int

  /// The row as one line of JSON.
  var text: String {
    let number = table.hasNumberedReports
    let id: JSONValue = number ? .whole(Int64(report)) : .text("report-" + String(report))
    return JSONValue.object([("Timestamp", .time(time))] + fields + [("ReportId", id)]).text
  }
}
