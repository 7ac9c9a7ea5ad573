/// The greatest number of the columns of a plan and of those that it reads.
struct ColumnNumbers {
  private(set) var greatest = 0
  private var seen: Set<Int> = []

  init(of plan: Plan) { visit(plan) }

  private mutating func visit(_ plan: Plan) {
    if case .shared(let reference) = plan, !seen.insert(reference.shared.id).inserted { return }
    for column in plan.columns { greatest = max(greatest, column.id.number) }
    for input in plan.inputs { visit(input) }
  }
}
