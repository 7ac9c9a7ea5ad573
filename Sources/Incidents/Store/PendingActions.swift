/// The actions of incidents on which somebody is to decide, as SQL.
package enum PendingActions {
  /// How many an incident has: its own, and those of others on which investigations of its alerts
  /// wait as well.
  ///
  /// - Parameter incident: the parameter of the statement that is the incident's key.
  package static func count(of incident: String) -> String {
    """
    (SELECT count(*) FROM (
      SELECT id FROM actions WHERE incident = \(incident) AND status = 'pending'
      UNION SELECT actions.id FROM alerts
        CROSS JOIN investigations ON investigations.alert = alerts.id
        CROSS JOIN shared_actions ON shared_actions.investigation = investigations.id
        CROSS JOIN actions ON actions.id = shared_actions.action
        WHERE alerts.incident = \(incident) AND actions.status = 'pending'
          AND investigations.status IN ('running', 'pendingAction')))
    """
  }
}
