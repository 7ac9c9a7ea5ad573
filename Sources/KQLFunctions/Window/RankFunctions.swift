import Columnar

extension WindowFunction {
  static let rankFamily: [WindowFunction] = [denseRank, minimumRank]

  static let denseRank = WindowFunction(
    "row_rank_dense",
    "term:NotDynamic restart:bool? -> long",
    "Numbers the runs of equal values from 1 on; begins anew where restart is true.",
    examples: [
      Example("range x from 5 to 6 step 1 | extend r = row_rank_dense(x) | top 1 by x", "6, 2")
    ]
  ) { rank($0, isDense: true) }

  static let minimumRank = WindowFunction(
    "row_rank_min",
    "term:NotDynamic restart:bool? -> long",
    "Returns the number of the first row of the run of equal values, counted from 1; begins anew "
      + "where restart is true.",
    examples: [
      Example("range x from 5 to 6 step 1 | extend r = row_rank_min(x) | top 1 by x", "6, 2")
    ]
  ) { rank($0, isDense: false) }

  private static func rank(_ call: WindowCall, isDense: Bool) -> Vector {
    let restart = RestartRows(call, at: 1)
    let runs = RowRuns(call.arguments[0])
    let ranks = FixedBuilder<Int64>(capacity: call.count)
    var rank: Int64 = 0
    var number: Int64 = 0
    for row in 0..<call.count {
      if row == 0 || restart[row] {
        number = 1
        rank = 1
      } else {
        number &+= 1
        if !runs.continues(at: row) { rank = isDense ? rank &+ 1 : number }
      }
      ranks.append(rank)
    }
    return ranks.finish()
  }
}
