public import QueryPlan

extension Plan {
  /// The first plugin, inputs first, whose columns depend on data.
  func firstStage() -> Staged? {
    var seen: Set<Int> = []
    return firstStage(&seen)
  }

  /// Every table scan of the plan, also of subqueries in expressions; shared plans once.
  public func scans() -> [TableScan] {
    var seen: Set<Int> = []
    var found: [TableScan] = []
    collectScans(&found, &seen)
    return found
  }

  private func firstStage(_ seen: inout Set<Int>) -> Staged? {
    if case .shared(let reference) = self, !seen.insert(reference.shared.id).inserted { return nil }
    for input in inputs + subqueries {
      if let stage = input.firstStage(&seen) { return stage.rowsOfAllRuns(of: self) }
    }
    if case .staged(let stage) = self { return stage }
    return nil
  }

  private func collectScans(_ found: inout [TableScan], _ seen: inout Set<Int>) {
    if case .shared(let reference) = self, !seen.insert(reference.shared.id).inserted { return }
    if case .scan(let scan) = self { found.append(scan) }
    for input in inputs + subqueries { input.collectScans(&found, &seen) }
  }
}

extension Staged {
  /// The plugin over the rows of all runs, where it stands in the subquery of an operator that
  /// runs it for each row or key: the operator with the subquery cut off before the plugin.
  fileprivate func rowsOfAllRuns(of plan: Plan) -> Staged {
    switch plan {
    case .apply(let apply) where input.readsInput(apply.id):
      return reading(
        .apply(
          Apply(
            id: apply.id,
            input: apply.input,
            expansions: apply.expansions,
            indexColumn: apply.indexColumn,
            limit: apply.limit,
            subquery: input,
            columns: input.columns
          )
        )
      )
    case .partition(let partition)
    where input.readsInput(partition.id) || !partition.subquery.readsInput(partition.id):
      guard !partition.input.contains(self) else { return self }
      return reading(
        .partition(
          Partition(
            id: partition.id,
            input: partition.input,
            key: partition.key,
            subquery: input,
            columns: input.columns
          )
        )
      )
    default: return self
    }
  }
}

extension Plan {
  /// Whether a plugin stands in the plan.
  fileprivate func contains(_ stage: Staged) -> Bool {
    if case .staged(let own) = self, own.key == stage.key { return true }
    if case .shared(let reference) = self { return reference.shared.plan.contains(stage) }
    return inputs.contains { $0.contains(stage) }
  }
}
