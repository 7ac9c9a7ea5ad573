extension RuleCheck {
  /// Every check, by code.
  public static let all: [RuleCheck] = [
    // The columns that the result must have
    timeColumnMissing, timeColumnAltered, eventIdMissing, tableWithoutEvents, eventIdMixed,
    reportIdAdvised, assetColumnMissing, timeFilter, noFilter, everything, queryLength,
    formerTable,
    // What continuous rules must not do
    continuousTable, continuousTables, continuousOperator, continuousComment, continuousLet,
    continuousCall, continuousColumn, nearRealTimeLimit,
    // Entities, details and actions
    noImpactedAsset, entityColumnMissing, entityLimit, weakEntity, repeatedIdentifier,
    detailColumnMissing, detailLimit, overrideColumnMissing, groupingReference,
    actionColumnMissing, actionTargetMissing, contraryActions,
    // Texts and literals
    templateColumnMissing, templateLimit, brokenTemplate, markup, textLength, severitySpelling,
    tacticSpelling, tacticUnfit, hiddenTechniques, noTactic, techniqueForm, techniqueUnknown,
    techniqueGone, techniqueOfOtherTactic,
    // Schedules and triggers
    detectionFrequency, analyticsSchedule, shortLookback, continuousLookback, periodSpelling,
    retiredKey, beyondLookback, threshold, suppressionLength, groupingLength,
    // Between rules
    duplicateId, duplicateName, duplicateTitle,
  ]

  /// The check of a code or a name, in any case.
  public static func named(_ text: String) -> RuleCheck? {
    let wanted = text.lowercased()
    return all.first { $0.code.lowercased() == wanted || $0.name == wanted }
  }
}
