import DetectionRules
import SourceText
import StructuredText

extension RuleCheck {
  static let actionColumnMissing = RuleCheck(
    "HD320",
    "action-column-missing",
    .error,
    "an action is done to a column that the result has not",
    explanation: """
      A response action is done to what a column of the result names: devices by DeviceId, files \
      by SHA1 or SHA256, accounts by AccountSid or AccountObjectId, mails by NetworkMessageId and \
      RecipientEmailAddress. A rule without the column is refused.
      """,
    example: .defender {
      $0.query = "DeviceProcessEvents | project Timestamp, DeviceId, ReportId"
      $0.action = [
        "responseActions:",
        "  - \"@odata.type\": \"#microsoft.graph.security.blockFileResponseAction\"",
        "    identifier: sha1",
      ]
    } good: {
      $0.action = [
        "responseActions:",
        "  - \"@odata.type\": \"#microsoft.graph.security.blockFileResponseAction\"",
        "    identifier: sha1",
      ]
    }
  ) { context in
    context.rule.actions.flatMap { action in
      action.targets.compactMap { target in
        let isWritten = context.document.text(at: target.column.place) == target.column.name
        return ResultColumns.missing(
          target.column,
          "'\(action.kind.rawValue)'",
          context,
          canRename: isWritten
        )
      }
    }
  }

  static let actionTargetMissing = RuleCheck(
    "HD321",
    "action-target-missing",
    .error,
    "an action does not say all of what it is done to",
    explanation: """
      Every action names what it is done to. A file is quarantined on a device, by both a hash \
      and DeviceId; a mail is found by both NetworkMessageId and RecipientEmailAddress.
      """,
    example: .defender {
      $0.action = [
        "responseActions:",
        "  - \"@odata.type\": \"#microsoft.graph.security.stopAndQuarantineFileResponseAction\"",
        "    identifier: sha1",
      ]
    } good: {
      $0.action = [
        "responseActions:",
        "  - \"@odata.type\": \"#microsoft.graph.security.stopAndQuarantineFileResponseAction\"",
        "    identifier: \"deviceId,sha1\"",
      ]
    }
  ) { context in
    context.rule.actions.compactMap { action in
      let named = Set(action.targets.map(\.name))
      let isAnswered = needs(of: action.kind).allSatisfy { !named.isDisjoint(with: $0) }
      // What was named and is no target has a finding of its own.
      if isAnswered || named.isEmpty && !action.node(in: context).isSilent { return nil }
      let wanted = needs(of: action.kind).map { $0.joined(separator: " or ") }
      return RuleMatch(
        "'\(action.kind.rawValue)' does not say all of what it is done to",
        at: action.place,
        help: "it needs \(wanted.joined(separator: " and "))"
      )
    }
  }

  /// What must be told of the target, each in one of several ways.
  private static func needs(of kind: ResponseAction.Kind) -> [[String]] {
    switch kind {
    case .isolateDevice, .collectInvestigationPackage, .runAntivirusScan, .initiateInvestigation,
      .restrictAppExecution:
      [["DeviceId"]]
    case .allowFile, .blockFile: [["SHA1", "SHA256"]]
    case .stopAndQuarantineFile: [["DeviceId"], ["SHA1", "SHA256"]]
    case .markUserAsCompromised: [["AadUserId"]]
    case .disableUser, .forceUserPasswordReset: [["Sid"]]
    case .moveToInbox, .moveToJunk, .moveToDeletedItems, .softDelete, .hardDelete:
      [["NetworkMessageId"], ["Recipient"]]
    }
  }

  static let contraryActions = RuleCheck(
    "HD322",
    "contrary-actions",
    .warning,
    "a rule both allows and blocks files, or moves mails to two places",
    explanation: """
      Actions that undo each other leave things as the last of them does, and which that is \
      nobody knows. Keep one.
      """,
    example: .defender {
      $0.action = [
        "responseActions:",
        "  - \"@odata.type\": \"#microsoft.graph.security.blockFileResponseAction\"",
        "    identifier: sha1",
        "  - \"@odata.type\": \"#microsoft.graph.security.allowFileResponseAction\"",
        "    identifier: sha1",
      ]
    }
  ) { context in
    contraries.compactMap { kinds in
      let found = context.rule.actions.filter { kinds.contains($0.kind) }
      let different = Set(found.map(\.kind))
      guard different.count > 1, let last = found.last(where: { $0.kind != found.first?.kind })
      else { return nil }
      let names = different.map { "'\($0.rawValue)'" }.sorted().joined(separator: " and ")
      return RuleMatch("\(names) undo each other", at: last.place, help: "keep one of them")
    }
  }

  private static let contraries: [Set<ResponseAction.Kind>] = [
    [.allowFile, .blockFile],
    [.moveToInbox, .moveToJunk, .moveToDeletedItems, .softDelete, .hardDelete],
  ]
}

extension ResponseAction {
  /// The mapping of the action in the rule.
  fileprivate func node(in context: RuleContext) -> DocumentNode {
    let action = context.node["detectionAction"]
    let listed = action?["responseActions"]?.items ?? []
    let grouped = (action?["automatedActions"]?.members ?? []).flatMap { $0.value.items ?? [] }
    return (listed + grouped).first { $0.place == place } ?? DocumentNode(.mapping([]))
  }
}

extension DocumentNode {
  /// Whether nothing in the mapping names a target.
  fileprivate var isSilent: Bool {
    !members.contains { $0.key == "identifier" || $0.key.hasSuffix("Column") }
  }
}
