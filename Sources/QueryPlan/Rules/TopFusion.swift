/// Turns `sort | take` into `top`, which keeps the wanted rows only.
enum TopFusion {
  static func apply(_ plan: Plan) -> Plan {
    let rewritten = plan.replacingInputs(apply)
    guard case .take(let take) = rewritten, case .sort(let sort) = take.input else {
      return rewritten
    }
    return .top(Top(input: sort.input, count: take.count, keys: sort.keys))
  }
}
