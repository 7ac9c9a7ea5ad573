// Written by generate.py; do not edit.

/// The built-in schemas in the compact form that generate.py describes.
enum SchemaText {
  static var columns: [String] {
    [columns1, columns2, columns3, columns4, columns5, columns6]
  }

  static var xdr: [String] {
    [xdrTables1]
  }

  static var sentinel: [String] {
    [sentinelTables1, sentinelTables2, sentinelTables3]
  }

  /// Tables that are gone and the tables that took their place.
  static let removedTables = ["AppFileEvents": "CloudAppEvents"]

  /// Columns that have another name now.
  static let renamedColumns: [RenamedColumn] = [
    RenamedColumn("EmailEvents", from: "FinalEmailAction", to: "EmailAction"),
    RenamedColumn("EmailEvents", from: "FinalEmailActionPolicy", to: "EmailActionPolicy"),
    RenamedColumn("EmailEvents", from: "FinalEmailActionPolicyGuid", to: "EmailActionPolicyGuid"),
    RenamedColumn("EmailEvents", from: "MalwareFilterVerdict", to: "ThreatTypes"),
    RenamedColumn("EmailEvents", from: "PhishFilterVerdict", to: "ThreatTypes"),
    RenamedColumn("EmailEvents", from: "MalwareDetectionMethod", to: "DetectionMethods"),
    RenamedColumn("EmailEvents", from: "PhishDetectionMethod", to: "DetectionMethods"),
    RenamedColumn("EmailAttachmentInfo", from: "MalwareFilterVerdict", to: "ThreatTypes"),
    RenamedColumn("EmailAttachmentInfo", from: "PhishFilterVerdict", to: "ThreatTypes"),
    RenamedColumn("EmailAttachmentInfo", from: "MalwareDetectionMethod", to: "DetectionMethods"),
    RenamedColumn("EmailAttachmentInfo", from: "PhishDetectionMethod", to: "DetectionMethods"),
    RenamedColumn("DeviceInfo", from: "DeviceObjectId", to: "AadDeviceId"),
  ]
}
