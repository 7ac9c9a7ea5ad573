/// The steps about devices.
enum DeviceQueries {
  static let all = [gather, detections, copies, group]

  private static let window = MailQueries.window

  /// Where files are, and which devices are therefore harmed.
  static let places = """
    let written = DeviceFileEvents
    | where \(window)
    | extend Hash = tolower(iff(SHA256 in~ (Hashes), SHA256, SHA1))
    | where Hash in (Hashes)
    | project DeviceId, Hash, FileName, IsRun = 0;
    let run = DeviceProcessEvents
    | where \(window)
    | extend Hash = tolower(iff(SHA256 in~ (Hashes), SHA256, SHA1))
    | where Hash in (Hashes)
    | project DeviceId, Hash, FileName, IsRun = 1;
    let found = materialize(union written, run
    | where isnotempty(DeviceId)
    | summarize IsRun = max(IsRun), Name = take_any(FileName) by DeviceId, Hash
    | extend IsBad = Hash in (BadHashes));
    let copies = found
    | project Kind = 'file',
        Identifiers = bag_pack('deviceId', DeviceId,
            iff(strlen(Hash) == 64, 'sha256', 'sha1'), Hash),
        Verdict = iff(IsBad, 'malicious', 'noThreatsFound'),
        Facts = bag_pack('name', Name, 'wasRun', tostring(IsRun == 1));
    let devices = found
    | summarize Bad = countif(IsBad), Run = countif(IsBad and IsRun == 1) by DeviceId
    | project Kind = 'device', Identifiers = bag_pack('deviceId', DeviceId),
        Verdict = case(Run > 0, 'malicious', Bad > 0, 'suspicious', 'noThreatsFound'),
        Facts = bag_pack('maliciousFiles', tostring(Bad));
    union copies, devices
    """

  private static let names = """
    DeviceInfo
    | where \(window) and DeviceId in~ (Devices)
    | summarize arg_max(Timestamp, DeviceName, MachineGroup) by DeviceId
    | project Kind = 'device', Identifiers = bag_pack('deviceId', DeviceId),
        Verdict = 'noThreatsFound', Facts = bag_pack('name', DeviceName, 'group', MachineGroup)
    """

  private static let gather = InvestigationQuery(
    "device.gather",
    "the devices of the alert and their groups",
    [.devices],
    names
  )

  private static let detections = InvestigationQuery(
    "device.detections",
    "files that an antivirus found on the devices",
    [.devices],
    """
    let found = materialize(DeviceEvents
    | where \(window) and DeviceId in~ (Devices) and ActionType has 'AntivirusDetection'
    | extend Hash = tolower(iff(isnotempty(SHA256), SHA256, SHA1))
    | where strlen(Hash) in (40, 64)
    | summarize Name = take_any(FileName) by DeviceId, Hash
    | extend HashName = iff(strlen(Hash) == 64, 'sha256', 'sha1'));
    let files = found
    | project Kind = 'file', Identifiers = bag_pack(HashName, Hash), Verdict = 'malicious',
        Facts = bag_pack('name', Name);
    let copies = found
    | project Kind = 'file', Identifiers = bag_pack('deviceId', DeviceId, HashName, Hash),
        Verdict = 'malicious', Facts = bag_pack('name', Name);
    let devices = found
    | summarize Count = count() by DeviceId
    | project Kind = 'device', Identifiers = bag_pack('deviceId', DeviceId),
        Verdict = 'suspicious', Facts = bag_pack('detections', tostring(Count));
    union files, copies, devices
    """
  )

  private static let copies = InvestigationQuery(
    "device.files",
    "devices on which the files were written or run",
    [.hashes, .badHashes],
    places
  )

  /// The groups of devices that steps found, by which they are acted on.
  static let group = InvestigationQuery(
    "device.group",
    "the groups of the devices that were found",
    [.devices],
    names
  )
}
